import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openLedger } from '../../src/ledger/file/ledger.ts'
import { askForRun, openRequests, requestOf } from '../../src/ledger/runs/run-requests.ts'
import { lastRun, runsOf } from '../../src/ledger/runs/runs.ts'
import { ckanAnswers, packageOf, packageSearch } from '../harvest/protocols/ckan/portal.ts'
import { respond, startPortal, type Answer, type Portal } from '../portal.ts'
import { fihrist, smallEdition, starts, type Going } from './fihrist.ts'

// What serve does by itself: real processes over one ledger.

const packages = ['a', 'b'].map(id => packageOf(id))
const serving = /on (http:\/\/localhost:\d+\/)/
const serve = (cwd: string) => starts(['serve', '--port', '0'], serving, { cwd })
const ledgerOf = (cwd: string) => openLedger(join(cwd, 'data'))
const sourceYaml = (url: string, schedule = '') => `title: Portail\nprotocol: ckan\nurl: ${url}\n${schedule && `schedule: "${schedule}"\n`}`
const events = (going: Going, event: string) => going.log().filter(line => line['event'] === event)

/** A portal that begins to answer and does not go on until it is let. */
let portal: Portal
let letGo: (() => void)[]
let asked: number
const slow: Answer = (request, response) => {
  asked++
  letGo.push(() => respond(packageSearch(packages), request, response))
}
beforeEach(async () => {
  letGo = []
  asked = 0
  portal = await startPortal(ckanAnswers(packages), 0, '0.0.0.0')
})
afterEach(() => portal.close())
const stuck = () => {
  portal.answers = { '/api/3/action/package_search?*': slow }
}
/** The same portal under another name. */
const host = (last: number) => portal.url.replace('127.0.0.1', `127.0.0.${last}`)

test('a machine that was off at several of its hours catches up once, only on what has been run before, and one record that is asked for is no run of the source', async () => {
  const cwd = smallEdition(
    { known: sourceYaml(portal.url, '0 0 1 * *'), fresh: sourceYaml(portal.url, '0 0 1 * *'), late: sourceYaml(portal.url, '0 0 1 * *') },
    'schedule: { jitterS: 0 }\n',
  )
  await fihrist(['harvest', 'known', 'late'], { cwd })
  const ledger = ledgerOf(cwd)
  ledger.run(`UPDATE run SET started = '2020-01-01T00:00:00.000Z' WHERE source = 'late'`)
  askForRun(ledger, { source: 'late', record: 'a', acceptRemovals: false, origin: 'portal' }, new Date().toISOString())
  const served = await serve(cwd)
  await expect.poll(() => events(served, 'run-ended'), { timeout: 60_000 }).toHaveLength(2)
  expect(events(served, 'run-started')).toMatchObject([
    { level: 'info', source: 'late', why: 'request', requests: [1], record: 'a' },
    { level: 'info', source: 'late', why: 'catch-up' },
  ])
  expect(events(served, 'run-ended')).toMatchObject([{ run: 3 }, { level: 'info', source: 'late', state: 'complete', run: 4, durationMs: expect.any(Number) }])
  await served.stop()
  expect(['known', 'fresh', 'late'].map(source => runsOf(ledger, source).length)).toEqual([1, 0, 3])
  ledger.close()
}, 180_000)

test('no more run at once than are allowed, never two of one host; pages answer meanwhile; a stop ends runs tidily and the next start goes on', async () => {
  stuck()
  const due = '* * * * * *'
  const cwd = smallEdition(
    { a: sourceYaml(host(2), due), b: sourceYaml(host(2), due), c: sourceYaml(host(3), due), d: sourceYaml(host(4), due) },
    'schedule: { atOnce: 2, jitterS: 0 }\n',
  )
  const served = await serve(cwd)
  await expect.poll(() => asked, { timeout: 60_000 }).toBe(2)
  const sources = events(served, 'run-started').map(({ source }) => source)
  expect(sources).toHaveLength(2)
  expect(sources).not.toEqual(expect.arrayContaining(['a', 'b']))
  expect((await fetch(`${served.match[1]!}sources`)).status).toBe(200)
  const { out } = await fihrist(['status'], { cwd })
  expect(out.match(/running since \S+, 0 seen/g)).toHaveLength(2)

  expect((await served.stop()).code).toBe(0)
  expect(events(served, 'run-ended')).toMatchObject([{ problems: ['interrupted'] }, { problems: ['interrupted'] }])
  const ledger = ledgerOf(cwd)
  expect(ledger.all(`SELECT 1 FROM run WHERE state = 'running'`)).toEqual([])

  // Once a year, so that nothing but what was cut off is due.
  for (const [id, last] of [
    ['a', 2],
    ['b', 2],
    ['c', 3],
    ['d', 4],
  ] as const)
    writeFileSync(join(cwd, `harvesters/${id}.yaml`), sourceYaml(host(last), '0 0 1 1 *'))
  portal.answers = ckanAnswers(packages)
  const again = await serve(cwd)
  await expect
    .poll(
      () =>
        events(again, 'run-ended')
          .map(({ source, why, state }) => [source, why, state])
          .sort(),
      { timeout: 60_000 },
    )
    .toEqual(sources.map(source => [source, 'catch-up', 'complete']).sort())
  await again.stop()
  ledger.close()
}, 180_000)

test('several requests for one source are one run; what a serve that was killed had taken is taken up again', async () => {
  const cwd = smallEdition({ portal: sourceYaml(portal.url) })
  const ledger = ledgerOf(cwd)
  const at = new Date().toISOString()
  const wish = (record: string | null) => askForRun(ledger, { source: 'portal', record, acceptRemovals: false, origin: 'portal' }, at).id
  expect([wish('a'), wish('b'), wish(null), wish('a')]).toEqual([1, 2, 3, 1])
  stuck()
  const killed = await serve(cwd)
  await expect.poll(() => asked, { timeout: 60_000 }).toBe(1)
  expect(openRequests(ledger).map(({ taken }) => taken !== null)).toEqual([true, true, true])
  await killed.stop('SIGKILL')

  // The run itself goes on: another that is started meanwhile waits for it.
  portal.answers = ckanAnswers(packages)
  const served = await serve(cwd)
  await expect.poll(() => openRequests(ledger).map(({ taken }) => taken), { timeout: 60_000 }).toEqual([null, null, null])
  expect(events(served, 'run-started')).toEqual([])
  letGo.splice(0).forEach(go => go())
  await expect.poll(() => openRequests(ledger), { timeout: 60_000 }).toEqual([])
  expect([1, 2, 3].map(id => requestOf(ledger, id))).toMatchObject([1, 2, 3].map(id => ({ id, state: 'complete', run: 2 })))
  expect(events(served, 'run-started')).toMatchObject([{ requests: [1, 2, 3] }])

  // Two records are two runs of a moment each.
  const ids = [wish('a'), wish('b')]
  await expect.poll(() => ids.map(id => requestOf(ledger, id)!.run), { timeout: 60_000 }).toEqual([3, 4])
  expect(lastRun(ledger, 'portal')).toMatchObject({ mode: 'record', record: 'b', state: 'complete' })
  await served.stop()
  ledger.close()
}, 180_000)

test('a run that cannot even begin is logged with its reason, answers its request, and pages go on', async () => {
  const cwd = smallEdition({ portal: sourceYaml(portal.url) })
  const served = await serve(cwd)
  const ledger = ledgerOf(cwd)
  // Somebody breaks the file while serve runs.
  writeFileSync(join(cwd, 'harvesters/portal.yaml'), 'title: Portail\nprotocol: gopher\n')
  const { id } = askForRun(ledger, { source: 'portal', record: null, acceptRemovals: false, origin: 'admin' }, new Date().toISOString())
  const { id: gone } = askForRun(ledger, { source: 'no-more', record: null, acceptRemovals: false, origin: 'admin' }, new Date().toISOString())
  await expect.poll(() => requestOf(ledger, id), { timeout: 60_000 }).toMatchObject({ state: 'failed', run: null })
  await expect.poll(() => requestOf(ledger, gone), { timeout: 60_000 }).toMatchObject({ state: 'failed', run: null })
  // Its line may come after the row that says so.
  const said = expect.stringMatching(/portal\.yaml:2: protocol: unknown protocol "gopher"/) as string
  await expect.poll(() => events(served, 'run-ended'), { timeout: 30_000 }).toMatchObject([{ level: 'error', source: 'portal', state: 'failed', said }])
  expect((await fetch(`${served.match[1]!}healthz`)).status).toBe(200)
  expect((await served.stop()).code).toBe(0)
  ledger.close()
}, 180_000)

test('of two that serve one ledger one keeps the schedule, and the other takes over', async () => {
  const cwd = smallEdition({ portal: sourceYaml(portal.url) })
  const [first, second] = [await serve(cwd), await serve(cwd)]
  const ledger = ledgerOf(cwd)
  const wish = () => askForRun(ledger, { source: 'portal', record: null, acceptRemovals: false, origin: 'portal' }, new Date().toISOString()).id
  const one = wish()
  await expect.poll(() => requestOf(ledger, one)!.state, { timeout: 60_000 }).toBe('complete')
  await expect.poll(() => [events(first, 'run-ended').length, events(second, 'run-ended').length], { timeout: 30_000 }).toEqual([1, 0])
  await first.stop('SIGKILL')
  const two = wish()
  await expect.poll(() => requestOf(ledger, two)!.state, { timeout: 60_000 }).toBe('complete')
  // Its line may come after the row that says so.
  await expect.poll(() => events(second, 'run-ended'), { timeout: 30_000 }).toHaveLength(1)
  await second.stop()
  ledger.close()
}, 180_000)

test('a file of a source that is changed while serve runs is taken up; of a wrong one the log says what to mend, and what was stays', async () => {
  const cwd = smallEdition({ portal: sourceYaml(portal.url) })
  const served = await serve(cwd)
  const known = async () => {
    const { sources } = (await (await fetch(`${served.match[1]}sources.json`)).json()) as { sources: { id: string; title: Record<string, string> }[] }
    return sources.map(({ id, title }) => `${id}: ${Object.values(title).join()}`)
  }
  try {
    expect(await known()).toEqual(['portal: Portail'])
    writeFileSync(join(cwd, 'harvesters/second.yaml'), sourceYaml(`${portal.url}/second`).replace('Portail', 'Deuxième'))
    await expect.poll(known, { timeout: 30_000 }).toEqual(['portal: Portail', 'second: Deuxième'])
    expect(await (await fetch(`${served.match[1]}fr/sources/second`, { headers: { Accept: 'text/html' } })).text()).toContain('Deuxième')

    writeFileSync(join(cwd, 'harvesters/second.yaml'), 'title: Troisième\nprotocol: kcan\nurl: https://portal.example.ma/\n')
    await expect.poll(() => events(served, 'sources-refused').length, { timeout: 30_000 }).toBe(1)
    expect(events(served, 'sources-refused')[0]).toMatchObject({
      level: 'error',
      message: expect.stringMatching(/second\.yaml:2: protocol: unknown protocol "kcan".*Until it is mended, the sources stay as they were\.$/),
    })
    expect(await known()).toEqual(['portal: Portail', 'second: Deuxième'])
  } finally {
    expect((await served.stop()).code).toBe(0)
  }
  for (const line of served.log())
    expect(line).toMatchObject({ level: expect.stringMatching(/^(info|error)$/), at: expect.stringMatching(/Z$/), message: expect.stringMatching(/\.$/) })
}, 120_000)

test('SIGTERM takes no more requests, and lets those be answered that are under way', async () => {
  const served = await serve(smallEdition({ portal: sourceYaml(portal.url) }))
  const body = `query=${encodeURIComponent('ASK { ?s ?p ?o }')}`
  const asking = httpRequest(`${served.match[1]}sparql`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': body.length, Accept: 'application/sparql-results+json' },
  })
  asking.write(body.slice(0, 8))
  await expect.poll(async () => (await fetch(`${served.match[1]}readyz`)).status, { timeout: 60_000 }).toBe(200)
  const ended = served.stop('SIGTERM')
  await expect
    .poll(
      () =>
        fetch(`${served.match[1]}healthz`).then(
          () => true,
          () => false,
        ),
      { timeout: 30_000 },
    )
    .toBe(false)
  asking.end(body.slice(8))
  const [answer] = (await once(asking, 'response')) as [IncomingMessage]
  expect(answer.statusCode).toBe(200)
  answer.resume()
  expect((await ended).code).toBe(0)
}, 120_000)
