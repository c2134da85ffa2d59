import { Command } from 'commander'
import { rebuild, type RebuildReport } from '../harvest/run/rebuild.ts'
import { reindex } from '../ledger/records/reindex.ts'
import { currentRevision } from '../ledger/records/revisions.ts'
import { rankSources } from '../ledger/sources/priorities.ts'
import { choose, print, readEdition, type CommonOptions, type Context } from './context.ts'
import { withEngine } from './engine.ts'
import { written } from './outside.ts'
import { progressBar } from './progress.ts'

/** `fihrist rebuild [SOURCE…]`: what portals sent, through today's mapping and rules. */
export function rebuildCommand(context: Context): Command {
  return new Command('rebuild')
    .description('map, validate and measure anew what the portals last sent, without asking them')
    .argument('[source...]', 'ids of sources; all where none is named')
    .action(async (ids: string[], options: CommonOptions) => {
      const { catalogue, sources } = readEdition(options, context)
      const chosen = choose(sources, ids.length > 0 ? ids : sources.map(source => source.id))
      await withEngine(catalogue, options, async engine => {
        rankSources(engine.ledger, sources)
        reindex(engine.ledger, engine.vocabulary, catalogue.base)
        const reports: RebuildReport[] = []
        for (const source of chosen) {
          const bar = progressBar(source.id, context, options)
          const report = await rebuild(source, engine, { progress: bar.update })
          bar.stop()
          reports.push(report)
          if (!options.quiet && !options.json && !(await written(context.out, `${toText(report)}\n`))) break
        }
        if (options.json)
          print(
            context,
            JSON.stringify({
              revision: currentRevision(engine.ledger),
              sources: reports.map(({ source, seen, updated, unchanged, failed, without }) => ({ source, seen, updated, unchanged, failed, without })),
            }),
          )
        context.finish(reports.length === chosen.length && reports.every(report => report.failed + report.without.length === 0) ? 0 : 1)
      })
    })
}

function toText({ source, seen, updated, unchanged, failed, without, problems }: RebuildReport): string {
  const lines = [`${source}: ${seen} rebuilt: ${updated} updated, ${unchanged} unchanged${failed ? `, ${failed} failed` : ''}`]
  if (without.length > 0)
    lines.push(
      `  ! ${without.length} cannot be rebuilt, as their payloads are not kept (retention.payloads), and stay as they are: ` +
        `${without.slice(0, 20).join(', ')}${without.length > 20 ? ', …' : ''}. A harvest maps them anew.`,
    )
  for (const problem of problems.slice(0, 20)) lines.push(`  ! ${problem.code}: ${problem.message}`)
  return lines.join('\n')
}
