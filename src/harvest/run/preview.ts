import { selectRecords, type RecordRow } from '../../ledger/records/records.ts'
import { foreseeRemovals, type Gone, type Settlement } from '../../ledger/records/removal.ts'
import { readLines } from '../../rdf/turtle.ts'
import { compact } from '../../rdf/namespaces.ts'
import type { Finding } from '../../validate/finding.ts'
import type { State } from './state.ts'
import type { Entry } from '../../ledger/records/entry.ts'
import { newestVersion } from '../../ledger/records/shown.ts'
import { findingsOf } from '../../ledger/records/judgement.ts'

interface Lists {
  added: string[]
  changed: { id: string; properties: Record<string, { removed: string[]; added: string[] }> }[]
  /** Records that are no longer at the portal and would be kept for their grace days. */
  missing: string[]
  /** Records whose grace days are over, or that the portal says are deleted. */
  removed: string[]
  /** Records that a blocking rule would newly keep from being published. */
  quarantined: string[]
  /** Records that would break rules which they did not break before: profile and rule, and how often. */
  failing: { id: string; rules: { profile: string; rule: string; severity: Finding['severity']; findings: number }[] }[]
  /** Records that cannot be read: what is held of them stays, where there is an id. */
  unreadable: { key: string; id: string | null; code: string; message: string }[]
}

/** What a run would do, were it not dry. Lists are as long as was asked for, and say how much is left out; the counts of the report are whole. */
export interface Preview extends Lists {
  /** The run would be held, and nothing go: what --accept-removals would let go. */
  held?: Pick<Lists, 'missing' | 'removed'>
  /** How many of each list are not named. */
  more: Record<keyof Lists, number>
}

/** Values of one property that are named, and characters of each, where lists are cut. */
const mostValues = 50
const longest = 200

export const emptyPreview = (): Preview => ({
  added: [],
  changed: [],
  missing: [],
  removed: [],
  quarantined: [],
  failing: [],
  unreadable: [],
  more: { added: 0, changed: 0, missing: 0, removed: 0, quarantined: 0, failing: 0, unreadable: 0 },
})

/** Notes what a batch would have written. */
export function previewBatch(state: State, entries: Entry[]): void {
  for (const entry of entries) {
    const known = heldOf(state, entry.formerKey ?? entry.key)
    if (known)
      list(state, 'changed', () => ({
        id: entry.id,
        properties: byProperty(newestVersion(state.engine.ledger, known.n)?.graph ?? '', entry.graph.text, state.options.listed !== undefined),
      }))
    else list(state, 'added', () => entry.id)
    state.judged.add(entry.key)
    previewFailing(state, entry, known)
  }
}

/** Notes what changed rules would find of records that are as they were. */
export function previewJudgement(state: State, entries: Entry[]): void {
  for (const entry of entries) if (!state.judged.has(entry.key)) previewFailing(state, entry, heldOf(state, entry.key))
}

function previewFailing(state: State, entry: Entry, known: RecordRow | undefined): void {
  const broken = new Set(known ? findingsOf(state.engine.ledger, known.n).map(nameOf) : [])
  const fresh = Map.groupBy(
    entry.findings.filter(finding => !broken.has(nameOf(finding))),
    nameOf,
  )
  if (fresh.size > 0)
    list(state, 'failing', () => ({
      id: entry.id,
      rules: [...fresh.values()].map(found => ({ profile: found[0]!.profile, rule: found[0]!.rule, severity: found[0]!.severity, findings: found.length })),
    }))
  if (entry.admission === 'quarantined' && known?.admission !== 'quarantined') list(state, 'quarantined', () => entry.id)
}

const nameOf = ({ profile, rule }: Finding) => `${profile} ${rule}`

/** Notes what a run that read its source to the end would have missed, and says what it would have come to. */
export function previewRemovals(state: State, unseen: Gone, accept: boolean): Settlement {
  const {
    preview,
    engine: { ledger },
    source,
    keys,
    unreadable,
  } = state
  const settled = foreseeRemovals(ledger, key => keys.has(key) || unreadable.has(key), {
    source: source.id,
    at: new Date().toISOString(),
    rules: source.removal,
    accept,
    gone: unseen,
  })
  if (settled.held) preview.held = { missing: [], removed: [] }
  for (const name of ['missing', 'removed'] as const) for (const id of settled[name]) list(state, name, () => id, preview.held)
  return settled
}

/** Notes the records that could not be read, and whether one is held of them. */
export function previewUnreadable(state: State): void {
  for (const {
    place: { record: key },
    code,
    message,
  } of state.problems)
    if (key !== undefined) list(state, 'unreadable', () => ({ key, id: heldOf(state, key)?.id ?? null, code, message }))
}

function heldOf({ engine: { ledger }, source }: State, key: string): RecordRow | undefined {
  const known = selectRecords(ledger, 'WHERE source = ? AND key = ?', source.id, key)[0]
  return known?.admission === 'removed' ? undefined : known
}

function list<Name extends keyof Lists>({ preview, options }: State, name: Name, make: () => Lists[Name][number], into: Pick<Lists, Name> = preview): void {
  const named = into[name] as unknown[]
  if (named.length < (options.listed ?? Infinity)) named.push(make())
  else preview.more[name]++
}

function byProperty(before: string, after: string, cut: boolean): Lists['changed'][number]['properties'] {
  const [old, now] = [before, after].map(graph => new Set(graph.split('\n').filter(Boolean))) as [Set<string>, Set<string>]
  const properties: Lists['changed'][number]['properties'] = {}
  for (const [side, lines] of [
    ['removed', old.difference(now)],
    ['added', now.difference(old)],
  ] as const) {
    for (const { predicate, object } of readLines([...lines].join('\n'))) {
      const values = (properties[compact(predicate.value)] ??= { removed: [], added: [] })[side]
      if (!cut || values.length < mostValues)
        values.push(cut && object.value.length > longest ? `${object.value.slice(0, longest)}… (+${object.value.length - longest})` : object.value)
    }
  }
  return properties
}
