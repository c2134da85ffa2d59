import { paths } from '../../../config/addresses.ts'
import type { RecordRow } from '../../../ledger/records/records.ts'
import { isLiteral, type Quad } from '../../../rdf/terms.ts'
import { resourceFormats } from '../../../outlets/document.ts'
import type { Comparison, ListedVersion } from '../../page/history.ts'
import type { Page } from '../../page/page.ts'
import { Layout } from '../layout.tsx'
import { Said, Table } from '../parts.tsx'

/** The versions of a record, the newest first. */
export function VersionsView({ page, record, versions }: { page: Page; record: RecordRow; versions: ListedVersion[] }) {
  const { t, number, moment } = page.words
  return (
    <Layout page={page} title={`${t('versions.title')} : ${record.id}`}>
      <Head page={page} record={record} kicker={t('versions.title')} />
      <div class="wrap band">
        <Table
          label={t('versions.title')}
          kind="versions"
          heads={['number', 'date', 'run', 'revision', 'shown', 'added', 'removed', 'see'].map(each => t(`versions.${each}`))}
        >
          {versions.map(version => (
            <tr>
              <td>{number(version.number)}</td>
              <td>
                <time datetime={version.modified}>{moment(version.modified)}</time>
              </td>
              <td>{page.site.source(record.source) ? <a href={page.to(version.runAddress)}>{number(version.run)}</a> : number(version.run)}</td>
              <td>{number(version.revision)}</td>
              <td>
                {version.shownFrom === null
                  ? t('versions.never')
                  : version.shownUntil === null
                    ? t('versions.since', { from: number(version.shownFrom) })
                    : t('versions.until', { from: number(version.shownFrom), to: number(version.shownUntil) })}
              </td>
              <td>{version.added === null ? '…' : number(version.added)}</td>
              <td>{version.removed === null ? '…' : number(version.removed)}</td>
              <td>
                {version.added !== null && (
                  <>
                    <a href={page.to(paths.difference(record.id, version.number))}>{t('versions.changes')}</a> ·{' '}
                  </>
                )}
                {version.shownFrom !== null && (
                  <>
                    <a href={`${paths.version(record.id, version.number)}.ttl`}>Turtle</a>
                  </>
                )}
              </td>
            </tr>
          ))}
        </Table>
        <Compare page={page} record={record} numbers={versions.map(version => version.number).reverse()} />
        <p class="soft whole-links">
          <bdi dir="ltr">
            PROV-O
            {resourceFormats.map(format => (
              <>
                {' '}
                · <a href={`${paths.versions(record.id)}.${format.extension}`}>{format.label}</a>
              </>
            ))}
          </bdi>
        </p>
      </div>
    </Layout>
  )
}

/** Asks for what lies between any two versions. */
function Compare({
  page,
  record,
  numbers,
  from = numbers[0],
  to = numbers.at(-1),
}: {
  page: Page
  record: RecordRow
  numbers: number[]
  from?: number | undefined
  to?: number | undefined
}) {
  if (numbers.length < 2) return null
  const { t, number } = page.words
  const choice = (name: 'from' | 'to', chosen: number | undefined) => (
    <label>
      {t(`versions.${name}`)}{' '}
      <select name={name}>
        {numbers.map(each => (
          <option value={each} selected={each === chosen}>
            {number(each)}
          </option>
        ))}
      </select>
    </label>
  )
  return (
    <form class="compare" method="get" action={page.to(paths.comparison(record.id))}>
      {choice('from', from)} {choice('to', to)}{' '}
      <button class="button" type="submit">
        {t('versions.compare')}
      </button>
    </form>
  )
}

/** What came and went between two versions, by property. */
export function DifferenceView({ page, comparison }: { page: Page; comparison: Comparison }) {
  const { history, properties } = comparison
  const { record } = history
  const [from, to] = [comparison.from?.number, comparison.to.number]
  const numbers = history.versions.map(version => version.number)
  const { t, number } = page.words
  const title = from === undefined || from === to - 1 ? t('versions.version', { n: number(to) }) : t('versions.between', { from: number(from), to: number(to) })
  return (
    <Layout page={page} title={`${title} : ${record.id}`}>
      <Head page={page} record={record} kicker={title} />
      <div class="wrap band">
        <p>
          <a href={page.to(paths.versions(record.id))}>{t('versions.title')}</a>
        </p>
        <Compare page={page} record={record} numbers={numbers} from={from} to={to} />
        <Table label={t('versions.changes')} kind="differences" heads={[t('statements.property'), t('versions.removed'), t('versions.added')]}>
          {properties.map(({ property, removed, added }) => (
            <tr>
              <td>
                <bdi class="code" dir="ltr">
                  {property}
                </bdi>
              </td>
              <td>
                <Values quads={removed} />
              </td>
              <td>
                <Values quads={added} />
              </td>
            </tr>
          ))}
        </Table>
      </div>
    </Layout>
  )
}

const most = 100

function Values({ quads }: { quads: Quad[] }) {
  return (
    <>
      {quads.slice(0, most).map(({ object }) => (
        <p>{isLiteral(object) ? <bdi lang={object.language || undefined}>{object.value}</bdi> : <bdi dir="ltr">{object.value}</bdi>}</p>
      ))}
      {quads.length > most && <p>… +{quads.length - most}</p>}
    </>
  )
}

function Head({ page, record, kicker }: { page: Page; record: RecordRow; kicker: string }) {
  return (
    <div class="head">
      <div class="wrap">
        <p class="crumbs">
          <a href={page.to(paths.record(record.id))}>{page.words.t('record.title')}</a>
        </p>
        <p class="kicker">{kicker}</p>
        <h1>
          <Said page={page} texts={record.title} fallback={record.id} />
        </h1>
      </div>
    </div>
  )
}
