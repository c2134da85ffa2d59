import { randomInt } from 'node:crypto'
import { readOwn } from '../files.ts'
import type { Ledger } from '../ledger/file/ledger.ts'
import { bring, step } from '../ledger/programme/contributions.ts'
import { kindOf, type KindName } from '../ledger/programme/kinds.ts'
import { contributions } from '../ledger/programme/lists.ts'
import { acceptInvitation, invite } from '../ledger/programme/people.ts'
import { support } from '../ledger/programme/supporters.ts'
import { newWord } from '../web/http/cookies.ts'
import { keptPassphrase } from '../web/http/passphrases.ts'

/** Something that people brought to the demonstration, and what became of it. */
interface Sample {
  kind: KindName
  language: string
  body?: string
  said: Record<string, string>
  datasets?: string[]
  supporters?: number
  steps: { move: string; answer?: string; due?: string; exception?: string; datasets?: string[] }[]
}

const dayMs = 86_400_000

/** What people brought to the demonstration, some days ago: once, and nothing where they have brought anything themselves. */
export function bringSamples(ledger: Ledger, now: Date): void {
  if (contributions(ledger, { most: 1 }).length > 0) return
  const samples = JSON.parse(readOwn('demo/programme.json')) as Sample[]
  samples.forEach(({ kind, language, body, said, datasets, supporters = 0, steps }, n) => {
    const at = (day: number) => new Date(now.getTime() - (40 - 3 * n - day) * dayMs).toISOString()
    let { id, step: seen } = bring(ledger, { kind, language, said, body, datasets: datasets ?? [] }, at(0))
    for (let who = 0; who < supporters; who++) support(ledger, id, `sample ${who}`, at(0))
    steps.forEach(({ move, answer, exception, due, datasets: answering }, made) => {
      const { to } = kindOf(kind).moves.find(({ name }) => name === move)!
      const words = { ...(answer && { answer, language }), ...(exception && { exception }), ...(due && { due }) }
      seen = step(ledger, id, seen, { state: to, said: words, due, datasets: answering }, at(made + 1))!.step
    })
  })
}

/** Somebody to sign in as, with a passphrase that is another one at each start. */
export async function demoSteward(ledger: Ledger, now: Date): Promise<{ email: string; passphrase: string }> {
  const [email, at] = ['admin@demo.example', now.toISOString()]
  const syllables = ['ba', 'di', 'fo', 'ka', 'lu', 'mi', 'no', 'ra', 'se', 'tu', 'va', 'zi']
  const word = () => Array.from({ length: 3 }, () => syllables[randomInt(syllables.length)]).join('')
  const passphrase = Array.from({ length: 4 }, word).join(' ')
  const invitation = newWord()
  invite(ledger, { email, name: 'Demo', role: 'admin', body: null, language: 'fr' }, invitation, new Date(now.getTime() + dayMs).toISOString(), at)
  acceptInvitation(ledger, invitation, await keptPassphrase(passphrase), at)
  return { email, passphrase }
}
