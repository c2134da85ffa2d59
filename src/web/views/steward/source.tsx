import { paths } from '../../../config/addresses.ts'
import { mayAs } from '../../../ledger/programme/roles.ts'
import type { Foreseen } from '../../../ledger/runs/foreseen.ts'
import type { RunRequest } from '../../../ledger/runs/run-requests.ts'
import type { SourceStanding } from '../../../outlets/standing.ts'
import { choose } from '../../../words/choose.ts'
import type { Page } from '../../page/page.ts'
import type { Visitor } from '../../page/visitor.ts'
import { Pill } from '../parts.tsx'
import { Table } from '../table.tsx'
import { Frame, Signed } from './frame.tsx'

/** What a dry run says that a run would bring (`harvest --dry-run --json`). */
export interface WouldBring {
  state: string
  seen: number
  outcomes: Record<string, number>
  problems: { code: string; message: string }[]
  preview?: {
    added: string[]
    changed: { id: string; properties: Record<string, { removed: string[]; added: string[] }> }[]
    missing: string[]
    removed: string[]
    quarantined: string[]
    held?: { missing: string[]; removed: string[] }
    more: Record<string, number>
  }
}

interface Shown {
  page: Page
  visitor: Visitor
  standing: SourceStanding
  foreseen: Foreseen<WouldBring> | undefined
  /** The runs that were asked for and are not over. */
  waiting: RunRequest[]
}

/** A portal as its steward sees it: what a run would bring, before it is made. */
export function StewardSourceView({ page, visitor, standing: { source, last }, foreseen, waiting }: Shown) {
  const {
    words: { t, moment },
  } = page
  const may = source.enabled && mayAs(visitor.person.role, 'steward')
  const isDry = waiting.some(({ dry }) => dry === 1)
  return (
    <Frame page={page} {...visitor} title={choose(source.title, page.reading)?.text ?? source.id}>
      <p>
        <Pill kind={last?.state ?? 'plain'}>{t(last ? `run.${last.state}` : 'run.never')}</Pill>{' '}
        <a href={page.to(last?.state === 'held' ? paths.run(source.id, last.id) : paths.source(source.id))}>{t('foreseen.public')}</a>
      </p>
      {waiting.length > 0 && <p class="notice">{t(isDry ? 'foreseen.looking' : 'foreseen.running')}</p>}
      {may && (
        <form class="portals" method="post" action={page.to(paths.keptSource(source.id))}>
          <Signed sign={visitor.sign} />
          <button class="button" type="submit" name="do" value="look">
            {t('foreseen.look')}
          </button>{' '}
          <button class="button button-quiet" type="submit" name="do" value="run">
            {t('steward.run')}
          </button>{' '}
          {last?.state === 'held' && (
            <button class="button button-quiet" type="submit" name="do" value="accept">
              {t('steward.accept')}
            </button>
          )}
        </form>
      )}
      {foreseen && (
        <section class="block" aria-labelledby="foreseen">
          <h2 id="foreseen">{t('foreseen.title', { at: moment(foreseen.at) })}</h2>
          <Told page={page} told={foreseen.told} />
        </section>
      )}
    </Frame>
  )
}

function Told({ page, told: { state, seen, outcomes, problems, preview } }: { page: Page; told: WouldBring }) {
  const { t, number } = page.words
  const counts = ['added', 'updated', 'unchanged', 'removed', 'failed'].map(name => `${t(`foreseen.${name}`)} ${number(outcomes[name] ?? 0)}`)
  return (
    <>
      <p>
        <Pill kind={state}>{t(`run.${state}`)}</Pill> {t('foreseen.seen', { count: seen })} · {counts.join(' · ')}
      </p>
      {problems.length > 0 && (
        <ul>
          {problems.slice(0, 20).map(({ message }) => (
            <li lang="en" dir="auto">
              {message}
            </li>
          ))}
        </ul>
      )}
      {preview && (
        <>
          {preview.held && <p class="notice notice-violation">{t('foreseen.held')}</p>}
          <Ids page={page} name="added" ids={preview.added} more={preview.more['added']} />
          {preview.changed.length > 0 && (
            <>
              <h3>
                {t('foreseen.updated')} <span class="tally">{number(preview.changed.length + (preview.more['changed'] ?? 0))}</span>
              </h3>
              <Table label={t('foreseen.updated')} heads={['dataset', 'column', 'before', 'after'].map(head => t(`kept_inventory.head.${head}`))}>
                {preview.changed.flatMap(({ id, properties }) =>
                  Object.entries(properties).map(([property, { removed, added }], at) => (
                    <tr>
                      <td>{at === 0 && <RecordLink page={page} id={id} />}</td>
                      <td>
                        <bdi dir="ltr">{property}</bdi>
                      </td>
                      <td>
                        <Values values={removed} as="del" />
                      </td>
                      <td>
                        <Values values={added} as="ins" />
                      </td>
                    </tr>
                  )),
                )}
              </Table>
            </>
          )}
          <Ids page={page} name="missing" ids={[...preview.missing, ...(preview.held?.missing ?? [])]} more={preview.more['missing']} />
          <Ids page={page} name="removed" ids={[...preview.removed, ...(preview.held?.removed ?? [])]} more={preview.more['removed']} />
          <Ids page={page} name="quarantined" ids={preview.quarantined} more={preview.more['quarantined']} />
        </>
      )}
    </>
  )
}

function Ids({ page, name, ids, more = 0 }: { page: Page; name: string; ids: string[]; more: number | undefined }) {
  const { t, number } = page.words
  if (ids.length === 0) return null
  return (
    <>
      <h3>
        {t(`foreseen.${name}`)} <span class="tally">{number(ids.length + more)}</span>
      </h3>
      <ul class="plain">
        {ids.map(id => (
          <li>{name === 'added' ? <bdi dir="ltr">{id}</bdi> : <RecordLink page={page} id={id} />}</li>
        ))}
      </ul>
    </>
  )
}

const RecordLink = ({ page, id }: { page: Page; id: string }) => (
  <a href={page.to(paths.keptRecord(id))}>
    <bdi dir="ltr">{id}</bdi>
  </a>
)

/** Values that go, or come; of many, the first. */
function Values({ values, as: Mark }: { values: string[]; as: 'del' | 'ins' }) {
  return (
    <>
      {values.slice(0, 5).map(value => (
        <p>
          <Mark>
            <bdi>{value}</bdi>
          </Mark>
        </p>
      ))}
      {values.length > 5 && <p>… +{values.length - 5}</p>}
    </>
  )
}
