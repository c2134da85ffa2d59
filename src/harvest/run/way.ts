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
import type { Check } from '../../validate/validate.ts'
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

/** Takes a batch on its way, record by record. */
export async function goTogether(mapping: Mapping, check: Check, records: Sent[], packing: Packing): Promise<(Made | Failed)[]> {
  const made: (Made | Failed)[] = []
  for (const record of records) made.push(await goTheWay(mapping, check, record, packing))
  return made
}

/** Payload → map → normalise → digest → validate and measure. Where the graph is the one that is held, nothing more is asked of it. */
async function goTheWay(mapping: Mapping, check: Check, sent: Sent, packing: Packing): Promise<Made | Failed> {
  let draft: Draft
  try {
    draft = sent.mapped ? mappedBefore(sent.mapped) : draftOf(mapping, sent.id, sent, sent.corrections)
  } catch (error) {
    return failed(error, sent, 'mapped')
  }
  const { graph, dataset, repairs } = draft
  const text = lines(graph)
  const digested = digest(text)
  const isHeld = digested === sent.held
  // What is kept already is not packed once more.
  const payload = (isHeld && sent.anew) || !packing.payload ? undefined : pack(sent.payload.body, packing.payload)
  if (isHeld && !sent.anew) return { same: true, payload }
  try {
    const { findings, quality, conforms } = await check(graph, dataset)
    return {
      same: false,
      dataset: dataset.value,
      ...readOut(mapping, draft),
      graph: { digest: digested, ...(!isHeld && packing.graph ? { packed: pack(text, packing.graph) } : { text }) },
      payload,
      score: quality.score,
      conforms,
      ...said({ findings, repairs, measurements: quality.measurements, files: quality.files, rhythm: quality.rhythm }, packing.judgement),
    }
  } catch (error) {
    return failed(error, sent, 'validated')
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
