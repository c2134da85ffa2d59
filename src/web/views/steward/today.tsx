import { paths } from '../../../config/addresses.ts'
import { rhythms, type Rhythm } from '../../../ledger/programme/digests.ts'
import { mayAs } from '../../../ledger/programme/roles.ts'
import type { Page } from '../../page/page.ts'
import type { Today } from '../../page/today.ts'
import type { Visitor } from '../../page/visitor.ts'
import { FacetName, Pill, PortalText } from '../parts.tsx'
import { Labelled } from '../programme/field.tsx'
import { StatePill, Title } from '../programme/parts.tsx'
import { Table } from '../table.tsx'
import { Frame, Signed } from './frame.tsx'

interface Shown {
  page: Page
  visitor: Visitor
  today: Today
  /** How often he is written to, where there is a mail server. */
  rhythm: Rhythm | undefined
}

/** What there is to do today: what waits for a word, portals that ail, and datasets to look after. */
export function TodayView({ page, visitor, today: { waiting, sources, datasets, withheld }, rhythm }: Shown) {
  const {
    words: { t, date },
  } = page
  return (
    <Frame page={page} {...visitor} title={t('steward.part.today')} at="today">
      {waiting.map(({ kind, all, total }) => (
        <section class="block" aria-labelledby={`waiting-${kind}`}>
          <h2 id={`waiting-${kind}`}>
            {t(`brought.${kind}.plural`)} <span class="tally">{page.words.number(total)}</span>
          </h2>
          {all.length === 0 ? (
            <p class="soft">{t('steward.nothing')}</p>
          ) : (
            <Table label={t(`brought.${kind}.plural`)} heads={['state', 'what', 'body', 'since'].map(head => t(`steward.head.${head}`))}>
              {all.map(of => (
                <tr>
                  <td>
                    <StatePill page={page} of={of} />
                  </td>
                  <td>
                    <a href={page.to(paths.matter(of.id))}>
                      {of.said['title'] ? (
                        <Title page={page} of={of} />
                      ) : (
                        <bdi>{`${t(`brought.report.type.${of.said['type']}`)} – ${of.datasets[0] ?? ''}`}</bdi>
                      )}
                    </a>
                  </td>
                  <td>{of.body === null ? t('steward.no_body') : <FacetName page={page} dimension="publisher" value={of.body} />}</td>
                  <td>
                    <time datetime={of.at}>{date(of.at)}</time>
                  </td>
                </tr>
              ))}
            </Table>
          )}
        </section>
      ))}
      <section class="block" aria-labelledby="portals">
        <h2 id="portals">{t('steward.portals')}</h2>
        {sources.length === 0 ? (
          <p class="soft">{t('steward.nothing')}</p>
        ) : (
          <ul class="plain portals">
            {sources.map(({ source, last, late }) => (
              <li>
                <Pill kind={late ? 'late' : (last?.state ?? 'plain')}>{late ? t('standing.late') : t(last ? `run.${last.state}` : 'run.never')}</Pill>{' '}
                <a href={page.to(paths.keptSource(source.id))}>
                  <PortalText page={page} texts={source.title} fallback={source.id} />
                </a>
                {mayAs(visitor.person.role, 'steward') && (
                  <form method="post" action={page.to(paths.keptSource(source.id))}>
                    <Signed sign={visitor.sign} />
                    <button class="button button-quiet" type="submit" name="do" value="run">
                      {t('steward.run')}
                    </button>
                    {last?.state === 'held' && (
                      <button class="button" type="submit" name="do" value="accept">
                        {t('steward.accept')}
                      </button>
                    )}
                  </form>
                )}
              </li>
            ))}
          </ul>
        )}
      </section>
      {withheld.length > 0 && (
        <section class="block" aria-labelledby="withheld">
          <h2 id="withheld">{t('admission.withheld')}</h2>
          <ul class="plain">
            {withheld.map(({ id, title }) => (
              <li>
                <a href={page.to(paths.keptRecord(id))}>
                  <PortalText page={page} texts={title} fallback={id} />
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
      {datasets
        .filter(({ found }) => found.total > 0)
        .map(({ name, found }) => (
          <section class="block" aria-labelledby={`datasets-${name}`}>
            <h2 id={`datasets-${name}`}>
              {t(`steward.datasets.${name}`)} <span class="tally">{page.words.number(found.total)}</span>
            </h2>
            <ul class="plain">
              {found.records.map(record => (
                <li>
                  <a href={page.to(paths.keptRecord(record.id))}>
                    <PortalText page={page} texts={record.title} fallback={record.id} />
                  </a>
                </li>
              ))}
            </ul>
          </section>
        ))}
      {rhythm && (
        <section class="block narrow" aria-labelledby="digests">
          <h2 id="digests">{t('digest.title')}</h2>
          <form class="form" method="post" action={page.to(paths.steward)}>
            <Signed sign={visitor.sign} />
            <Labelled page={page} name="rhythm" label={t('digest.choose')}>
              <select id="rhythm" name="rhythm">
                {rhythms.map(each => (
                  <option value={each} selected={each === rhythm}>
                    {t(`digest.rhythm.${each}`)}
                  </option>
                ))}
              </select>
            </Labelled>
            <p>
              <button class="button button-quiet" type="submit">
                {t('kept_inventory.keep')}
              </button>
            </p>
          </form>
        </section>
      )}
    </Frame>
  )
}
