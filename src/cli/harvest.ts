import { Command } from 'commander'
import { addressesOf } from '../config/addresses.ts'
import type { Source } from '../config/sources.ts'
import { sendNotices } from '../harvest/notices/notices.ts'
import type { Engine } from '../harvest/run/engine.ts'
import { run, type Report } from '../harvest/run/run.ts'
import { keyNamed } from '../ledger/records/records.ts'
import { reindex } from '../ledger/records/reindex.ts'
import { currentRevision } from '../ledger/records/revisions.ts'
import { outcomes } from '../ledger/runs/runs.ts'
import { rankSources } from '../ledger/sources/priorities.ts'
import { keepScorecards } from '../outlets/scorecard/scorecard.ts'
import { Problem } from '../problem.ts'
import { oneLine, shown } from '../shown.ts'
import { choose, mostOf, print, readEdition, tell, type CommonOptions, type Context } from './context.ts'
import { withEngine } from './engine.ts'
import { log } from './log.ts'
import { written } from './outside.ts'
import { progressBar } from './progress.ts'
import { stoppable } from './stop.ts'

interface Options extends CommonOptions {
  dryRun?: boolean
  full?: boolean
  acceptRemovals?: boolean
  record?: string
  most?: string
}

/** `fihrist harvest [SOURCE…]`: one run of each. */
export function harvest(context: Context): Command {
  return new Command('harvest')
    .description('read the portals and keep what they publish: one run of each source')
    .argument('[source...]', 'ids of sources; all that are enabled where none is named')
    .option('--dry-run', 'say what a run would add, change, let go and find fault with, and keep nothing; with --json, all of it')
    .option('--most <number>', 'of a dry run: how many of each kind it names, their texts cut short')
    .option('--full', 'ask for everything, not only for what changed')
    .option('--accept-removals', 'let go what is gone at the portal, however much it is')
    .option('--record <key>', "one record alone, by its key at the portal, our id or its dataset's IRI; removed here where the portal has deleted it")
    .action(async (ids: string[], options: Options) => {
      const { catalogue, sources } = readEdition(options, context)
      const chosen = choose(sources, ids)
      if (options.record !== undefined && (ids.length !== 1 || options.record.trim() === ''))
        throw new Problem('configuration', '--record asks for one record of one source: fihrist harvest SOURCE --record KEY.')
      const stopping = () => {
        if (!options.quiet) tell(context, 'fihrist: Stopping; what was read is kept. Once more ends it at once.')
      }
      await stoppable(context.unread, stopping, signal =>
        withEngine(catalogue, options, async engine => {
          if (!options.dryRun) rankSources(engine.ledger, sources)
          if (!options.dryRun) reindex(engine.ledger, engine.vocabulary, catalogue.base)
          const reports = await harvestAll(chosen, engine, context, options, signal)
          if (options.json)
            print(context, JSON.stringify({ revision: currentRevision(engine.ledger), runs: reports.map(report => toJson(report, catalogue.base)) }))
          context.finish(reports.length === chosen.length && reports.every(report => report.state === 'complete') ? 0 : 1)
        }),
      )
    })
}

/** How many of each kind the text of a dry run names. */
const listed = 50

/** Runs sources one after the other, showing how far each has come and what became of it. */
export async function harvestAll(sources: Source[], engine: Engine, context: Context, options: Options, signal: AbortSignal): Promise<Report[]> {
  const reports: Report[] = []
  for (const source of sources) {
    if (signal.aborted) break
    const bar = progressBar(source.id, context, options)
    const report = await run(source, engine, {
      progress: bar.update,
      full: options.full ?? false,
      acceptRemovals: options.acceptRemovals ?? false,
      dryRun: options.dryRun ?? false,
      ...(options.most !== undefined ? { listed: mostOf(options.most) } : !options.json && { listed }),
      ...(options.record !== undefined && { only: keyNamed(engine.ledger, source.id, engine.catalogue.base, options.record) }),
      signal,
    })
    bar.stop()
    reports.push(report)
    if (!options.dryRun)
      for (const problem of await sendNotices(source, engine, report))
        log(context, { level: 'error', event: 'notice-failed', code: problem.code, message: problem.message })
    if (!options.quiet && !options.json && !(await written(context.out, `${shown(toText(report, engine.catalogue.base, options.dryRun ?? false))}\n`))) break
  }
  if (!options.dryRun) keepScorecards(engine.ledger, engine.now())
  return reports
}

/** Where the report of a run is read; a dry run, and one that did not start, has none. */
const addressOf = ({ run, source }: Report, base: string) => (run > 0 ? addressesOf(base).run(source, run) : undefined)

/** The contract's shape of one run. */
export function toJson(report: Report, base: string) {
  const address = addressOf(report, base)
  return {
    source: report.source,
    run: report.run,
    ...(address && { report: address }),
    state: report.state,
    seen: report.seen,
    outcomes: Object.fromEntries(outcomes.map(outcome => [outcome, report[outcome]])),
    missing: report.missing,
    quarantined: report.quarantined,
    repairs: report.repairs,
    durationMs: report.durationMs,
    problems: report.problems.map(({ code, message, place }) => ({
      code,
      message,
      ...(place.record && { record: place.record }),
      ...(place.url && { url: place.url }),
      ...(place.excerpt && { excerpt: place.excerpt }),
    })),
    ...(report.judged && { judged: report.judged }),
    ...(report.renamed.length > 0 && { renamed: report.renamed.slice(0, 200) }),
    ...(report.own > 0 && { own: report.own }),
    ...(report.leftOut > 0 && { leftOut: report.leftOut }),
    ...(report.gone.length > 0 && { gone: report.gone }),
    ...(report.preview && { preview: report.preview }),
  }
}

function toText(report: Report, base: string, dryRun: boolean): string {
  const address = addressOf(report, base)
  const counts = outcomes.filter(outcome => report[outcome] > 0).map(outcome => `${report[outcome]} ${outcome}`)
  const more = [
    report.missing && `${report.missing} missing`,
    report.quarantined && `${report.quarantined} quarantined`,
    report.renamed.length > 0 && `${report.renamed.length} under a new identifier`,
    report.own > 0 && `${report.own} of our own left out`,
    report.leftOut > 0 && `${report.leftOut} left out as they are private or not asked for`,
    report.repairs && `${report.repairs} repairs`,
    report.judged && `${report.judged} judged anew by changed rules`,
  ].filter(Boolean)
  const lines = [
    `${report.source}: ${report.state}${dryRun ? ' (dry run: nothing was kept)' : ''}, ` +
      `${report.seen} seen in ${(report.durationMs / 1000).toFixed(1)} s: ${[...counts, ...more].join(', ') || 'nothing to do'}`,
  ]
  if (report.preview) lines.push(...previewText(report.preview))
  for (const problem of report.problems.slice(0, 20)) lines.push(`  ! ${problem.code}: ${problem.message}`)
  if (report.problems.length > 20) lines.push(`  ! and ${report.problems.length - 20} more: see the report`)
  if (address) lines.push(`  report: ${address}`)
  // Keys, titles and sentences of portals stand in them.
  return lines.map(oneLine).join('\n')
}

function previewText({ added, changed, missing, removed, held, quarantined, failing, unreadable, more }: NonNullable<Report['preview']>): string[] {
  const named = (sign: string, texts: string[], rest: number) => [
    ...texts.map(text => `  ${sign} ${text}`),
    ...(rest > 0 ? [`  ${sign} and ${rest} more`] : []),
  ]
  const changes = changed.flatMap(({ id, properties }) => [
    `  ~ ${id}`,
    ...Object.entries(properties).flatMap(([property, values]) => [
      ...values.removed.map(value => `      - ${property} ${value}`),
      ...values.added.map(value => `      + ${property} ${value}`),
    ]),
  ])
  const gone = held ?? { missing, removed }
  return [
    ...named('+', added, more.added),
    ...changes,
    ...named('~', [], more.changed),
    ...(held ? ['  held: nothing of the following goes unless it is said with --accept-removals'] : []),
    ...named('missing:', gone.missing, more.missing),
    ...named('removed:', gone.removed, more.removed),
    ...named('quarantined:', quarantined, more.quarantined),
    ...named(
      'fails:',
      failing.map(
        ({ id, rules }) => `${id}: ${rules.map(({ profile, rule, severity }) => `${profile} ${rule.slice(rule.indexOf('#') + 1)} (${severity})`).join(', ')}`,
      ),
      more.failing,
    ),
    ...named(
      'unreadable:',
      unreadable.map(({ key, id }) => (id ? `${key}: ${id} stays as it is held` : key)),
      more.unreadable,
    ),
  ]
}
