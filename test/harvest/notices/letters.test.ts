import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sendLetters } from '../../../src/harvest/notices/letters.ts'
import { bring, step } from '../../../src/ledger/programme/contributions.ts'
import { askedBy, unsubscribe } from '../../../src/ledger/programme/letters.ts'
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
  const text = mails.map(mail =>
    Buffer.from(
      mail.replaceAll('=\r\n', '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
      'latin1',
    ).toString('utf8'),
  )
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
