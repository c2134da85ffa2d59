import { paths } from '../../../config/addresses.ts'
import { exceptions, kindOf, movesFrom, type Move, type Need } from '../../../ledger/programme/kinds.ts'
import { mayAs, seesTo } from '../../../ledger/programme/roles.ts'
import type { Said } from '../../../problem.ts'
import type { Choice } from '../../page/form.ts'
import type { Page } from '../../page/page.ts'
import type { Matter } from '../../page/programme.ts'
import type { Visitor } from '../../page/visitor.ts'
import { Away, Fact, Pill } from '../parts.tsx'
import { Faults, Labelled } from '../programme/field.tsx'
import { BodyName, Datasets, StatePill, Steps, Written } from '../programme/parts.tsx'
import { Frame, Signed } from './frame.tsx'

interface Shown {
  page: Page
  visitor: Visitor
  matter: Matter
  bodies: Choice[]
  /** The move that was tried, what was written with it, and what is wrong with that. */
  /** Whether the address of a reuse answers, where that was asked. */
  answers?: boolean | undefined
  tried?: { move: string; values: Record<string, string>; faults: Record<string, Said> }
}

/** One thing that was brought, whole, with all that may be done with it. */
export function StewardMatterView({ page, visitor, matter, bodies, tried, answers }: Shown) {
  const {
    words: { t, date },
  } = page
  const { of, steps, datasets, planned } = matter
  const words = `brought.${of.kind}`
  const moves = movesFrom(of.kind, of.state).filter(({ role }) => mayAs(visitor.person.role, role) && seesTo(visitor.person, of.body))
  return (
    <Frame page={page} {...visitor} title={of.said['title'] ?? t(`${words}.one`, { n: page.words.number(of.id) })}>
      {tried && <Faults page={page} faults={tried.faults} />}
      <div class="two">
        <div class="two-main">
          <p>
            <StatePill page={page} of={of} />
          </p>
          {kindOf(of.kind)
            .fields.filter(({ as, name }) => as !== 'picture' && as !== 'datasets' && as !== 'body' && name !== 'title' && of.said[name])
            .map(({ name, as }) => (
              <section class="block" aria-labelledby={`said-${name}`}>
                <h2 id={`said-${name}`}>{t(`${words}.field.${name}`)}</h2>
                {as === 'choice' ? (
                  <p>{t(`${words}.${name}.${of.said[name]}`)}</p>
                ) : as === 'address' ? (
                  <p>
                    <Away href={of.said[name]!} />{' '}
                    {answers === undefined ? (
                      <a href={page.to(paths.matter(of.id), new URLSearchParams({ reach: '1' }))}>{t('steward.reach')}</a>
                    ) : (
                      <Pill kind={answers ? 'published' : 'failed'}>{t(answers ? 'steward.reached' : 'steward.unreached')}</Pill>
                    )}
                  </p>
                ) : (
                  <Written page={page} of={of} text={of.said[name]!} />
                )}
              </section>
            ))}
          {of.picture && (
            <p class="picture">
              <img src={paths.heldPicture(of.id)} alt="" />
            </p>
          )}
          {of.datasets.length > 0 && (
            <section class="block" aria-labelledby="about">
              <h2 id="about">{t('nav.datasets')}</h2>
              <Datasets page={page} datasets={datasets} />
              {of.kind === 'report' &&
                of.datasets.map(id => (
                  <p>
                    <a href={page.to(paths.keptRecord(id))}>{t('steward.keep')}</a>
                  </p>
                ))}
            </section>
          )}
          {planned && (
            <section class="block" aria-labelledby="planned">
              <h2 id="planned">{t('brought.request.planned_as')}</h2>
              <Datasets page={page} datasets={[planned]} />
            </section>
          )}
          <section class="block" aria-labelledby="steps">
            <h2 id="steps">{t('form.steps')}</h2>
            <Steps page={page} of={of} steps={steps} />
          </section>
        </div>
        <aside class="two-side">
          <section class="panel" aria-labelledby="moves">
            <h2 id="moves">{t('steward.moves')}</h2>
            {moves.length === 0 && <p class="soft">{t('steward.no_moves')}</p>}
            {moves.map(move => (
              <MoveForm
                page={page}
                sign={visitor.sign}
                matter={matter}
                move={move}
                bodies={bodies}
                {...(tried?.move === move.name && { values: tried.values, faults: tried.faults })}
              />
            ))}
          </section>
          <section class="panel" aria-labelledby="facts">
            <h2 id="facts">{t('facts.title')}</h2>
            <dl class="facts">
              <Fact name={t('facet.publisher')}>{of.body && <BodyName page={page} slug={of.body} />}</Fact>
              <Fact name={t('form.brought_on')}>
                <time datetime={of.at}>{date(of.at)}</time>
              </Fact>
              <Fact name={t('form.due')}>{of.due && <time datetime={of.due}>{date(of.due)}</time>}</Fact>
              <Fact name={t('brought.request.support')}>{of.kind === 'request' && page.words.number(of.supporters)}</Fact>
            </dl>
          </section>
        </aside>
      </div>
    </Frame>
  )
}

interface MoveShown {
  page: Page
  sign: string
  matter: Matter
  move: Move
  bodies: Choice[]
  values?: Record<string, string>
  faults?: Record<string, Said>
}

/** One move: what must and may be said with it. Those that need nothing are a button. */
function MoveForm({ page, sign, matter: { of }, move, bodies, values = {}, faults = {} }: MoveShown) {
  const { t } = page.words
  const { name, needs = [], may = [] } = move
  const label = t(`brought.${of.kind}.move.${name}`)
  const form = (
    <form class="form" method="post" action={page.to(paths.matter(of.id))}>
      <Signed sign={sign} />
      <input type="hidden" name="move" value={name} />
      <input type="hidden" name="seen" value={String(of.step)} />
      {[...needs, ...may].map(need => (
        <NeedField
          page={page}
          need={need}
          id={`${name}-${need}`}
          required={needs.includes(need)}
          value={values[need] ?? ''}
          fault={faults[`${name}-${need}`]}
          bodies={bodies}
        />
      ))}
      <button class={needs.length + may.length > 0 ? 'button' : 'button button-quiet'} type="submit">
        {label}
      </button>
    </form>
  )
  if (needs.length + may.length === 0) return form
  return (
    <details class="move" open={Object.keys(faults).length > 0}>
      <summary>{label}</summary>
      {form}
    </details>
  )
}

interface NeedShown {
  page: Page
  need: Need
  id: string
  required: boolean
  value: string
  fault: Said | undefined
  bodies: Choice[]
}

function NeedField({ page, need, id, required, value, fault, bodies }: NeedShown) {
  const { t } = page.words
  const given = { id, name: need, required, 'aria-invalid': fault ? ('true' as const) : undefined }
  const choices = need === 'body' ? bodies : need === 'exception' ? exceptions.map(each => ({ value: each, label: t(`exception.${each}`) })) : undefined
  return (
    <Labelled page={page} name={id} label={t(`form.need.${need}`)} fault={fault} optional={!required}>
      {choices ? (
        <select {...given}>
          <option value="">{t('form.choose')}</option>
          {choices.map(choice => (
            <option value={choice.value} selected={choice.value === value}>
              {choice.label}
            </option>
          ))}
        </select>
      ) : need === 'date' ? (
        <input {...given} type="date" value={value} dir="ltr" />
      ) : (
        <textarea {...given} rows={need === 'answer' ? 5 : 2} maxlength={4000} dir="auto">
          {value}
        </textarea>
      )}
    </Labelled>
  )
}
