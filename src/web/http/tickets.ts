import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { LRUCache } from 'lru-cache'

/** Seconds between the moment a form is given out and the one it comes back: people write no faster, and no form is open for longer. */
const seconds = { least: 2, most: 24 * 3600 }

/** Known to this process alone: a form that was given out before it started is given out once more, with what was written into it. */
const key = randomBytes(32)
const signed = (text: string) => createHmac('sha256', key).update(text).digest('base64url')

/** What came of the tickets that have been used. */
const used = new LRUCache<string, string>({ max: 20_000 })

/** What a form bears, so that it is known to be one of ours, is sent by people, and sent once. */
export function issueTicket(now = Date.now()): string {
  const text = `${now.toString(36)}.${randomBytes(9).toString('base64url')}`
  return `${text}.${signed(text)}`
}

export type Refusal = 'early' | 'old' | 'unknown'

/** Why a form is not taken as it came; nothing where it is. */
export function refusalOf(ticket: string, now = Date.now()): Refusal | undefined {
  const [moment = '', word = '', sign = ''] = ticket.split('.')
  if (!alike(sign, signed(`${moment}.${word}`))) return 'unknown'
  const age = (now - Number.parseInt(moment, 36)) / 1000
  return age < seconds.least ? 'early' : age > seconds.most ? 'old' : undefined
}

/** Where a form that was sent already has led to: who sends it twice is led there again. */
export const usedFor = (ticket: string): string | undefined => used.get(ticket)
export const useTicket = (ticket: string, address: string): void => void used.set(ticket, address)

/** In the same time whatever they have in common. */
export const alike = (one: string, other: string): boolean => {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}
