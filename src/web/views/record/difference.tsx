import { paths } from '../../../config/addresses.ts'
import { isLiteral, type Quad } from '../../../rdf/terms.ts'
import { cut, mostLetters } from '../../page/cut.ts'
import type { Comparison } from '../../page/history.ts'
import type { Page } from '../../page/page.ts'
import { Layout } from '../layout.tsx'
import { Table } from '../table.tsx'
import { ChangedThings } from './changed-things.tsx'
import { Compare, HistoryHead } from './history.tsx'

/** What came and went between two versions, for people, and as triples. */
export function DifferenceView({ page, comparison }: { page: Page; comparison: Comparison }) {
  const { history, properties } = comparison
  const { record } = history
  const [from, to] = [comparison.from?.number, comparison.to.number]
  const numbers = history.versions.map(version => version.number)
  const { t, number } = page.words
  const title = from === undefined || from === to - 1 ? t('versions.version', { n: number(to) }) : t('versions.between', { from: number(from), to: number(to) })
  return (
    <Layout page={page} title={`${title} : ${record.id}`}>
      <HistoryHead page={page} record={record} kicker={title} />
      <div class="wrap band">
        <p>
          <a href={page.to(paths.versions(record.id))}>{t('versions.title')}</a>
        </p>
        <Compare page={page} record={record} numbers={numbers} from={from} to={to} />
        <ChangedThings page={page} comparison={comparison} />
        <details class="more">
          <summary>{t('versions.triples')}</summary>
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
        </details>
      </div>
    </Layout>
  )
}

const most = 100

function Values({ quads }: { quads: Quad[] }) {
  return (
    <>
      {quads.slice(0, most).map(({ object }) => (
        <p>{isLiteral(object) ? <bdi lang={object.language}>{cut(object.value, mostLetters.value)}</bdi> : <bdi dir="ltr">{object.value}</bdi>}</p>
      ))}
      {quads.length > most && <p>… +{quads.length - most}</p>}
    </>
  )
}
