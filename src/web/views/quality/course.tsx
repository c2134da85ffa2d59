import { columns, shareOf, type Figures } from '../../../outlets/scorecard/figures.ts'
import { dateOfDay } from '../../../validate/quality/freshness.ts'
import { mostPoints } from '../../../validate/quality/metrics.ts'
import type { Page } from '../../page/page.ts'
import type { Day } from '../../page/scorecards.ts'
import { Trend } from './trend.tsx'

interface Told {
  page: Page
  history: Day[]
  until: number
}

interface Course {
  name: string
  most: number
  percent?: boolean
  value(figures: Figures): number
}

/** The days that have figures, and what is told of each: points, datasets, and some columns. */
function toldOf({ page: { words }, history }: Told, named: string[]) {
  const told = history.flatMap(({ day, figures }) => (figures ? [{ day, figures }] : []))
  const courses: Course[] = [
    { name: words.t('scorecard.points'), most: mostPoints, value: figures => figures.points.score },
    { name: words.t('scorecard.datasets'), most: Math.max(1, ...told.map(({ figures }) => figures.datasets)), value: figures => figures.datasets },
    ...columns
      .filter(({ name }) => named.includes(name))
      .map(({ name }) => ({
        name: words.t(`criterion.${name}`),
        most: 100,
        percent: true,
        value: (figures: Figures) => Math.round((shareOf(figures, name) ?? 0) * 1000) / 10,
      })),
  ]
  return { told, courses }
}

function Pictures({ page, told, courses, until }: ReturnType<typeof toldOf> & Pick<Told, 'page' | 'until'>) {
  return (
    <div class="trends">
      {courses.map(({ name, most, percent, value }) => (
        <Trend
          page={page}
          name={name}
          points={told.map(({ day, figures }) => ({ day, value: value(figures) }))}
          until={until}
          most={most}
          {...(percent && { percent })}
        />
      ))}
    </div>
  )
}

/** How points, datasets and punctuality went, in three pictures. They are folded, as who comes to a list of datasets comes for the datasets. */
export function FoldedCourse(given: Told) {
  const all = toldOf(given, ['fresh'])
  if (all.told.length === 0) return null
  return (
    <details class="course-folded">
      <summary>{given.page.words.t('trend.title')}</summary>
      <Pictures page={given.page} until={given.until} {...all} />
    </details>
  )
}

/** How the figures went: pictures, and behind them the table of all. */
export function Course(given: Told) {
  const { page, until } = given
  const { t, number, date } = page.words
  const { told, courses } = toldOf(given, ['published', 'openFormat', 'bilingual', 'fresh'])
  return (
    <section class="block" aria-labelledby="course">
      <h2 id="course">{t('trend.title')}</h2>
      <Pictures page={page} told={told} courses={courses} until={until} />
      <details class="course-table">
        <summary>{t('trend.table')}</summary>
        <div class="scroll" tabindex={0} role="region" aria-label={t('trend.title')}>
          <table class="numbers">
            <thead>
              <tr>
                <th scope="col">{t('trend.day')}</th>
                {courses.map(({ name }) => (
                  <th scope="col">{name}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {told
                .slice(-90)
                .toReversed()
                .map(({ day, figures }) => (
                  <tr>
                    <th scope="row">{date(dateOfDay(day))}</th>
                    {courses.map(({ value }) => (
                      <td>{number(value(figures))}</td>
                    ))}
                  </tr>
                ))}
            </tbody>
          </table>
        </div>
      </details>
    </section>
  )
}
