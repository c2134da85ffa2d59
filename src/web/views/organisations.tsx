import { paths } from '../../config/addresses.ts'
import type { Body } from '../page/bodies.ts'
import type { Page } from '../page/page.ts'
import { Head } from './head.tsx'
import { Layout } from './layout.tsx'
import { FacetName, Pill } from './parts.tsx'
import { SortHead } from './sort-head.tsx'

/** What the table can be put in order by; names are in order already. */
const orders: Record<string, (a: Body, b: Body) => number> = {
  name: () => 0,
  kind: (a, b) => (a.kind ?? '￿').localeCompare(b.kind ?? '￿'),
  datasets: (a, b) => b.datasets - a.datasets,
  points: (a, b) => (b.score ?? -1) - (a.score ?? -1),
}

/** Everybody who publishes, in a table: those that no list has too, and those of the list that have published nothing yet. */
export function OrganisationsView({ page, bodies, publishing }: { page: Page; bodies: Body[]; publishing: number }) {
  const { t } = page.words
  const order = page.query.get('sort') ?? 'datasets'
  const text = page.query.get('q') ?? ''
  const rows = bodies.toSorted(orders[order] ?? orders['datasets'])
  const head = (name: string, key: string, up = false) => (
    <SortHead page={page} name={name} order={order} up={up}>
      {t(key)}
    </SortHead>
  )
  return (
    <Layout page={page} title={t('organisations.title')} description={t('organisations.text', { count: publishing })}>
      <Head title={t('organisations.title')} text={t('organisations.text', { count: publishing })}>
        <form class="search" action={page.to(paths.organisations)} method="get" role="search">
          <label class="hidden" for="name">
            {t('organisations.filter')}
          </label>
          <input id="name" name="q" type="search" value={text} placeholder={t('organisations.filter')} autocomplete="off" />
          {order !== 'datasets' && <input type="hidden" name="sort" value={order} />}
          <button type="submit">{t('organisations.filter_go')}</button>
        </form>
      </Head>
      <div class="wrap band">
        {rows.length === 0 && <p class="soft">{t('organisations.none')}</p>}
        {rows.length > 0 && (
          <div class="scroll" tabindex={0} role="region" aria-label={t('organisations.title')}>
            <table class="listed listed-short">
              <thead>
                <tr>
                  {head('name', 'facet.publisher', true)}
                  {head('kind', 'organisations.kind', true)}
                  {head('datasets', 'scorecard.datasets')}
                  {head('points', 'scorecard.points')}
                </tr>
              </thead>
              <tbody>
                {rows.map(body => (
                  <Row page={page} body={body} />
                ))}
              </tbody>
            </table>
          </div>
        )}
        <p class="forms organisations-forms">
          {[
            ['csv', 'CSV'],
            ['json', 'JSON'],
          ].map(([extension, label]) => (
            <a href={page.to(`${paths.organisations}.${extension}`)}>{label}</a>
          ))}
          <a href={page.to(paths.list('organisation'))}>{t('organisations.list')}</a>
        </p>
      </div>
    </Layout>
  )
}

function Row({ page, body: { slug, short, kind, concept, datasets, score } }: { page: Page; body: Body }) {
  const { t, number } = page.words
  return (
    <tr>
      <th scope="row">
        <a href={page.to(paths.organisation(encodeURIComponent(slug)))}>
          <FacetName page={page} dimension="publisher" value={slug} />
        </a>{' '}
        {short && <bdi class="soft">{short}</bdi>}
      </th>
      <td>{concept ? (kind ?? '–') : <Pill kind="unlisted">{t('organisations.unlisted')}</Pill>}</td>
      <td class={datasets === 0 ? 'figure zero' : 'figure'} data-head={t('scorecard.datasets')}>
        {number(datasets)}
      </td>
      <td class="figure" data-head={t('scorecard.points')}>
        {score === undefined ? '–' : <a href={page.to(paths.qualityOf(encodeURIComponent(slug)))}>{number(Math.round(score))}</a>}
      </td>
    </tr>
  )
}
