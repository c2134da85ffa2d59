import { parentPort, workerData } from 'node:worker_threads'
import { addressesOf } from '../config/addresses.ts'
import { openLedger } from '../ledger/file/ledger.ts'
import { sentence } from '../problem.ts'
import { unpackVocabulary } from '../vocabulary/packed.ts'
import { ask } from './ask.ts'
import { startEngine } from './engine.ts'
import { BrokenImage, readImage, writeImage } from './image.ts'
import type { FromWorker, Given, ToAnswer, ToWorker } from './messages.ts'
import { openReplica, type Standing } from './replica.ts'

// One copy of the store in a thread of its own: it takes up the image, follows the ledger, and answers one query after the other.

const { data, catalogue, sources, lists, gate, image, key, task, most, bounds } = workerData as Given
const say = (message: FromWorker, pieces: Uint8Array[] = []) =>
  parentPort!.postMessage(
    message,
    pieces.map(({ buffer }) => buffer as ArrayBuffer),
  )

/** Ends the thread where that is asked for. */
function endIfAsked(): void {
  if (Atomics.load(gate, 0) === 1) process.exit()
}

/** While the ledger is read, the thread is not ended from outside. */
Atomics.store(gate, 1, 1)
endIfAsked()

const ledger = openLedger(data, { readOnly: true })
const publication = { ledger, catalogue, vocabulary: unpackVocabulary(lists), sources }
const engine = await startEngine(most)
const replica = takeUp()
const { standing } = replica
/** Seconds that the changes since the image have taken: as long takes a new copy to make up for them. */
let behindS = 0

function takeUp() {
  try {
    const held = task === 'renew' ? undefined : readImage<Standing>(image, engine, key)
    if (!held) return openReplica(engine, publication, undefined, endIfAsked)
    const found = openReplica(engine, publication, held, endIfAsked)
    if (found.fits()) return found
  } catch (error) {
    if (!(error instanceof BrokenImage)) throw error
  }
  // What the engine holds now is of no use, and there is one engine in a thread: another thread begins, without this image.
  say({ discard: true })
  process.exit()
}

function follow(now: boolean): number {
  Atomics.store(gate, 1, 1)
  endIfAsked()
  const started = performance.now()
  replica.follow(now)
  const seconds = (performance.now() - started) / 1000
  behindS += seconds
  Atomics.store(gate, 1, 0)
  say({ standing: { ...standing, bytes: engine.size, behindS, usedS: usedS() } })
  return seconds
}

/** Writes what it holds for those that begin after it. It has answered no query yet: its memory is no larger than it must be. */
function keep(): void {
  try {
    say({ image: writeImage(image, engine, key, { ...standing }) })
    behindS = 0
  } catch (error) {
    say({ image: 0, failure: sentence(error) })
  }
}

/** Seconds of CPU that this thread has used; of the clock, where Node does not tell. */
function usedS(): number {
  const usage = process.threadCpuUsage?.()
  return usage ? (usage.user + usage.system) / 1e6 : performance.now() / 1000
}

/** Bytes by which queries have made the memory larger. */
let grown = 0

function answer({ id, ...question }: ToAnswer): void {
  const before = engine.size
  const began = usedS()
  const used = () => ({ seconds: usedS() - began, usedS: usedS() })
  try {
    const { text, cut } = ask(engine.oxigraph, engine.store, addressesOf(catalogue.base).home, question, bounds)
    const pieces = encoded(text)
    say({ id, revision: standing.revision, pieces, ...used(), grown: (grown += engine.size - before), ...(cut && { cut }) }, pieces)
  } catch (error) {
    const message = sentence(error)
    // The engine says what is wrong with a query by an Error. Whatever else it throws has left its memory in disorder: it answers nothing more.
    if (Object.getPrototypeOf(error) !== Error.prototype || /Cannot create a string/.test(message)) {
      say({ id, broken: message })
      process.exit()
    }
    say({ id, code: /not supported/i.test(message) ? 'query-refused' : 'query-malformed', message, ...used() })
  }
}

const pieceCharacters = 2 ** 20

function encoded(text: string): Uint8Array[] {
  const pieces: Uint8Array[] = []
  const encoder = new TextEncoder()
  for (let at = 0; at < text.length;) {
    let end = Math.min(at + pieceCharacters, text.length)
    // A character of two units stays in one piece.
    if (end < text.length && /[\ud800-\udbff]/.test(text[end - 1]!)) end++
    pieces.push(encoder.encode(text.slice(at, end)))
    at = end
  }
  return pieces
}

/** Follows the ledger for a fifth of the time at most: the rest is for queries. */
function followOn(seconds: number): void {
  setTimeout(() => followOn(follow(false)), Math.max(1000, seconds * 4000))
}

const fresh = standing.revision === 0
const first = follow(true)
if (fresh || task !== 'serve') keep()
if (task !== 'serve') process.exit()
parentPort!.on('message', (message: ToWorker) => {
  if ('follow' in message) follow(true)
  else if ('sources' in message) publication.sources = message.sources
  else if ('alive' in message) say({ alive: message.alive, ...asked() })
  else answer(message)
})
followOn(first)
say({ serving: true })

/** Whether the engine answers. */
function asked(): { ready: boolean } {
  try {
    return { ready: engine.store.query('ASK {}') === true }
  } catch {
    return { ready: false }
  }
}
