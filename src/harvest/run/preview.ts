import { unpacked } from '../../ledger/file/dictionaries.ts'
import type { BrokenRule } from '../../ledger/records/entry.ts'
import { recordByKey } from '../../ledger/records/held.ts'
import { findingsOf } from '../../ledger/records/judgement.ts'
import type { RecordRow } from '../../ledger/records/records.ts'
import { foreseeRemovals } from '../../ledger/records/removal.ts'
import { newestVersion } from '../../ledger/records/shown.ts'
import type { Problem } from '../../problem.ts'
import { compact } from '../../rdf/namespaces.ts'
import { readLines } from '../../rdf/own-lines.ts'
import { resultsIn } from '../../validate/finding.ts'
import type { Judged, Keeping, RunKeeper } from './keeper.ts'
import type { Progress } from './progress.ts'
import { mostProblems, type Preview, type PreviewLists } from './report.ts'
import type { RunSetup } from './setup.ts'

/** What a run would bring is only told, in the report of the run: the ledger stays as it is. All is asked for, so that all is told. */
export const preview: Keeping = { lock: () => () => {}, resumes: false, open }

function open({ source, engine, options: { listed } }: RunSetup, { seenKeys, unreadable }: Progress): RunKeeper {
  const { ledger } = engine
  const cut = listed !== undefined
  const lists: Preview = {
    added: [],
    changed: [],
    missing: [],
    removed: [],
    quarantined: [],
    failing: [],
    unreadable: [],
    more: { added: 0, changed: 0, missing: 0, removed: 0, quarantined: 0, failing: 0, unreadable: 0 },
  }
  const list = <Name extends keyof PreviewLists>(name: Name, make: () => PreviewLists[Name][number], into: Pick<PreviewLists, Name> = lists): void => {
    const named: PreviewLists[Name][number][] = into[name]
    if (named.length < (listed ?? Infinity)) named.push(make())
    else lists.more[name]++
  }

  /** Names the rules that a record would newly break, and whether it would be kept back by them. */
  const listFailing = (entry: Judged) => {
    const known = standing(entry.known)
    const broken = new Set(known ? findingsOf(ledger, known.n).map(nameOf) : [])
    const fresh = entry.findings.filter(finding => !broken.has(nameOf(finding)))
    if (fresh.length > 0) list('failing', () => ({ id: entry.id, rules: byRule(fresh) }))
    if (entry.admission === 'quarantined' && known?.admission !== 'quarantined') list('quarantined', () => entry.id)
  }

  const problems: Problem[] = []
  const problem = (each: Problem) => {
    if (!cut || problems.length < mostProblems) problems.push(each)
    const key = each.place.record
    if (key !== undefined)
      list('unreadable', () => ({ key, id: standing(recordByKey(ledger, source.id, key))?.id ?? null, code: each.code, message: each.message }))
  }
  /** Keys of the records that were judged as they would become. */
  const judged = new Set<string>()
  return {
    run: 0,
    problems,
    problem,
    preview: lists,
    entries: entries => {
      for (const entry of entries) {
        const known = standing(entry.known)
        if (!known) list('added', () => entry.id)
        else
          list('changed', () => ({
            id: entry.id,
            properties: byProperty(
              newestVersion(ledger, known.n)?.graph ?? '',
              entry.graph.packed ? unpacked(ledger, entry.graph.packed) : entry.graph.text,
              cut,
            ),
          }))
        judged.add(entry.key)
        listFailing(entry)
      }
    },
    rejudged: {
      problem,
      entries: entries => {
        for (const entry of entries) if (!judged.has(entry.key)) listFailing(entry)
      },
    },
    removals: (gone, accept) => {
      const passedBy = (key: string) => seenKeys.has(key) || unreadable.has(key)
      const settled = foreseeRemovals(ledger, passedBy, { source: source.id, at: engine.now().toISOString(), rules: source.removal, accept, gone })
      if (settled.held) lists.held = { missing: [], removed: [] }
      for (const name of ['missing', 'removed'] as const) for (const id of settled[name]) list(name, () => id, lists.held)
      return settled
    },
    allJudged: () => {},
    catalogue: () => {},
    page: () => {},
    samePage: () => {},
    seenAgain: () => {},
    end: () => {},
  }
}

/** A record that was removed is as good as none. */
const standing = (record: RecordRow | undefined) => (record?.admission === 'removed' ? undefined : record)

const nameOf = ({ profile, rule }: BrokenRule) => `${profile} ${rule}`

const byRule = (findings: BrokenRule[]): PreviewLists['failing'][number]['rules'] =>
  [...Map.groupBy(findings, nameOf).values()].map(found => {
    const { profile, rule, severity } = found[0]!
    return { profile, rule, severity, findings: resultsIn(found) }
  })

/** Values of one property that are named, and characters of each, where lists are cut. */
const mostValues = 50
const mostCharacters = 200

/** What one graph, as N-Triples, says otherwise than another, by property. */
function byProperty(before: string, after: string, cut: boolean): PreviewLists['changed'][number]['properties'] {
  const [old, now] = [before, after].map(graph => new Set(graph.split('\n').filter(Boolean))) as [Set<string>, Set<string>]
  const properties: PreviewLists['changed'][number]['properties'] = {}
  for (const [side, lines] of [
    ['removed', old.difference(now)],
    ['added', now.difference(old)],
  ] as const) {
    for (const { predicate, object } of readLines([...lines].join('\n'))) {
      const values = (properties[compact(predicate.value)] ??= { removed: [], added: [] })[side]
      if (!cut || values.length < mostValues)
        values.push(
          cut && object.value.length > mostCharacters ? `${object.value.slice(0, mostCharacters)}… (+${object.value.length - mostCharacters})` : object.value,
        )
    }
  }
  return properties
}
