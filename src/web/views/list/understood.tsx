import type { Dimension } from '../../../ledger/records/search.ts'
import { scopePages } from '../../page/lists.ts'
import type { Page } from '../../page/page.ts'
import { changed, totalOf, type Listing } from '../../page/query.ts'
import { FacetName } from '../parts.tsx'

/** How the words of a search were read: what they name, which were left out, and what was meant instead. */
export function Understood({ page, listing }: { page: Page; listing: Listing }) {
  const { t, number } = page.words
  const { reading } = listing.found
  if (!reading) return null
  const { ignored, nowhere, fewer, suggestion } = reading
  return (
    <>
      <Names page={page} listing={listing} />
      {suggestion !== undefined && (
        <p class="reading">
          {t('reading.suggestion')}{' '}
          <a
            href={page.to(
              page.path,
              changed(page.query, next => next.set('q', suggestion)),
            )}
          >
            <bdi>{suggestion}</bdi>
          </a>
        </p>
      )}
      {fewer && <p class="reading">{t('reading.fewer', { met: number(fewer.met), of: number(fewer.of) })}</p>}
      {nowhere.length > 0 && <Listed page={page} sentence="reading.nowhere" words={nowhere} />}
      {ignored.length > 0 && listing.found.total === 0 && <Listed page={page} sentence="reading.ignored" words={ignored} />}
    </>
  )
}

function Listed({ page: { language, words }, sentence, words: listed }: { page: Page; sentence: string; words: string[] }) {
  const list = new Intl.ListFormat(language, { type: 'unit', style: 'short' }).format(listed.map(word => `\u2068${word}\u2069`))
  return <p class="reading">{words.t(sentence, { words: list })}</p>
}

/** Bodies, themes and places that the words name, each with its datasets; formats and licences, to narrow the list by. */
function Names({ page, listing: { found, chosen, fixed, text } }: { page: Page; listing: Listing }) {
  const { t } = page.words
  const groups = found.reading!.groups
  const named = groups.flatMap(({ typed, named: names }) =>
    names.map(name => ({ typed, dimension: name.slice(0, name.indexOf(' ')) as Dimension, value: name.slice(name.indexOf(' ') + 1) })),
  )
  const isOffered = (dimension: Dimension, value: string) => found.facets[dimension].some(each => each.value === value)
  const shown = named.filter(({ dimension, value }) => !(dimension in fixed) && !chosen[dimension].includes(value) && isOffered(dimension, value)).slice(0, 4)
  if (shown.length === 0) return null
  return (
    <ul class="names">
      {shown.map(({ typed, dimension, value }) => {
        const own = groups.length === 1 ? scopePages[dimension] : undefined
        const rest = text
          .replace(typed, () => ' ')
          .replace(/\s+/g, ' ')
          .trim()
        const narrowed = changed(page.query, next => {
          next.delete('q')
          if (rest) next.set('q', rest)
          next.append(dimension, value)
        })
        return (
          <li>
            <a href={own ? page.to(own(encodeURIComponent(value))) : page.to(page.path, narrowed)}>
              <span class="names-kind">{t(`facet.${dimension}`)}</span>{' '}
              <span class="names-name">
                <FacetName page={page} dimension={dimension} value={value} />
              </span>{' '}
              <span class="names-count">
                {t('count.datasets', {
                  count: totalOf(page, own ? '' : rest, { ...(own ? {} : chosen), [dimension]: [...(own ? [] : chosen[dimension]), value] }),
                })}
              </span>
            </a>
          </li>
        )
      })}
    </ul>
  )
}
