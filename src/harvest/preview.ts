import { newestVersion, selectRecords } from '../ledger/records.ts'
import type { Entry } from '../ledger/commit.ts'
import { unseenBy } from '../ledger/removal.ts'
import { readLines } from '../rdf/parse.ts'
import { compact } from '../rdf/terms.ts'
import type { State } from './state.ts'

/** What a run would do, were it not dry. Lists and texts are cut; the counts of the report are whole. */
export interface Preview {
  added: string[]
  changed: { id: string, properties: Record<string, { removed: string[], added: string[] }> }[]
  /** Records that are no longer at the portal. */
  gone: string[]
  quarantined: string[]
  /** How many of each list are not named. */
  more: { added: number, changed: number, gone: number, quarantined: number }
}

const most = 50
const longest = 200

export const emptyPreview = (): Preview => ({ added: [], changed: [], gone: [], quarantined: [], more: { added: 0, changed: 0, gone: 0, quarantined: 0 } })

/** Notes what a batch would have written. */
export function previewBatch({ preview, engine: { ledger } }: State, entries: Entry[]): void {
  for (const entry of entries) {
    const known = selectRecords(ledger, 'WHERE source = ? AND key = ?', entry.source, entry.key)[0]
    if (!known || known.admission === 'removed') list(preview, 'added', entry.id)
    else if (preview.changed.length < most) preview.changed.push({ id: entry.id, properties: byProperty(newestVersion(ledger, known.n)?.graph ?? '', entry.graph.text) })
    else preview.more.changed++
    if (entry.admission === 'quarantined' && known?.admission !== 'quarantined') list(preview, 'quarantined', entry.id)
  }
}

/** Notes what a run that read its source to the end would have missed. */
export function previewGone({ preview, engine: { ledger }, source, keys, unreadable }: State): void {
  for (const id of unseenBy(ledger, source.id, key => keys.has(key) || unreadable.has(key))) list(preview, 'gone', id)
}

function list(preview: Preview, name: 'added' | 'gone' | 'quarantined', id: string): void {
  if (preview[name].length < most) preview[name].push(id)
  else preview.more[name]++
}

function byProperty(before: string, after: string): Preview['changed'][number]['properties'] {
  const [old, now] = [before, after].map(graph => new Set(graph.split('\n').filter(Boolean))) as [Set<string>, Set<string>]
  const properties: Preview['changed'][number]['properties'] = {}
  for (const [side, lines] of [['removed', old.difference(now)], ['added', now.difference(old)]] as const) {
    for (const { predicate, object } of readLines([...lines].join('\n'))) {
      const values = (properties[compact(predicate.value)] ??= { removed: [], added: [] })[side]
      if (values.length < most) values.push(object.value.length > longest ? `${object.value.slice(0, longest)}… (+${object.value.length - longest})` : object.value)
    }
  }
  return properties
}
