import { pack } from '../../ledger/file/pack.ts'
import type { Entry } from '../../ledger/records/entry.ts'
import { Problem, sentence, type Place, type ProblemCode } from '../../problem.ts'
import { digest } from '../../rdf/digest.ts'
import { Graph } from '../../rdf/graph.ts'
import { lines } from '../../rdf/serialise.ts'
import { namedNode } from '../../rdf/terms.ts'
import { readLines } from '../../rdf/turtle.ts'
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
  /** Its graph as it was mapped before, where only the rules are others. */
  mapped?: Pick<Entry, 'dataset' | 'repairs'> & { text: string }
}

/** A record at the end of its way. */
export type Made = { same: true; payload: Uint8Array } | ({ same: false } & Judgeable & Checked)

type Judgeable = Required<Pick<Entry, 'summary' | 'clues'>> & Pick<Entry, 'dataset' | 'repairs' | 'graph'> & { payload: Uint8Array | undefined }

/** A problem as plain data. */
export interface Failed {
  problem: { code: ProblemCode; message: string; place: Place & { language: string } }
}

/** Takes a batch on its way, record by record. */
export async function goTogether(mapping: Mapping, check: Check, records: Sent[]): Promise<(Made | Failed)[]> {
  const made: (Made | Failed)[] = []
  for (const record of records) made.push(await goTheWay(mapping, check, record))
  return made
}

/** Payload → map → normalise → digest → validate and measure. Where the graph is the one that is held, nothing more is asked of it. */
async function goTheWay(mapping: Mapping, check: Check, sent: Sent): Promise<Made | Failed> {
  let draft: Draft
  try {
    draft = sent.mapped ? mappedBefore(sent.mapped) : draftOf(mapping, sent.id, sent)
  } catch (error) {
    return failed(error, sent, 'mapped')
  }
  const { graph, dataset, repairs } = draft
  const text = lines(graph)
  const digested = digest(text)
  const isHeld = digested === sent.held
  if (isHeld && !sent.anew) return { same: true, payload: pack(sent.payload.body) }
  try {
    const checked = await check(graph, dataset)
    // What is kept already is not compressed once more.
    const [payload, packed] = isHeld ? [] : [pack(sent.payload.body), pack(text)]
    return {
      same: false,
      dataset: dataset.value,
      repairs,
      ...readOut(mapping, draft),
      graph: { digest: digested, text, ...(packed && { packed }) },
      payload,
      ...checked,
    }
  } catch (error) {
    return failed(error, sent, 'validated')
  }
}

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
