import type { Catalogue } from '../config/catalogue.ts'
import type { Source } from '../config/sources.ts'
import type { ProblemCode } from '../problem.ts'
import type { PackedVocabulary } from '../vocabulary/packed.ts'
import type { Question } from './ask.ts'
import type { Standing } from './replica.ts'
import type { Bounds, Cut } from './written.ts'

// What the thread of a copy is given to begin with, what it is told, and what it tells.

export interface Given {
  data: string
  catalogue: Catalogue
  sources: Source[]
  lists: PackedVocabulary
  /** The first number asks the thread to end, the second says that it reads the ledger. */
  gate: Int32Array
  /** The file of the image, and what it must be of. */
  image: string
  key: string
  /** To answer; to write a newer image; to write one that is made from the ledger alone. */
  task: 'serve' | 'refresh' | 'renew'
  /** Bytes of its memory at most. */
  most: number
  bounds: Bounds
}

export type ToAnswer = { id: number } & Question
export type ToWorker = ToAnswer | { follow: true } | { sources: Source[] } | { alive: number }

/** `usedS`: seconds of CPU that the thread has used since it began. */
export type Told = Standing & { bytes: number; behindS: number; usedS: number }
/** `seconds` of CPU time that the query took; `grown`: bytes by which queries have made the memory larger, all together. */
export type Answered = { id: number; revision: number; pieces: Uint8Array[]; seconds: number; usedS: number; grown: number; cut?: Cut }
export type Refused = { id: number; code: ProblemCode; message: string; seconds: number; usedS: number }
export type Written = { image: number; failure?: string }
export type FromWorker =
  | { standing: Told }
  | { serving: true }
  | { discard: true }
  | Written
  | { alive: number; ready: boolean }
  | Answered
  | Refused
  | { id: number; broken: string }
