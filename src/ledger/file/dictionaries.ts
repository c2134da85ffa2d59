import { hash } from 'node:crypto'
import type { Ledger } from './ledger.ts'
import { unpack, type Dictionary } from './pack.ts'

/** What has a dictionary of its own in each source: the lines of graphs, payloads as they came, what is said of records. */
export type TextKind = 'graph' | 'payload' | 'judgement'

/** Bytes of a dictionary: more pack little smaller and take longer. */
const size: Record<TextKind, number> = { graph: 16_384, payload: 4096, judgement: 8192 }
/** Texts that show what those of a source have in common. */
const enough = 25

/** The dictionary by which texts of a source are packed; undefined as long as none was made. */
export const dictionaryOf = (ledger: Ledger, source: string, kind: TextKind): Dictionary | undefined =>
  ledger.get<{ id: number; body: Uint8Array }>('SELECT id, body FROM dictionary WHERE source = ? AND kind = ? LIMIT 1', source, kind)

/** The same; where there is none, it is made of some of the texts that are to be packed, if they are enough. Within the transaction that writes them. */
export function dictionaryFor(ledger: Ledger, source: string, kind: TextKind, textsToPack: () => (string | Uint8Array)[]): Dictionary | undefined {
  const known = dictionaryOf(ledger, source, kind)
  if (known) return known
  const texts = textsToPack()
  if (texts.length < enough) return undefined
  const body = sampleOf(texts, size[kind])
  // Named by its bytes: a number that a transaction gave in vain is never that of other bytes.
  const id = Number.parseInt(hash('sha256', Buffer.concat([Buffer.from(`${source} ${kind} `), body])).slice(0, 12), 16)
  ledger.run('INSERT INTO dictionary (id, source, kind, body) VALUES (?, ?, ?, ?)', id, source, kind, body)
  return { id, body }
}

/** Pieces of texts that are far from each other, as many as have room. */
function sampleOf(texts: (string | Uint8Array)[], most: number): Buffer {
  const pieces: Buffer[] = []
  const step = Math.ceil(texts.length / 8)
  for (let at = 0, room = most; at < texts.length && room > 0; at += step) {
    const piece = Buffer.from(texts[at]!).subarray(0, room)
    pieces.unshift(piece)
    room -= piece.length
  }
  return Buffer.concat(pieces)
}

const read = new WeakMap<Ledger, Map<number, Uint8Array>>()

/** A text of the ledger that may have been packed with a dictionary. */
export function unpacked(ledger: Ledger, bytes: Uint8Array): string {
  let known = read.get(ledger)
  if (!known) read.set(ledger, (known = new Map<number, Uint8Array>()))
  const bodyOf = (id: number) => {
    const body = known.get(id) ?? ledger.get<{ body: Uint8Array }>('SELECT body FROM dictionary WHERE id = ?', id)!.body
    known.set(id, body)
    return body
  }
  return unpack(bytes, bodyOf).toString('utf8')
}
