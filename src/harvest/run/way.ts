import type { TextKind } from '../../ledger/file/dictionaries.ts'
import { pack, type Dictionary } from '../../ledger/file/pack.ts'
import type { Entry, Said } from '../../ledger/records/entry.ts'
import { judgementText, type Judgement } from '../../ledger/records/judgement-text.ts'
import type { Correction } from '../../normalise/draft.ts'
import { Problem, sentence, type Place, type ProblemCode } from '../../problem.ts'
import { digest } from '../../rdf/digest.ts'
import { Graph } from '../../rdf/graph.ts'
import { readLines } from '../../rdf/own-lines.ts'
import { lines } from '../../rdf/serialise.ts'
import { namedNode } from '../../rdf/terms.ts'
import type { Check, Checked } from '../../validate/validate.ts'
import type { Kept } from '../protocol.ts'
import { draftOf, readOut, type Draft } from './draft.ts'
import type { Mapping } from './mapping.ts'

// The way of a record, from what the portal sent to what is kept of it. All that goes in and comes out is plain data, so that a thread can do it.

/** A record as it is sent on its way. */
export interface Sent extends Kept {
  /** Ours for the record. */
  id: string
  /** The digest of the graph that is held of it. */
  held?: string | undefined
  /** It is judged though its graph is the one that is held: by other rules than before. */
  anew?: boolean
  /** What stewards say of it in the place of the portal. */
  corrections?: Correction[] | undefined
  /** Its graph as it was mapped before, where only the rules are others. */
  mapped?: Pick<Draft, 'repairs'> & { dataset: string; text: string }
}

/** By what texts of the source are packed; where there is none yet, they are left as they are. */
export type Packing = Record<TextKind, Dictionary | undefined>

/** A record at the end of its way; its payload is packed where it is to be kept. */
export type Made = { payload: Uint8Array | undefined } & ({ same: true } | ({ same: false; score: number } & Read & Said))

/** What was read of a payload. */
type Read = Required<Pick<Entry, 'summary' | 'clues' | 'identifiers'>> & Pick<Entry, 'dataset' | 'graph' | 'conforms'>

/** A problem as plain data. */
export interface Failed {
  problem: { code: ProblemCode; message: string; place: Place & { language: string } }
}

/** Takes a batch on its way, as many of its records together as fit in little memory. */
export async function goTogether(mapping: Mapping, check: Check, records: Sent[], packing: Packing): Promise<(Made | Failed)[]> {
  const made: (Made | Failed)[] = []
  for (let at = 0; at < records.length; at = made.length) made.push(...(await goStepByStep(mapping, check, partFrom(records, at), packing)))
  return made
}

/** Characters of the payloads that go step by step together: their graphs, some twenty times as large, are in memory at once. */
const mostTogether = 500_000

function partFrom(records: Sent[], from: number): Sent[] {
  let [end, length] = [from, 0]
  while (end < records.length && (end === from || length + sizeOf(records[end]!) <= mostTogether)) length += sizeOf(records[end++]!)
  return records.slice(from, end)
}

/** Characters that a record has on its way. */
export const sizeOf = ({ payload, mapped }: Sent): number => payload.body.length + (mapped?.text.length ?? 0)

/**
 * Payload → map and normalise → digest → validate and measure → read out and pack. Each step is taken for all records before the next: a processor holds what
 * one step runs, and not what all of them do, so that the way takes half the time that it takes record by record.
 */
async function goStepByStep(mapping: Mapping, check: Check, records: Sent[], packing: Packing): Promise<(Made | Failed)[]> {
  const drafts = records.map(sent =>
    orFailed(sent, 'mapped', () => (sent.mapped ? mappedBefore(sent.mapped) : draftOf(mapping, sent.id, sent, sent.corrections))),
  )
  const written = drafts.map((draft, at) => ('problem' in draft ? draft : writtenOf(draft, records[at]!, packing)))
  const checked: (Judged | Made | Failed)[] = []
  for (const [at, each] of written.entries()) checked.push('draft' in each ? await judgedOf(check, each, records[at]!) : each)
  return checked.map((each, at) => ('checked' in each ? orFailed(records[at]!, 'validated', () => madeOf(mapping, each, packing)) : each))
}

/** A record whose graph is another than that which is held, or is to be judged anew. */
interface Written {
  draft: Draft
  text: string
  digested: string
  isHeld: boolean
  payload: Uint8Array | undefined
}
type Judged = Written & { checked: Checked }

/** Where the graph is the one that is held, nothing more is asked of it. */
function writtenOf(draft: Draft, { payload: { body }, held, anew }: Sent, packing: Packing): Written | Made {
  const text = lines(draft.graph)
  const digested = digest(text)
  const isHeld = digested === held
  // What is kept already is not packed once more.
  const payload = (isHeld && anew) || !packing.payload ? undefined : pack(body, packing.payload)
  return isHeld && !anew ? { same: true, payload } : { draft, text, digested, isHeld, payload }
}

async function judgedOf(check: Check, written: Written, sent: Sent): Promise<Judged | Failed> {
  try {
    return { ...written, checked: await check(written.draft.graph, written.draft.dataset) }
  } catch (error) {
    return failed(error, sent, 'validated')
  }
}

function madeOf(mapping: Mapping, { draft, text, digested, isHeld, payload, checked }: Judged, packing: Packing): Made {
  const { findings, quality, conforms } = checked
  return {
    same: false,
    dataset: draft.dataset.value,
    ...readOut(mapping, draft),
    graph: { digest: digested, ...(!isHeld && packing.graph ? { packed: pack(text, packing.graph) } : { text }) },
    payload,
    score: quality.score,
    conforms,
    ...said({ findings, repairs: draft.repairs, measurements: quality.measurements, files: quality.files, rhythm: quality.rhythm }, packing.judgement),
  }
}

/** A record that fails costs itself alone. */
function orFailed<Made>(sent: Sent, step: 'mapped' | 'validated', make: () => Made): Made | Failed {
  try {
    return make()
  } catch (error) {
    return failed(error, sent, step)
  }
}

/** What is packed goes to the ledger as it is: beside it nothing is handed on but what is counted. */
const said = (judgement: Judgement, dictionary: Dictionary | undefined): Said =>
  dictionary
    ? {
        judgement: pack(judgementText(judgement), dictionary),
        findings: judgement.findings.map(({ profile, rule, severity, count }) => ({ profile, rule, severity, ...(count !== undefined && { count }) })),
        repairs: judgement.repairs.map(({ rule }) => ({ rule })),
        measurements: judgement.measurements,
        ...(judgement.rhythm && { rhythm: judgement.rhythm }),
      }
    : judgement

const mappedBefore = ({ dataset, text, repairs }: NonNullable<Sent['mapped']>): Draft => ({
  dataset: namedNode(dataset),
  graph: new Graph(readLines(text)),
  repairs,
})

/** Says why a record cannot be taken. */
export function failed(error: unknown, { key, payload }: Kept, step: 'mapped' | 'validated'): Failed {
  const { code, message, place, language } =
    error instanceof Problem
      ? error
      : new Problem('bad-record', `The record ${key} cannot be ${step}: ${sentence(error)}.`, {
          record: key,
          ...(step === 'mapped' && { excerpt: payload.body.slice(0, 300) }),
        })
  return { problem: { code, message, place: { ...place, language } } }
}
