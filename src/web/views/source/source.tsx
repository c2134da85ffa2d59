import { paths } from '../../../config/addresses.ts'
import type { DeadLink, LinkCounts } from '../../../ledger/links/uses.ts'
import type { RecordRow } from '../../../ledger/records/records.ts'
import type { RunProblem } from '../../../ledger/runs/problems.ts'
import type { RuleTally } from '../../../ledger/runs/report.ts'
import type { Run } from '../../../ledger/runs/runs.ts'
import type { SourceStanding } from '../../../outlets/standing.ts'
import type { Fix } from '../../../validate/quality/fixes.ts'
import { choose } from '../../../words/choose.ts'
import type { Page } from '../../page/page.ts'
import { Layout } from '../layout.tsx'
import { Away, Fact, Pill, PortalText } from '../parts.tsx'
import { Fixes } from '../quality/fixes.tsx'
import { RuleText } from '../record/findings.tsx'
import { DeadLinks } from './dead-links.tsx'
import { Problems } from './problems.tsx'
import { Runs } from './runs.tsx'
import { StandingFacts, StandingNotice, stateOf } from './standing.tsx'

interface Source {
  page: Page
  standing: SourceStanding
  runs: Run[]
  problems: RunProblem[]
  rules: RuleTally[]
  alternates: number
  quarantined: RecordRow[]
  fixes: Fix[]
  links: LinkCounts
  dead: DeadLink[]
}

/** One portal: how its harvests went, and what its people can mend. */
export function SourceView({ page, standing, runs, problems, rules, alternates, quarantined, links, dead, fixes }: Source) {
  const {
    words: { t, number },
  } = page
  const { source, records: counts } = standing
  const state = stateOf(standing)
  return (
    <Layout page={page} title={choose(source.title, page.reading)?.text ?? source.id}>
      <div class="head">
        <div class="wrap">
          <p class="crumbs">
            <a href={page.to(paths.sources)}>{t('nav.sources')}</a>
          </p>
          <h1>
            <PortalText page={page} texts={source.title} fallback={source.id} />
          </h1>
          <p class="head-by">
            <Pill kind={state}>{t(`run.${state}`)}</Pill> {standing.late && <Pill kind="late">{t('standing.late')}</Pill>}{' '}
            <a href={page.to(paths.datasets, new URLSearchParams({ source: source.id }))}>
              {t('count.datasets', { count: counts.published + counts.missing })}
            </a>{' '}
            <a href={page.to(paths.sourceQuality(source.id))}>{t('scorecard.see')}</a>
          </p>
        </div>
      </div>
      <div class="wrap two">
        <div class="two-main">
          {source.note && (
            <div class="notice">
              <p>
                <PortalText page={page} texts={source.note} />
              </p>
            </div>
          )}
          <StandingNotice page={page} standing={standing} />
          {quarantined.length > 0 && <Quarantine page={page} records={quarantined} />}
          <Runs page={page} runs={runs} />
          {problems.length > 0 && <Problems page={page} problems={problems} />}
          {dead.length > 0 && <DeadLinks page={page} dead={dead} />}
          <Fixes page={page} fixes={fixes} among={[['source', source.id]]} most={5} />
          <section class="block" aria-labelledby="mend">
            <h2 id="mend">{t('sources.mend')}</h2>
            <p class="soft">{t(rules.length > 0 ? 'sources.mend_text' : 'findings.none')}</p>
            <ol class="findings">
              {rules.map(({ rule, severity, records }) => (
                <li class="finding">
                  <p class="finding-message">
                    <Pill kind={severity}>{t(`level.${severity}`)}</Pill> <RuleText page={page} rule={rule} part="message" />
                  </p>
                  <p class="finding-advice">
                    <RuleText page={page} rule={rule} part="advice" />
                  </p>
                  <p class="finding-end">{t('sources.in_records', { count: records })}</p>
                </li>
              ))}
            </ol>
          </section>
        </div>
        <aside class="two-side">
          <section class="panel" aria-labelledby="facts">
            <h2 id="facts">{t('facts.title')}</h2>
            <dl class="facts">
              <Fact name={t('sources.address')}>
                <Away href={source.url} />
              </Fact>
              <Fact name={t('sources.protocol')}>
                <bdi class="code" dir="ltr">
                  {source.protocol}
                </bdi>
              </Fact>
              <Fact name={t('sources.schedule')}>
                {source.schedule && (
                  <bdi class="code" dir="ltr">
                    {source.schedule}
                  </bdi>
                )}
              </Fact>
              <StandingFacts page={page} standing={standing} />
              <Fact name={t('links.title')}>
                {(['alive', 'failing', 'dead', 'unknown', 'unasked'] as const)
                  .filter(state => links[state] > 0)
                  .map(state => t(`links.counts.${state}`, { count: links[state] }))
                  .join(t('validate.comma'))}
              </Fact>
              <Fact name={t('siblings.through_others')}>{alternates > 0 && number(alternates)}</Fact>
            </dl>
            <p>
              <a class="button button-quiet" href={page.to(paths.validate)}>
                {t('validate.title')}
              </a>
            </p>
            <p class="forms">
              {['json', 'ttl'].map(extension => (
                <a href={`${paths.source(source.id)}.${extension}`}>{extension === 'ttl' ? 'Turtle' : 'JSON'}</a>
              ))}
            </p>
          </section>
        </aside>
      </div>
    </Layout>
  )
}

function Quarantine({ page, records }: { page: Page; records: RecordRow[] }) {
  const { t } = page.words
  return (
    <section class="block notice notice-violation" aria-labelledby="quarantine">
      <h2 id="quarantine">
        {t('sources.quarantine')} <span class="tally">{page.words.number(records.length)}</span>
      </h2>
      <p>{t('sources.quarantine_text')}</p>
      <ul class="plain">
        {records.map(record => (
          <li>
            <a href={page.to(paths.record(record.id))}>
              <PortalText page={page} texts={record.title} fallback={record.key} />
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}
