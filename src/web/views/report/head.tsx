import type { ComponentChildren } from 'preact'
import { paths } from '../../../config/addresses.ts'
import type { Part, Report } from '../../../outlets/report/report.ts'
import type { Page } from '../../page/page.ts'
import { PortalText } from '../parts.tsx'

/** The address of the lines of a part of a report, of one name only where one is given. */
export const listAddress = (page: Page, { run }: Report, part: Part, name?: string): string =>
  page.to(paths.run(run.source, run.id), new URLSearchParams({ part, ...(name && { name }) }))

/** What a page of a report begins with. */
export function ReportHead({
  page,
  report: { run, source },
  title,
  total,
  children,
}: {
  page: Page
  report: Report
  title: string
  total?: number
  children?: ComponentChildren
}) {
  const { t } = page.words
  return (
    <div class="head">
      <div class="wrap">
        <p class="crumbs">
          <a href={page.to(paths.sources)}>{t('nav.sources')}</a> <span aria-hidden="true">/</span>{' '}
          <a href={page.to(paths.source(source.id))}>
            <PortalText page={page} texts={source.title} fallback={source.id} />
          </a>
          {total !== undefined && (
            <>
              {' '}
              <span aria-hidden="true">/</span> <a href={page.to(paths.run(source.id, run.id))}>{t('report.title', { n: run.id })}</a>
            </>
          )}
        </p>
        <h1>
          <bdi>{title}</bdi>
          {total !== undefined && (
            <>
              {' '}
              <span class="tally">{page.words.number(total)}</span>
            </>
          )}
        </h1>
        {children}
      </div>
    </div>
  )
}
