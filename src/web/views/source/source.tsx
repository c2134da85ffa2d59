import { paths } from '../../../config/addresses.ts'
import type { DeadLink, LinkCounts } from '../../../ledger/links/uses.ts'
import type { RecordRow } from '../../../ledger/records/records.ts'
import type { RunProblem } from '../../../ledger/runs/problems.ts'
import type { Run } from '../../../ledger/runs/runs.ts'
import type { SourceStanding } from '../../../outlets/standing.ts'
import { choose } from '../../../words/choose.ts'
import type { Page } from '../../page/page.ts'
import type { ToCorrect } from '../../page/to-correct.ts'
import { Layout } from '../layout.tsx'
import { Away, Fact, Pill, PortalText } from '../parts.tsx'
import { ToCopy } from '../to-copy.tsx'
import { Corrections } from './corrections.tsx'
import { DeadLinks } from './dead-links.tsx'
import { Problems } from './problems.tsx'
import { Rhythm } from './rhythm.tsx'
import { Runs } from './runs.tsx'
import { Errors, HeldFacts, StandingNotice, StandingSentence, stateOf } from './standing.tsx'
import { SourceTiles } from './tiles.tsx'

interface Source {
  page: Page
  standing: SourceStanding
  runs: Run[]
  problems: RunProblem[]
  corrections: ToCorrect[]
  score: number | undefined
  /** Records that were added, changed or removed in thirty days. */
  changed: number
  alternates: number
  quarantined: RecordRow[]
  links: LinkCounts
  dead: DeadLink[]
}

/** One portal: how its harvests went, and what its people can mend. */
export function SourceView({ page, standing, runs, problems, corrections, score, changed, alternates, quarantined, links, dead }: Source) {
  const { t, number } = page.words
  const { source } = standing
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
            <span>
              <StandingSentence page={page} standing={standing} />
            </span>
          </p>
        </div>
      </div>
      <div class="wrap">
        <SourceTiles page={page} standing={standing} score={score} changed={changed} />
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
          {problems.length > 0 && <Problems page={page} problems={problems} />}
          {dead.length > 0 && <DeadLinks page={page} dead={dead} />}
          <Corrections page={page} source={source.id} last={standing.last} rows={corrections} />
          <Runs page={page} runs={runs} />
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
              <Fact name={t('sources.schedule')}>{source.schedule && <Rhythm page={page} source={source} />}</Fact>
              <HeldFacts page={page} records={standing.records} />
              <Fact name={t('standing.errors')}>{standing.problems.length > 0 && <Errors page={page} problems={standing.problems} />}</Fact>
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
          <section class="panel" aria-labelledby="badge">
            <h2 id="badge">{t('badge.title')}</h2>
            <p>
              <img src={page.to(`${paths.sourceBadge(source.id)}.svg`)} alt={t('badge.alt')} height="28" />
            </p>
            <ToCopy
              label={t('badge.code')}
              text={
                `<a href="${page.origin}${page.to(paths.source(source.id))}"><img ` +
                `src="${page.origin}${page.to(`${paths.sourceBadge(source.id)}.svg`)}" alt="${t('badge.alt')}"></a>`
              }
            />
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
