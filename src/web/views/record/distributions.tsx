import type { Link } from '../../../ledger/links/links.ts'
import { differencesOf } from '../../../outlets/link-differences.ts'
import type { Graph } from '../../../rdf/graph.ts'
import { percentDecoded } from '../../../rdf/iri.ts'
import { dcat, dct } from '../../../rdf/namespaces.ts'
import type { NamedNode, Term } from '../../../rdf/terms.ts'
import { choose } from '../../../words/choose.ts'
import type { Page } from '../../page/page.ts'
import { textsOf, valuesOf } from '../../page/reading.ts'
import { fileFacts } from '../../page/shown.ts'
import { Sign } from '../icons.tsx'
import { Badge, isLink, PortalText } from '../parts.tsx'
import { FactLines } from './fact-lines.tsx'
import { LinkStateLine } from './link-state.tsx'

/** What can be opened: files, pages and services. */
export function Distributions({ page, graph, distributions, links }: { page: Page; graph: Graph; distributions: Term[]; links: Map<string, Link> }) {
  const { t, number } = page.words
  return (
    <section class="block" aria-labelledby="files">
      <h2 id="files">
        {t('files.title')} {distributions.length > 0 && <span class="tally">{number(distributions.length)}</span>}
      </h2>
      {distributions.length === 0 ? (
        <p class="soft">{t('files.none')}</p>
      ) : (
        <ul class="files">
          {distributions.map(each => (
            <File page={page} graph={graph} file={each} seen={links} />
          ))}
        </ul>
      )}
    </section>
  )
}

function File({ page, graph, file, seen }: { page: Page; graph: Graph; file: Term; seen: Map<string, Link> }) {
  const { t } = page.words
  const { concepts } = page.site.publication.vocabulary
  const titles = textsOf(graph, file, dct.title)
  const description = choose(textsOf(graph, file, dct.description), page.reading)
  const links = (property: NamedNode) =>
    valuesOf(graph, file, [property])
      .map(each => each.value)
      .filter(isLink)
  const downloads = links(dcat.downloadURL)
  const pages = links(dcat.accessURL).filter(iri => !downloads.includes(iri))
  const formats = valuesOf(graph, file, [dct.format])
  const asked = [...downloads, ...pages].flatMap(url => seen.get(url) ?? [])
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
          <PortalText page={page} texts={titles} fallback={name || t('files.unnamed')} />
        </h3>
        {description && (
          <p class="file-text" dir="auto" lang={description.language === 'und' ? undefined : description.language}>
            {description.text}
          </p>
        )}
        <dl class="file-facts">
          <FactLines page={page} graph={graph} node={file} lines={fileFacts} />
        </dl>
        {asked.map(link => (
          <LinkStateLine page={page} link={link} differences={differencesOf(link, graph, file, page.site.publication.vocabulary)} />
        ))}
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
