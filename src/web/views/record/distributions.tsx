import { paths } from '../../../config/addresses.ts'
import { differencesOf } from '../../../outlets/link-differences.ts'
import type { PlainFile } from '../../../outlets/plain.ts'
import type { Graph } from '../../../rdf/graph.ts'
import { dcat, dct } from '../../../rdf/namespaces.ts'
import type { Term } from '../../../rdf/terms.ts'
import { choose } from '../../../words/choose.ts'
import type { Dossier } from '../../page/dossier.ts'
import { filesInOrder, type ListedFile } from '../../page/files.ts'
import type { Page } from '../../page/page.ts'
import { textsOf, valuesOf } from '../../page/reading.ts'
import { fileFacts } from '../../page/shown.ts'
import { Sign } from '../icons.tsx'
import { Badge, isLink, PortalText } from '../parts.tsx'
import { FactLines } from './fact-lines.tsx'
import { LinkStateLine } from './link-state.tsx'
import { Named } from './named.tsx'

interface Props {
  page: Page
  dossier: Dossier
  files: PlainFile[]
  /** The licence of all files, where they have one alone: it is said once. */
  licence: Term | undefined
}

/** Files that the page shows; all of them are in the data. */
export const mostFiles = 100

/** What can be opened: files, pages and services, of one series the newest first, and older years folded. */
export function Distributions({ page, dossier, files, licence }: Props) {
  const { t, number } = page.words
  const { newest, older } = filesInOrder(files.slice(0, mostFiles), page)
  const table = (listed: ListedFile[]) => <Table page={page} dossier={dossier} listed={listed} licence={licence} />
  return (
    <section class="block" aria-labelledby="files">
      <h2 id="files">
        {t('files.title')} <span class="tally">{number(files.length)}</span>
      </h2>
      {licence && (
        <p class="soft files-licence">
          {t('files.licence')} <Named page={page} graph={dossier.graph} term={licence} />
        </p>
      )}
      {table(newest)}
      {older.length > 0 && (
        <details class="files-older">
          <summary>
            {t('files.older')} <span class="tally">{number(older.length)}</span>
          </summary>
          {table(older)}
        </details>
      )}
      {files.length > mostFiles && (
        <p>
          <a href={`${paths.dataset(dossier.record.id)}.ttl`}>{t('files.more', { count: files.length - mostFiles })}</a>
        </p>
      )}
    </section>
  )
}

const columns = ['language', 'period', 'size', 'modified'] as const
const lineOf = (label: string) => fileFacts.filter(([name]) => name === label)

function Table({ page, dossier, listed, licence }: Omit<Props, 'files'> & { listed: ListedFile[] }) {
  const { t } = page.words
  const { graph } = dossier
  const said = (name: string, { node, years }: ListedFile) =>
    (name === 'period' && years !== undefined) || lineOf(name).some(([, properties]) => valuesOf(graph, node, properties).length > 0)
  const shown = columns.filter(name => listed.some(file => said(name, file)))
  return (
    <table class="files">
      <thead>
        <tr>
          <th scope="col">{t('files.name')}</th>
          {shown.map(name => (
            <th scope="col">{t(`fact.${name}`)}</th>
          ))}
          <th scope="col">
            <span class="hidden">{t('files.go')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {listed.map(file => (
          <tr class="file" id={anchorOf(file.node)}>
            <th scope="row" class="file-name">
              <Name page={page} dossier={dossier} file={file} licence={licence} />
            </th>
            {shown.map(name => (
              <td data-name={said(name, file) ? t(`fact.${name}`) : undefined}>
                <Value page={page} graph={graph} file={file} name={name} />
              </td>
            ))}
            <td class="file-go">
              <Go page={page} id={dossier.record.id} graph={graph} file={file} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** The values of one column, without the name that lines of facts have. */
function Value({ page, graph, file: { node, years }, name }: { page: Page; graph: Graph; file: ListedFile; name: (typeof columns)[number] }) {
  if (name === 'period' && !graph.has(node, dct.temporal)) return years ? <bdi dir="ltr">{years}</bdi> : null
  return (
    <dl class="bare">
      <FactLines page={page} graph={graph} node={node} lines={lineOf(name)} />
    </dl>
  )
}

/** What a file is called; a title that is its address says no more than the address. */
const titlesOf = (graph: Graph, node: Term) => Object.fromEntries(Object.entries(textsOf(graph, node, dct.title)).filter(([, text]) => !isLink(text)))

const rest = ['status', 'rights']

function Name({ page, dossier: { graph, links }, file: { file, node }, licence }: Omit<Props, 'files'> & { file: ListedFile }) {
  const { t } = page.words
  const { concepts } = page.site.publication.vocabulary
  const description = choose(textsOf(graph, node, dct.description), page.reading)
  const formats = valuesOf(graph, node, [dct.format])
  // The type only repeats the format, where there is one.
  const isRest = (name: string) => rest.includes(name) || (name === 'licence' && !licence) || (name === 'media' && formats.length === 0)
  const asked = [...file.download, ...file.access].flatMap(url => links.get(url) ?? [])
  return (
    <>
      <span class="file-title" title={file.mediaType}>
        {formats.length > 0 ? (
          formats.map(each => <Badge page={page} code={concepts.get(each.value)?.slug ?? each.value.slice(each.value.lastIndexOf('/') + 1)} />)
        ) : (
          <Badge page={page} code="?" />
        )}{' '}
        <PortalText page={page} texts={titlesOf(graph, node)} fallback={nameOf(page, file) || t('files.unnamed')} />
      </span>
      {description && (
        <p class="file-text" dir="auto" lang={description.language === 'und' ? undefined : description.language}>
          {description.text}
        </p>
      )}
      <dl class="file-facts">
        <FactLines page={page} graph={graph} node={node} lines={fileFacts.filter(([name]) => isRest(name))} />
      </dl>
      {asked.map(link => (
        <LinkStateLine page={page} link={link} differences={differencesOf(link, graph, node, page.site.publication.vocabulary)} />
      ))}
    </>
  )
}

function Go({ page, id, graph, file: { file, node, place, looked } }: { page: Page; id: string; graph: Graph; file: ListedFile }) {
  const { t } = page.words
  const links = (property: (typeof dcat)['accessURL']) =>
    valuesOf(graph, node, [property])
      .map(each => each.value)
      .filter(isLink)
  const downloads = links(dcat.downloadURL)
  const pages = links(dcat.accessURL).filter(iri => !downloads.includes(iri))
  const name = (
    <span class="hidden">
      {' '}
      <bdi>{nameOf(page, file)}</bdi>
    </span>
  )
  return (
    <div class="file-ways">
      {looked && (
        <a class="button button-quiet" href={page.to(paths.preview(id, place))} rel="nofollow">
          {t('preview.open')}
          {name}
        </a>
      )}
      {downloads.map(href => (
        <a class="button" href={href} rel="external nofollow noopener">
          <Sign of="down" />
          {t('files.download')}
          {name}
        </a>
      ))}
      {pages.map(href => (
        <a class="button button-quiet" href={href} rel="external nofollow noopener">
          <Sign of="away" />
          {t('files.open')}
          {name}
        </a>
      ))}
    </div>
  )
}

/** Where a file stands on the page: findings about it point there. */
export const anchorOf = (file: Term): string => `file-${file.value.replace(/[^a-z0-9]+/gi, '-').slice(-40)}`

const nameOf = (page: Page, file: PlainFile): string => choose(file.title, page.reading)?.text ?? file.download[0] ?? file.access[0] ?? ''
