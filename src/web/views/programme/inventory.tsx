import { paths } from '../../../config/addresses.ts'
import type { Opening, Unopened } from '../../../ledger/records/unopened.ts'
import type { Page } from '../../page/page.ts'
import { Layout } from '../layout.tsx'
import { Pages } from '../pages.tsx'
import { FacetName, Pill, PortalText } from '../parts.tsx'
import { Table } from '../table.tsx'
import { Tabs } from './tabs.tsx'

interface Shown {
  page: Page
  inventory: { bodies: Opening[]; body: string | undefined; all: Unopened[]; at: number; last: number }
}

/** What bodies know of and have not opened: how far each has come, and what is announced for when. */
export function InventoryView({ page, inventory: { bodies, body, all, at, last } }: Shown) {
  const {
    words: { t, date },
  } = page
  const query = body === undefined ? '' : `?${new URLSearchParams({ body })}`
  const head = (name: string) => t(`inventory_page.head.${name}`)
  const opening = bodies.filter(({ unopened }) => unopened > 0)
  const open = bodies.filter(({ unopened }) => unopened === 0)
  return (
    <Layout page={page} title={t('inventory_page.title')} description={t('inventory_page.text')} styles={['site/programme.css']}>
      <div class="head">
        <div class="wrap">
          <Tabs page={page} at="inventory" />
          <h1>{t('inventory_page.title')}</h1>
          {body !== undefined && (
            <p class="head-by">
              <Body page={page} publisher={body} />
            </p>
          )}
          <p class="head-text">{t('inventory_page.text')}</p>
          <p class="forms">
            <a href={`${paths.inventory}.csv${query}`}>CSV</a>
            <a href={page.to(`${paths.inventory}.xlsx`) + query}>XLSX</a>
            <a href={`${paths.inventory}.json${query}`}>JSON</a>
            {body !== undefined && <a href={page.to(paths.inventory)}>{t('inventory_page.all')}</a>}
          </p>
        </div>
      </div>
      <div class="wrap band">
        {body === undefined && (
          <section class="block" aria-labelledby="bodies">
            <h2 id="bodies">{t('inventory_page.bodies')}</h2>
            {opening.length > 0 && <Bodies page={page} bodies={opening} />}
            {open.length > 0 && (
              <details class="facet-more">
                <summary>{t('inventory_page.whole', { count: open.length })}</summary>
                <Bodies page={page} bodies={open} />
              </details>
            )}
          </section>
        )}
        <section class="block" aria-labelledby="unopened">
          <h2 id="unopened">{t('inventory_page.unopened')}</h2>
          {all.length === 0 ? (
            <p class="soft">{t('inventory_page.none')}</p>
          ) : (
            <Table kind="listed" label={t('inventory_page.unopened')} heads={['dataset', 'body', 'opening'].map(head)}>
              {all.map(({ id, title, opening, late, publisher }) => (
                <tr>
                  <th scope="row">
                    <a href={page.to(paths.dataset(id))}>
                      <PortalText page={page} texts={title} fallback={id} />
                    </a>
                  </th>
                  <td data-head={head('body')}>
                    <Body page={page} publisher={publisher} />
                  </td>
                  <td data-head={head('opening')}>
                    {opening === null ? t('inventory_page.no_date') : <time datetime={opening.slice(0, 10)}>{date(opening.slice(0, 10))}</time>}{' '}
                    {late && <Pill kind="late">{t('standing.late')}</Pill>}
                  </td>
                </tr>
              ))}
            </Table>
          )}
          <Pages page={page} at={at} last={last} />
        </section>
      </div>
    </Layout>
  )
}

function Body({ page, publisher }: { page: Page; publisher: string | null }) {
  return publisher === null ? <bdi>{page.words.t('inventory_page.nobody')}</bdi> : <FacetName page={page} dimension="publisher" value={publisher} />
}

/** How far each body has come; it leads to what it has not opened. */
function Bodies({ page, bodies }: { page: Page; bodies: Opening[] }) {
  const { t, number } = page.words
  const head = (name: string) => t(`inventory_page.head.${name}`)
  return (
    <Table kind="listed listed-short" label={t('inventory_page.bodies')} heads={['body', 'known', 'open', 'unopened', 'announced', 'late'].map(head)}>
      {bodies.map(({ publisher, known, unopened, announced, late }) => (
        <tr>
          <th scope="row">
            {publisher === null || unopened === 0 ? (
              <Body page={page} publisher={publisher} />
            ) : (
              <a href={page.to(paths.inventory, new URLSearchParams({ body: publisher }))}>
                <Body page={page} publisher={publisher} />
              </a>
            )}
          </th>
          <td data-head={head('known')}>{number(known)}</td>
          <td data-head={head('open')}>{t('inventory_page.share', { share: number(Math.floor((100 * (known - unopened)) / known)) })}</td>
          <td data-head={head('unopened')}>{number(unopened)}</td>
          <td data-head={head('announced')}>{number(announced)}</td>
          <td data-head={head('late')}>{late > 0 ? <Pill kind="late">{number(late)}</Pill> : number(late)}</td>
        </tr>
      ))}
    </Table>
  )
}
