import { paths } from '../../../config/addresses.ts'
import { outcomes, type Run } from '../../../ledger/runs/runs.ts'
import type { Page } from '../../page/page.ts'
import { Pill } from '../parts.tsx'
import { Table } from '../table.tsx'
import { RunsPicture } from './runs-picture.tsx'

/** The latest runs of a portal, as a picture and as a table that leads to their reports. */
export function Runs({ page, runs }: { page: Page; runs: Run[] }) {
  const { t, number, moment, duration } = page.words
  return (
    <section class="block" aria-labelledby="runs">
      <h2 id="runs">{t('sources.runs')}</h2>
      {runs.length > 1 && <RunsPicture page={page} runs={runs} />}
      {runs.length === 0 ? (
        <p class="soft">{t('run.never')}</p>
      ) : (
        <Table
          label={t('sources.runs')}
          heads={[
            t('run.started'),
            t('run.state'),
            t('run.seen'),
            ...outcomes.map(each => t(`outcome.${each}`)),
            t('admission.quarantined'),
            t('run.duration'),
          ]}
          kind="numbers"
        >
          {runs.map(run => (
            <tr>
              <th scope="row">
                <a href={page.to(paths.run(run.source, run.id))} title={t('report.title', { n: run.id })}>
                  <time datetime={run.started}>{moment(run.started)}</time>
                </a>
              </th>
              <td>
                <Pill kind={run.state}>{t(`run.${run.state}`)}</Pill>
              </td>
              <td>{number(run.seen)}</td>
              {outcomes.map(each => (
                <td class={run[each] === 0 ? 'zero' : undefined}>{number(run[each])}</td>
              ))}
              <td class={run.quarantined === 0 ? 'zero' : undefined}>{number(run.quarantined)}</td>
              <td>{run.finished ? duration(Date.parse(run.finished) - Date.parse(run.started)) : '…'}</td>
            </tr>
          ))}
        </Table>
      )}
    </section>
  )
}
