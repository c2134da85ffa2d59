import { createHmac } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Source } from '../../../src/config/sources.ts'
import { sendNotices } from '../../../src/harvest/notices/notices.ts'
import { writeNotice, type Notice } from '../../../src/harvest/notices/text.ts'
import { refused } from '../../../src/harvest/run/finish.ts'
import type { RunOptions } from '../../../src/harvest/run/run.ts'
import { Problem, type ProblemCode } from '../../../src/problem.ts'
import { startPortal, type Answer, type Portal } from '../../portal.ts'
import { openHouse, type House } from '../harvest.ts'
import { ckanAnswers, packageOf } from '../protocols/ckan/portal.ts'

// Who is told that a source broke or works again: a real mail server and a real receiver of webhooks.

const secret = 'what-we-sign-notices-with'
const packages = Array.from({ length: 10 }, (_, at) => packageOf(`n${at}`))

interface Mail {
  from: string
  to: string[]
  subject: string
  text: string
  user: string | undefined
}
interface Post {
  notice: Notice
  event: string | undefined
  signature: string | undefined
  body: string
}

let house: House
let room: House
let portal: Portal
let receiver: Portal
let source: Source
let smtp: SMTPServer
let mails: Mail[]
let posts: Post[]
let mailsRefused: boolean

beforeAll(async () => {
  mails = []
  smtp = new SMTPServer({
    authOptional: false,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    onAuth: ({ username, password }, _session, done) =>
      username === 'fihrist' && password === 'pass word' ? done(null, { user: username }) : done(new Error('Invalid username or password')),
    onRcptTo: (_address, _session, done) => done(mailsRefused ? new Error('mailbox unavailable') : null),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = []
      stream
        .on('data', (chunk: Buffer) => chunks.push(chunk))
        .on('end', () => {
          const [head, ...body] = Buffer.concat(chunks).toString('utf8').split('\r\n\r\n')
          const header = (name: string) => new RegExp(`^${name}: (.*(?:\\r\\n[ \\t].*)*)`, 'mi').exec(head!)?.[1]?.replace(/\r\n[ \t]/g, ' ')
          const text = body.join('\r\n\r\n')
          const encoding = header('Content-Transfer-Encoding')
          const { envelope } = session
          mails.push({
            from: envelope.mailFrom ? envelope.mailFrom.address : '',
            to: envelope.rcptTo.map(({ address }) => address),
            user: session.user as string | undefined,
            subject: decoded(header('Subject') ?? ''),
            text: encoding === 'base64' ? Buffer.from(text, 'base64').toString('utf8') : encoding === 'quoted-printable' ? quoted(text) : text,
          })
          done()
        })
    },
  })
  await new Promise<void>(resolve => {
    smtp.listen(0, '127.0.0.1', resolve)
  })
  receiver = await startPortal({})
  const { port } = smtp.server.address() as AddressInfo
  house = await openHouse(`base: https://catalogue.example.ma
title: { fr: Catalogue d'essai, ar: فهرس تجريبي, en: Trial catalogue }
publisher: add
languages: [fr, ar, en]
timeZone: Africa/Casablanca
profiles: [admission]
http: { allowAddresses: ["127.0.0.0/8"] }
limits: { delayMs: 0, timeoutS: 20 }
notices:
  webhook: ${receiver.url}/hook/path-that-is-secret
  secret: ${secret}
  language: en
  mail: { smtp: "smtp://fihrist:pass%20word@127.0.0.1:${port}", from: catalogue@example.ma, to: [admin@example.ma, second@example.ma] }
`)
})
afterAll(async () => {
  await house.close()
  await receiver.close()
  await new Promise<void>(resolve => {
    smtp.close(() => resolve())
  })
})

const receives: Answer = (request, response) => {
  let body = ''
  request
    .on('data', (chunk: Buffer) => {
      body += chunk.toString()
    })
    .on('end', () => {
      posts.push({
        body,
        notice: JSON.parse(body) as Notice,
        event: request.headers['x-fihrist-event'] as string,
        signature: request.headers['x-fihrist-signature'] as string,
      })
      response.writeHead(204).end()
    })
}
beforeEach(async () => {
  mails = []
  posts = []
  mailsRefused = false
  receiver.answers = { '/hook/path-that-is-secret': receives, '/contact': receives }
  room = house.fresh()
  portal = await startPortal(ckanAnswers(packages))
  source = room.source('ckan', portal.url, { title: { fr: 'Portail de la région', ar: 'بوابة الجهة' }, limits: { delayMs: 0, timeoutS: 5, maxBytes: 1e8 } })
})
afterEach(async () => {
  room.ledger.close()
  await portal.close()
})

/** `=?UTF-8?Q?…?=` and `=?UTF-8?B?…?=` → text. */
const decoded = (header: string) =>
  header
    .replace(/\?= +=\?/g, '?==?')
    .replace(/=\?UTF-8\?([QB])\?([^?]*)\?=/gi, (_, kind: string, text: string) =>
      kind.toUpperCase() === 'B' ? Buffer.from(text, 'base64').toString('utf8') : quoted(text.replaceAll('_', ' ')),
    )
const quoted = (text: string) =>
  Buffer.from(
    text.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString('utf8')

const broken = () => {
  portal.answers = { '/api/3/action/package_search?*': { status: 403, body: 'Forbidden' } }
}
const mended = (count = 10) => {
  portal.answers = ckanAnswers(packages.slice(0, count))
}
const harvest = async (options?: RunOptions) => sendNotices(source, room.engine, await room.harvest(source, options))
const events = () => posts.map(({ notice }) => `${notice.event} ${notice.state}`)

test('each is told once that a source broke, with since when, why and how to mend it; and once that it works again', async () => {
  expect(await harvest()).toEqual([])
  expect([posts, mails]).toEqual([[], []])

  broken()
  expect(await harvest()).toEqual([])
  expect(await harvest()).toEqual([])
  expect(events()).toEqual(['source-broken failed'])
  const [{ notice, event, signature, body }] = posts as [Post]
  expect(notice).toMatchObject({
    event: 'source-broken',
    catalogue: 'https://catalogue.example.ma',
    source: 'portal',
    state: 'failed',
    run: 2,
    report: 'https://catalogue.example.ma/sources/portal/runs/2',
    language: 'en',
    problems: [{ code: 'http-status', message: expect.stringContaining('answered 403'), url: expect.stringContaining(portal.url) }],
  })
  expect(notice.since).toBe(room.ledger.get<{ started: string }>('SELECT started FROM run WHERE id = 2')!.started)
  expect(event).toBe('source-broken')
  expect(signature).toBe(`sha256=${createHmac('sha256', secret).update(body).digest('hex')}`)

  expect(mails).toHaveLength(1)
  expect(mails[0]).toMatchObject({
    from: 'catalogue@example.ma',
    to: ['admin@example.ma', 'second@example.ma'],
    user: 'fihrist',
    subject: 'Harvest broken: Portail de la région',
  })
  expect(mails[0]!.text).toMatch(/nothing could be read\.\r?\nSince \d+ \w+ \d{4} at \d\d:\d\d\./)
  for (const part of ['answered 403', 'How to fix it:', 'The portal answers with an error', 'https://catalogue.example.ma/sources/portal/runs/2'])
    expect(mails[0]!.text.replace(/\s+/g, ' ')).toContain(part)

  mended()
  expect(await harvest()).toEqual([])
  expect(await harvest()).toEqual([])
  expect(events()).toEqual(['source-broken failed', 'source-recovered complete'])
  expect(posts[1]!.notice.since).toBe(notice.since)
  expect(mails.map(({ subject }) => subject)).toEqual(['Harvest broken: Portail de la région', 'Harvest works again: Portail de la région'])
  broken()
  await harvest()
  expect(events()).toEqual(['source-broken failed', 'source-recovered complete', 'source-broken failed'])
})

test.each([
  [
    'fr',
    'Moissonnage interrompu : Portail de la région',
    'trop de fiches ont disparu du portail',
    /Si elles doivent l'être : fihrist harvest portal --accept-removals/,
  ],
  ['ar', 'توقف جمع البيانات: بوابة الجهة', 'اختفت بطاقات كثيرة من البوابة', /إن كان حذفها صحيحا فنفذوا: fihrist harvest portal --accept-removals/],
])("the portal's own people are told in their language (%s) of a run that is held", async (language, subject, state, remedy) => {
  source = { ...source, language, contact: { mail: 'opendata@portal.example.ma', webhook: `${receiver.url}/contact` } }
  await harvest()
  mended(4)
  await harvest()
  const theirs = mails.find(({ to }) => to.includes('opendata@portal.example.ma'))!
  expect(theirs.subject).toBe(subject)
  expect(theirs.text).toContain(state)
  expect(theirs.text.replace(/\s+/g, ' ')).toMatch(remedy)
  const post = posts.find(({ notice }) => notice.language === language)!
  expect(post.notice).toMatchObject({ event: 'source-broken', state: 'held', subject, problems: [{ code: 'held' }] })
  // They were given no secret.
  expect(post.signature).toBeUndefined()
  expect(mails).toHaveLength(2)
})

test('a notice that cannot be sent is a problem, names no secret, costs the run nothing, and is sent after the next one', async () => {
  await harvest()
  broken()
  mailsRefused = true
  receiver.answers = { '/hook/path-that-is-secret': { status: 404 } }
  const problems = await harvest()
  expect(problems.map(({ code }) => code)).toEqual(['notice-failed', 'notice-failed'])
  expect(problems[0]!.message).toMatch(/^The notice about portal could not be sent to webhook: http:\/\/127\.0\.0\.1:\d+\/… answered 404/)
  expect(problems[1]!.message).toMatch(
    /^The notice about portal could not be sent to mail: the mail server 127\.0\.0\.1:\d+ says: .*mailbox unavailable.*Check notices\.mail/,
  )
  for (const { message } of problems) expect(message).not.toMatch(/pass|path-that-is-secret/)

  mailsRefused = false
  receiver.answers = { '/hook/path-that-is-secret': receives }
  expect(await harvest()).toEqual([])
  expect(events()).toEqual(['source-broken failed'])
  expect(posts[0]!.notice).toMatchObject({ run: 3, since: room.ledger.get<{ started: string }>('SELECT started FROM run WHERE id = 2')!.started })
  expect(mails).toHaveLength(1)
})

test('what broke and was mended before anybody could be told is told to nobody', async () => {
  await harvest()
  broken()
  receiver.answers = {}
  mailsRefused = true
  await harvest()
  mended()
  receiver.answers = { '/hook/path-that-is-secret': receives }
  mailsRefused = false
  expect(await harvest()).toEqual([])
  expect([posts, mails]).toEqual([[], []])
})

test('a webhook at a private address is refused, where it stands and behind a redirect', async () => {
  receiver.answers = { '/hook/path-that-is-secret': { status: 302, headers: { location: 'http://169.254.169.254/latest/meta-data' } } }
  broken()
  const [redirected] = await harvest()
  expect(redirected!.message).toContain('The address of 169.254.169.254 is 169.254.169.254, which is private')
  source = { ...source, contact: { webhook: 'http://10.1.2.3/hook' } }
  expect((await harvest()).map(({ message }) => message)).toContainEqual(
    expect.stringContaining('could not be sent to contact-webhook: The address of 10.1.2.3'),
  )
})

test('a run that we stopped, one of a single record, one that did not begin and a dry one tell nobody anything', async () => {
  await harvest()
  const stop = new AbortController()
  portal.answers = { '/api/3/action/package_search?*': () => stop.abort() }
  expect(await harvest({ signal: stop.signal })).toEqual([])
  portal.answers = {}
  expect(await harvest({ only: 'n1' })).toEqual([])
  expect([posts, mails]).toEqual([[], []])
  // Since when it is broken is not the moment when we stopped it.
  broken()
  await harvest()
  expect(posts[0]!.notice.since).toBe(room.ledger.get<{ started: string }>('SELECT started FROM run WHERE id = 4')!.started)
})

test.each<[ProblemCode[], string[]]>([
  [
    ['not-json', 'not-xml', 'unreadable-rdf'],
    ['The portal did not answer in the form expected. Check that no error or login page stands in for the data, and that they are well formed.'],
  ],
  [
    ['http-status', 'timeout-total', 'portal-refused', 'too-large', 'bad-record'],
    [
      'The portal answers with an error. See its log at the time and the address given.',
      'The portal answers too slowly. Ask for smaller pages, or raise the limits of the source.',
      'Read the sentence of each problem above; it says what to do.',
    ],
  ],
])('how problems are mended is said once of each kind: %j', (codes, remedies) => {
  const { engine } = room
  const report = { ...refused(source, engine, new Problem('stopped', '')), problems: codes.map(code => new Problem(code, `What ${code} says.`)) }
  const { text } = writeNotice({ source, catalogue: engine.catalogue, report, state: 'broken', since: '', at: '', language: 'en' })
  expect(text).toContain(`How to fix it:\n${remedies.map(remedy => `- ${remedy}`).join('\n')}\n\nThe whole report:`)
})
