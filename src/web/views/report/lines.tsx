import { paths } from '../../../config/addresses.ts'
import type { Report } from '../../../outlets/report/report.ts'
import { choose } from '../../../words/choose.ts'
import type { Page } from '../../page/page.ts'
import type { LinePage } from '../../page/report.ts'
import { Layout } from '../layout.tsx'
import { Pages } from '../pages.tsx'
import { OurText } from '../parts.tsx'
import { ReportHead } from './head.tsx'
import { ChangeTable, LineFacts, Remedy } from './line.tsx'

/** A page of the lines of a report. */
export function LinesView({ page, report, list: { part, name, at, total, last, lines } }: { page: Page; report: Report; list: LinePage }) {
  const { t } = page.words
  const { run } = report
  const title = (name && choose(report.remedies(part, name).title, page.reading)?.text) || t(`report.${part}`)
  return (
    <Layout page={page} title={`${title} : ${t('report.title', { n: run.id })}`}>
      <ReportHead page={page} report={report} title={title} total={total}>
        {name && (
          <p class="head-text">
            <OurText page={page} texts={report.remedies(part, name).mend} />
          </p>
        )}
      </ReportHead>
      <div class="wrap band">
        <p>
          <a href={page.to(paths.run(run.source, run.id))}>{t('report.back')}</a>
        </p>
        {part === 'changes' ? (
          <ChangeTable page={page} lines={lines} />
        ) : (
          <ol class="findings">
            {lines.map(line => (
              <li class="finding">
                {!name && <Remedy page={page} line={line} />}
                <LineFacts page={page} line={line} />
              </li>
            ))}
          </ol>
        )}
        <Pages page={page} at={at} last={last} />
      </div>
    </Layout>
  )
}
