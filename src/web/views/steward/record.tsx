import { paths } from '../../../config/addresses.ts'
import type { Contribution } from '../../../ledger/programme/contributions.ts'
import { mayAs } from '../../../ledger/programme/roles.ts'
import type { MadeCorrection } from '../../../ledger/records/corrections.ts'
import type { Decision } from '../../../ledger/records/decisions.ts'
import type { RecordRow } from '../../../ledger/records/records.ts'
import type { Finding } from '../../../validate/finding.ts'
import { choose } from '../../../words/choose.ts'
import type { Page } from '../../page/page.ts'
import type { Visitor } from '../../page/visitor.ts'
import { Fact, OurText, Pill, SourceName } from '../parts.tsx'
import { Labelled } from '../programme/field.tsx'
import { StatePill } from '../programme/parts.tsx'
import { Corrections } from './corrections.tsx'
import { Frame, Signed } from './frame.tsx'

interface Shown {
  page: Page
  visitor: Visitor
  record: RecordRow
  decision: Decision | undefined
  /** What the publication gate found in it. */
  gate: Finding[]
  reports: Contribution[]
  corrections: MadeCorrection[]
  fault?: string | undefined
  /** What is wrong with a correction. */
  wrong?: string | undefined
}

/** A record as its steward sees it. */
export function StewardRecordView({ page, visitor, record, decision, gate, reports, corrections, fault, wrong }: Shown) {
  const {
    words: { t, date },
    site,
  } = page
  const isWithheld = record.admission === 'withheld'
  const what = isWithheld ? 'release' : 'withhold'
  return (
    <Frame page={page} {...visitor} title={choose(record.title, page.reading)?.text ?? record.id}>
      <div class="two">
        <div class="two-main">
          <p>
            <Pill kind={isWithheld ? 'failed' : record.admission}>{t(`admission.${record.admission}`)}</Pill>{' '}
            {!isWithheld && <a href={page.to(paths.record(record.id))}>{t('record.see')}</a>}
          </p>
          {decision && (
            <section class="block" aria-labelledby="decision">
              <h2 id="decision">{t('steward.decision')}</h2>
              <p>
                {t(`steward.decided.${decision.what}`, { name: decision.name, date: date(decision.at) })}
                <br />
                <bdi>{decision.reason}</bdi>
              </p>
            </section>
          )}
          {gate.length > 0 && (
            <section class="block" aria-labelledby="gate">
              <h2 id="gate">{t('steward.gate')}</h2>
              <ul class="plain">
                {gate.map(({ rule }) => (
                  <li>
                    <OurText page={page} texts={site.rules.get(rule)?.message ?? { und: rule }} />
                  </li>
                ))}
              </ul>
            </section>
          )}
          {reports.length > 0 && (
            <section class="block" aria-labelledby="reports">
              <h2 id="reports">{t('brought.report.plural')}</h2>
              <ul class="plain">
                {reports.map(of => (
                  <li>
                    <StatePill page={page} of={of} /> <a href={page.to(paths.matter(of.id))}>{t(`brought.report.type.${of.said['type']}`)}</a>
                  </li>
                ))}
              </ul>
            </section>
          )}
          {mayAs(visitor.person.role, 'manager') && <Corrections page={page} sign={visitor.sign} record={record} corrections={corrections} fault={wrong} />}
        </div>
        <aside class="two-side">
          {mayAs(visitor.person.role, 'steward') && (
            <section class="panel" aria-labelledby="decide">
              <h2 id="decide">{t('steward.moves')}</h2>
              <form class="form" method="post" action={page.to(paths.keptRecord(record.id))}>
                <Signed sign={visitor.sign} />
                <input type="hidden" name="do" value={what} />
                <Labelled
                  page={page}
                  name="reason"
                  label={t('steward.reason')}
                  hint={t(`steward.hint.${what}`)}
                  fault={fault === undefined ? undefined : { key: fault, values: { most: 1000, length: 1001 } }}
                >
                  <textarea id="reason" name="reason" rows={4} required maxlength={1000} dir="auto" aria-describedby="reason-hint" />
                </Labelled>
                <button class="button" type="submit">
                  {t(`steward.${what}`)}
                </button>
              </form>
            </section>
          )}
          <section class="panel" aria-labelledby="facts">
            <h2 id="facts">{t('facts.title')}</h2>
            <dl class="facts">
              <Fact name={t('record.source')}>
                <SourceName page={page} id={record.source} />
              </Fact>
              <Fact name={t('record.key')}>
                <bdi class="code" dir="ltr">
                  {record.key}
                </bdi>
              </Fact>
              <Fact name={t('record.iri')}>
                <bdi class="code" dir="ltr">
                  {record.dataset}
                </bdi>
              </Fact>
            </dl>
          </section>
        </aside>
      </div>
    </Frame>
  )
}
