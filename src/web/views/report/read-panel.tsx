import { paths } from '../../../config/addresses.ts'
import type { Report } from '../../../outlets/report/report.ts'
import type { Page } from '../../page/page.ts'
import { Fact, PortalText } from '../parts.tsx'

/** What a run read, how, and how long it took. */
export function ReadPanel({ page, report: { run, source } }: { page: Page; report: Report }) {
  const {
    words: { t, number, moment, duration },
  } = page
  return (
    <section class="panel" aria-labelledby="read">
      <h2 id="read">{t('report.read')}</h2>
      <dl class="facts">
        <Fact name={t('record.source')}>
          <a href={page.to(paths.source(source.id))}>
            <PortalText page={page} texts={source.title} fallback={source.id} />
          </a>
        </Fact>
        <Fact name={t('report.mode')}>{t(`report.mode_of.${run.mode}`)}</Fact>
        <Fact name={t('report.only')}>
          {run.record && (
            <bdi class="code" dir="ltr">
              {run.record}
            </bdi>
          )}
        </Fact>
        <Fact name={t('run.started')}>
          <time datetime={run.started}>{moment(run.started)}</time>
        </Fact>
        <Fact name={t('report.finished')}>{run.finished && <time datetime={run.finished}>{moment(run.finished)}</time>}</Fact>
        <Fact name={t('run.duration')}>{run.finished && duration(Date.parse(run.finished) - Date.parse(run.started))}</Fact>
        <Fact name={t('report.continues')}>{run.continues !== null && <a href={page.to(paths.run(source.id, run.continues))}>{number(run.continues)}</a>}</Fact>
        <Fact name={t('outcome.unchanged')}>{run.unchanged > 0 && number(run.unchanged)}</Fact>
      </dl>
    </section>
  )
}
