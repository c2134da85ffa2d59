import { percentDecoded } from '../../rdf/iri.ts'
import { adms, dcat, dcatap, dct, rdf } from '../../rdf/namespaces.ts'
import { isLiteral, type Term } from '../../rdf/terms.ts'
import type { Page } from '../page/page.ts'
import { choose } from '../../words/choose.ts'
import type { Reading } from '../page/reading.ts'
import { Sign } from './icons.tsx'
import { namedAll } from './named.tsx'
import { Badge, Fact, isLink, Said } from './parts.tsx'

/** What can be opened: files, pages and services. */
export function distributionsOf(page: Page, reading: Reading, distributions: Term[]) {
  const {
    words: { t },
  } = page
  return (
    <section class="block" aria-labelledby="files">
      <h2 id="files">
        {t('files.title')} {distributions.length > 0 && <span class="tally">{page.words.number(distributions.length)}</span>}
      </h2>
      {distributions.length === 0 ? <p class="soft">{t('files.none')}</p> : <ul class="files">{distributions.map(each => fileOf(page, reading, each))}</ul>}
    </section>
  )
}

function fileOf(page: Page, reading: Reading, file: Term) {
  const {
    words: { t, date, size },
    site,
  } = page
  const { concepts } = site.publication.vocabulary
  reading.take(file, rdf.type)
  const titles = reading.texts(file, dct.title)
  const description = choose(reading.texts(file, dct.description), page.reading)
  const downloads = reading
    .take(file, dcat.downloadURL)
    .map(each => each.value)
    .filter(isLink)
  const pages = reading
    .take(file, dcat.accessURL)
    .map(each => each.value)
    .filter(iri => isLink(iri) && !downloads.includes(iri))
  const formats = reading.take(file, dct.format)
  const bytes = Number(reading.take(file, dcat.byteSize)[0]?.value)
  const changed = [...reading.take(file, dct.modified), ...reading.take(file, dct.issued)].find(isLiteral)?.value
  const media = reading.take(file, dcat.mediaType).map(each => each.value.replace(/^https?:\/\/www\.iana\.org\/assignments\/media-types\//, ''))
  const name = choose(titles, page.reading)?.text ?? lastSegment(downloads[0] ?? pages[0] ?? '')
  return (
    <li class="file" id={anchorOf(file)}>
      <div class="file-format">
        {formats.length > 0 ? (
          formats.map(each => <Badge page={page} code={concepts.get(each.value)?.slug ?? each.value.slice(each.value.lastIndexOf('/') + 1)} />)
        ) : (
          <Badge page={page} code="?" />
        )}
      </div>
      <div class="file-body">
        <h3>
          <Said page={page} texts={titles} fallback={name || t('files.unnamed')} />
        </h3>
        {description && (
          <p class="file-text" dir="auto" lang={description.language === 'und' ? undefined : description.language}>
            {description.text}
          </p>
        )}
        <dl class="file-facts">
          <Fact name={t('fact.size')}>{bytes > 0 && size(bytes)}</Fact>
          <Fact name={t('fact.modified')}>{changed && <time datetime={changed}>{date(changed)}</time>}</Fact>
          <Fact name={t('fact.licence')}>{namedAll(page, reading, reading.take(file, dct.license))}</Fact>
          <Fact name={t('fact.media')}>{media.length > 0 && <bdi dir="ltr">{shortMedia(media.join(', '))}</bdi>}</Fact>
          <Fact name={t('fact.language')}>{namedAll(page, reading, reading.take(file, dct.language))}</Fact>
          <Fact name={t('fact.status')}>{namedAll(page, reading, reading.take(file, adms.status, dcatap.availability))}</Fact>
          <Fact name={t('fact.rights')}>{namedAll(page, reading, reading.take(file, dct.rights))}</Fact>
        </dl>
      </div>
      <div class="file-go">
        {downloads.map(href => (
          <a class="button" href={href} rel="external nofollow noopener">
            <Sign of="down" />
            {t('files.download')}
            <span class="hidden">
              {' '}
              <bdi>{name}</bdi>
            </span>
          </a>
        ))}
        {pages.map(href => (
          <a class="button button-quiet" href={href} rel="external nofollow noopener">
            <Sign of="away" />
            {t('files.open')}
            <span class="hidden">
              {' '}
              <bdi>{name}</bdi>
            </span>
          </a>
        ))}
      </div>
    </li>
  )
}

/** Where a file stands on the page: findings about it point there. */
export const anchorOf = (file: Term): string => `file-${file.value.replace(/[^a-z0-9]+/gi, '-').slice(-40)}`

const lastSegment = (iri: string) => percentDecoded(iri.split(/[?#]/)[0]!.split('/').findLast(Boolean) ?? '')

/** The long names of office formats say no more than their format does. */
const shortMedia = (types: string) => (types.length > 40 ? `${types.slice(0, 38)}…` : types)
