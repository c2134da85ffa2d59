import type { Payload } from '../../ledger/records/payloads.ts'
import type { Repair } from '../../normalise/draft.ts'

/** Characters of a long text that are shown around what it is about. */
const around = 80
const longest = 240

/** Finds the place in a record's payload where words stand. The payload is read once, however many words are asked for. */
export type Locate = (...words: (string | null | undefined)[]) => string | undefined

/**
 * The raw place of a value in what the portal sent: `resources[2].format: "CSV."` in JSON, the line in any other text. Only the value itself and its
 * name are shown, not what stands beside it; addresses of people are hidden. `strict`: nothing is shown but words that were asked for, as what stands
 * around them may name people.
 */
export function locator(payload: Payload | undefined, strict = false): Locate {
  if (!payload) return () => undefined
  let members: Member[] | undefined
  return (...words) => {
    for (const word of words) {
      if (!word) continue
      members ??= membersOf(payload.body)
      const found = members ? inJson(members, word, strict) : inText(payload.body, word, strict)
      if (found) return hidePeople(found)
    }
    return undefined
  }
}

/** What a value of ours may be at the portal: itself; what a repair made it of; and the last part of an IRI, which may be an identifier there. */
export function formerly(value: string | undefined | null, repairs: Pick<Repair, 'before' | 'after'>[]): string[] {
  if (!value) return []
  return [value, ...repairs.filter(({ after, before }) => before !== '' && (after === value || after === `@${value}`)).map(({ before }) => before)]
}

export const lastPart = (iri: string): string | undefined => /[/#]([^/#]{6,})\/?$/.exec(iri)?.[1]

interface Member {
  path: string
  value: string
  written: string
}

function membersOf(body: string): Member[] | undefined {
  if (!/^\s*[{[]/.test(body)) return undefined
  try {
    return [...walk(JSON.parse(body), '')]
  } catch {
    return undefined
  }
}

/** Nobody looks for a value below that. */
const deepest = 50

/** Every value of a JSON text that is no list and no object. */
function* walk(value: unknown, path: string, depth = 0): Generator<Member> {
  if (depth > deepest) return
  if (Array.isArray(value)) for (const [at, each] of value.entries()) yield* walk(each, `${path}[${at}]`, depth + 1)
  else if (typeof value === 'object' && value !== null)
    for (const [name, each] of Object.entries(value)) yield* walk(each, path ? `${path}.${name}` : name, depth + 1)
  else if (value !== null) yield { path, value: String(value), written: JSON.stringify(value) }
}

function inJson(members: Member[], word: string, strict: boolean): string | undefined {
  const exact = members.find(({ value }) => value === word)
  if (exact) return `${exact.path}: ${cut(exact.written, word)}`
  // Short words stand in many texts: only where they are a whole value do they say anything.
  const within = word.length < 4 ? undefined : members.find(({ value }) => value.includes(word))
  return within && `${within.path}: ${strict ? `…${word}…` : cut(within.written, word)}`
}

function inText(body: string, word: string, strict: boolean): string | undefined {
  const written = [word, JSON.stringify(word).slice(1, -1)].find(each => each.length > 1 && body.includes(each))
  if (!written) return undefined
  if (strict) return `…${cut(written, written)}…`
  const at = body.indexOf(written)
  const end = body.indexOf('\n', at)
  return cut(body.slice(body.lastIndexOf('\n', at) + 1, end < 0 ? undefined : end), written)
}

function cut(text: string, word: string): string {
  if (text.length <= longest) return text
  const at = Math.max(0, text.indexOf(word))
  const [from, to] = [Math.max(0, at - around), Math.min(text.length, at + Math.min(word.length, around) + around)]
  return `${from > 0 ? '…' : ''}${text.slice(from, to)}${to < text.length ? '…' : ''}`
}

/** An excerpt is read by anybody: the e-mail addresses and telephone numbers in it are nobody's business. */
export const hidePeople = (text: string): string =>
  text.replace(/[\w.+-]+@(?=[\w-]+\.\w)/g, '…@').replace(/(?<![\w/.:-])(?!\d\d[.-]\d\d[.-]\d{4})(?:\+|0)\d(?:[ .-]?\d){7,}/g, '…')
