import { dictionaryFor, dictionaryOf, type TextKind } from '../file/dictionaries.ts'
import type { Ledger } from '../file/ledger.ts'
import type { Dictionary } from '../file/pack.ts'
import type { Entry } from './entry.ts'
import { judgementText } from './judgement-text.ts'

/** What all records are written with that one transaction writes. */
export interface Means {
  /** The number of the next new record. */
  nextRecord: number
  dictionaries: Record<TextKind, Dictionary | undefined>
}

/** For records that came from a portal: where their source has no dictionaries and they are enough, these are made of them. */
export function meansFor(ledger: Ledger, source: string | undefined, entries: Entry[]): Means {
  const dictionary = (kind: TextKind, textsOf: (entry: Entry) => (string | Uint8Array)[]) =>
    source === undefined ? undefined : dictionaryFor(ledger, source, kind, () => entries.flatMap(textsOf))
  return {
    dictionaries: {
      graph: dictionary('graph', ({ graph }) => (graph.packed ? [] : [graph.text])),
      payload: dictionary('payload', ({ payload }) => [payload.body]),
      judgement: dictionary('judgement', entry => (entry.judgement ? [] : [judgementText(entry)])),
    },
    nextRecord: nextRecord(ledger),
  }
}

/** For records that are held: with what there is. */
export function meansOf(ledger: Ledger, source: string | undefined): Means {
  const dictionary = (kind: TextKind) => (source === undefined ? undefined : dictionaryOf(ledger, source, kind))
  return { dictionaries: { graph: dictionary('graph'), payload: dictionary('payload'), judgement: dictionary('judgement') }, nextRecord: nextRecord(ledger) }
}

const nextRecord = (ledger: Ledger): number => ledger.get<{ next: number }>('SELECT ifnull(max(n), 0) + 1 AS next FROM record')!.next
