import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sendDigests } from '../../../src/harvest/notices/digests.ts'
import { sendLetters } from '../../../src/harvest/notices/letters.ts'
import { bring, step } from '../../../src/ledger/programme/contributions.ts'
import { chooseRhythm, endDigests } from '../../../src/ledger/programme/digests.ts'
import { askedBy, unsubscribe } from '../../../src/ledger/programme/letters.ts'
import { acceptInvitation, invite } from '../../../src/ledger/programme/people.ts'
import { edition, openHouse, type House } from '../harvest.ts'

// Answers to people who asked for them, by a real mail server.

let house: House
let smtp: SMTPServer
let mails: string[]
let away: boolean
beforeAll(async () => {
  mails = []
  smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: (_address, _session, done) => done(away ? new Error('mailbox unavailable') : null),
    onData: (stream, _session, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => done(null, void mails.push(Buffer.concat(chunks).toString('utf8')) as never))
    },
  })
  await new Promise<void>(resolve => void smtp.listen(0, '127.0.0.1', resolve))
  const { port } = smtp.server.address() as AddressInfo
  house = await openHouse(`${edition}notices: { mail: { smtp: "smtp://127.0.0.1:${port}", from: catalogue@example.ma } }\n`)
})
afterAll(async () => {
  await new Promise<void>(resolve => void smtp.close(resolve))
  await house.close()
})

/** A mail as its program shows it (RFC 2045, quoted-printable). */
const readMail = (mail: string) =>
  Buffer.from(
    mail.replaceAll('=\r\n', '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString('utf8')
const day = (n: number, hour = 0) => new Date(Date.UTC(2026, 0, n, hour)).toISOString()
const send = (at: string) => sendLetters({ ...house.engine, ledger: house.ledger, now: () => new Date(at) })
const ask = (email: string, language = 'en') => bring(house.ledger, { kind: 'request', language, said: { title: 'Nappes', text: 'Par mois' }, email }, day(1))
const askers = () => house.ledger.all<{ email: string }>('SELECT email FROM asker').map(({ email }) => email)

test('who asked is written to in his language, and his address goes with the last answer', async () => {
  const { id, step: first } = ask('nadia@example.org', 'fr')
  const planned = step(
    house.ledger,
    id,
    first,
    { state: 'planned', said: { answer: 'Bientôt.', language: 'fr', due: '2026-12-31' }, due: '2026-12-31' },
    day(2),
  )!
  expect(await send(day(2))).toEqual({ sent: 1 })
  expect(askers()).toEqual(['nadia@example.org'])
  step(house.ledger, id, planned.step, { state: 'opened', said: {} }, day(3))
  expect(await send(day(3))).toEqual({ sent: 1 })
  expect(askers()).toEqual([])
  const text = mails.map(readMail)
  expect(text[0]).toContain('Publication prévue : 31 décembre 2026.')
  expect(text[0]).toContain('Bientôt.')
  expect(text[0]).toContain(`https://catalogue.example.ma/fr/brought/${id}`)
  expect(mails[0]).toMatch(/^List-Unsubscribe:\s+<https:\/\/catalogue\.example\.ma\/fr\/unsubscribe\//m)
  expect(text[1]).toContain('Données ouvertes')
})

test('a mail server that is away costs a later try, and after the last the address goes', async () => {
  away = true
  const { id, step: first } = ask('late@example.org')
  step(house.ledger, id, first, { state: 'rejected', said: {} }, day(2))
  const { failed } = await send(day(2))
  expect(failed).toContain('the mail server 127.0.0.1')
  expect(failed).not.toContain('late@example.org')
  expect(await send(day(2))).toEqual({ sent: 0 })
  for (let next = 3; next < 12; next++) await send(day(next))
  expect(askers()).toEqual([])
  away = false
})

test('who wishes for no more letters gets none, and is forgotten', async () => {
  const { id, step: first } = ask('no@example.org')
  const { word } = house.ledger.get<{ word: string }>('SELECT word FROM asker WHERE contribution = ?', id)!
  step(house.ledger, id, first, { state: 'published', said: { answer: 'Yes', language: 'en' } }, day(2))
  unsubscribe(house.ledger, askedBy(house.ledger, word)!)
  expect([await send(day(3)), askers(), askedBy(house.ledger, word)]).toEqual([{ sent: 0 }, [], undefined])
})

test('stewards are written to in their language of what there is to do, at their rhythm, and not where there is nothing', async () => {
  const { ledger, engine } = house
  mails.length = 0
  const source = house.source('inventory', 'ledger:inventory', { id: 'kept', publisher: 'hcp' })
  const digest = (at: string) => sendDigests({ ...engine, ledger, sources: [source], now: () => new Date(at) })
  const person = (email: string, body: string | null, language: string) => {
    const { id } = invite(ledger, { email, name: 'Salma', role: 'steward', body, language }, email, day(400), day(1))
    return id
  }
  const rod = person('rod@example.ma', 'hcp', 'fr')
  person('other@example.ma', 'add', 'ar')
  // Who has not let himself in is told nothing.
  expect(await digest(day(20))).toEqual({ sent: 0 })
  for (const word of ['rod@example.ma', 'other@example.ma']) acceptInvitation(ledger, word, 'scrypt$', day(20))
  const request = (body: string, at: string) => bring(ledger, { kind: 'request', language: 'fr', said: { title: 'Secret', text: 'Nadia' }, body }, at)
  request('hcp', day(20))
  away = true
  expect((await digest(day(21))).failed).not.toContain('rod@example.ma')
  away = false
  expect(await digest(day(21))).toEqual({ sent: 0 })
  expect(await digest(day(21, 2))).toEqual({ sent: 1 })
  const [first] = mails.map(readMail)
  expect(first).toMatch(/- Demandes : 1\r?\n/)
  expect(first).toContain('https://catalogue.example.ma/fr/steward')
  expect(first).not.toMatch(/Secret|Nadia/)

  request('hcp', day(23))
  expect(await digest(day(24))).toEqual({ sent: 0 })
  chooseRhythm(ledger, rod, 'daily')
  expect(await digest(day(25))).toEqual({ sent: 1 })
  expect(readMail(mails.at(-1)!)).toContain('Demandes : 2 (dont 1 depuis le dernier message)')
  const { word } = ledger.get<{ word: string }>('SELECT word FROM person WHERE id = ?', rod)!
  expect(mails.at(-1)!.replaceAll('=\r\n', '')).toContain(`/fr/unsubscribe/${word}`)
  endDigests(ledger, word)
  expect(await digest(day(40))).toEqual({ sent: 0 })
})
