import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { forEachHost } from '../../../src/harvest/links/hosts.ts'
import { checkLinks } from '../../../src/harvest/links/pass.ts'
import { linkOf } from '../../../src/ledger/links/links.ts'
import { countLinks, deadLinks, usesOf } from '../../../src/ledger/links/uses.ts'
import { measuredOf } from '../../../src/ledger/records/measurements.ts'
import { respond, startPortal, turtle, type Answer, type Portal } from '../../portal.ts'
import { edition, openHouse, type House } from '../harvest.ts'

let portal: Portal
let house: House
const met: string[] = []
/** Notes how it was asked. */
const noted =
  (answer: Answer): Answer =>
  (request, response) => {
    met.push(`${request.method} ${request.url}${request.headers.range ? ' ranged' : ''}`)
    respond(answer, request, response)
  }
const status = (code: number): Answer => noted({ status: code, body: 'x' })
/** A server that knows no HEAD. */
const headless: Answer = (request, response) => {
  met.push(`${request.method} ${request.url}${request.headers.range ? ' ranged' : ''}`)
  if (request.method === 'HEAD') return void response.writeHead(405).end()
  response.writeHead(206, { 'content-type': 'text/csv', 'content-range': 'bytes 0-0/4321', etag: '"v1"' }).end('a')
}

const files = ['alive.csv', 'headless.csv', 'gone.csv', 'refused.csv', 'busy.csv', 'moved.csv', 'private.csv', 'closed.csv']
beforeAll(async () => {
  portal = await startPortal(url => ({
    '/robots.txt': 'User-agent: *\nDisallow: /closed.csv\n',
    '/alive.csv': noted({ type: 'text/csv', headers: { 'last-modified': 'Thu, 01 Jan 2026 10:00:00 GMT', 'content-length': '1234' }, body: 'x'.repeat(1234) }),
    '/headless.csv': headless,
    '/gone.csv': status(404),
    '/refused.csv': status(403),
    '/moved.csv': noted({ status: 301, headers: { location: `${url}/alive.csv` } }),
    '/private.csv': noted({ status: 302, headers: { location: 'http://10.1.2.3/secret' } }),
    '/closed.csv': status(200),
    '/zbusy.csv': noted({ status: 429, headers: { 'retry-after': '60' } }),
    '/feed.ttl': turtle(
      `@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> . <https://e.ma/d> a dcat:Dataset ; dct:title "Eau"@fr ; dct:identifier "d" ; dcat:distribution ${files
        .map(name => `<https://e.ma/f/${name}>`)
        .join(' , ')} .\n${files
        .map(
          name =>
            `<https://e.ma/f/${name}> a dcat:Distribution ; dcat:accessURL <${url}/${name.replace('busy', 'zbusy')}> ; dcat:downloadURL <${url}/${name.replace('busy', 'zbusy')}> .`,
        )
        .join('\n')}`,
    ),
  }))
  house = await openHouse(edition.replace('http: { allowAddresses: ["127.0.0.0/8"] }', 'http: { allowAddresses: ["127.0.0.1/32"] }'))
  await house.harvest(house.source('dcat', `${portal.url}/feed.ttl`))
})
afterAll(async () => {
  await house.close()
  await portal.close()
})

const pass = (at: string) => checkLinks({ catalogue: house.engine.catalogue, ledger: house.ledger, sources: ['portal'], now: () => new Date(at) })
const stateOf = (name: string) => linkOf(house.ledger, `${portal.url}/${name}`)
const measured = () => {
  const { files: all, seen } = measuredOf(house.ledger, house.records()[0]!.n)
  return { seen, ...Object.fromEntries(Object.entries(all).map(([file, said]) => [file.slice('https://e.ma/f/'.length), said['downloadUrlStatusCode']])) }
}

describe('a pass over the addresses of files', () => {
  test('asks each once, by HEAD, and by a piece where HEAD is refused; what refuses us or is closed to robots is unknown', async () => {
    expect(await pass('2026-02-01T02:00:00Z')).toBe(8)
    expect(stateOf('alive.csv')).toMatchObject({ state: 'alive', bytes: 1234, media_type: 'text/csv', changed: '2026-01-01T10:00:00.000Z' })
    expect(stateOf('headless.csv')).toMatchObject({ state: 'alive', bytes: 4321, etag: '"v1"' })
    expect(stateOf('gone.csv')).toMatchObject({ state: 'failing', status: 404 })
    expect(stateOf('refused.csv')).toMatchObject({ state: 'unknown', status: 403 })
    expect(stateOf('zbusy.csv')).toMatchObject({ state: 'unknown', status: 429 })
    expect(stateOf('moved.csv')).toMatchObject({ state: 'alive', redirect: `${portal.url}/alive.csv` })
    expect(stateOf('private.csv')).toMatchObject({ state: 'failing', problem: 'address-refused' })
    expect(stateOf('closed.csv')).toMatchObject({ state: 'unknown', problem: 'robots-disallowed' })
    expect(met).toContain('HEAD /alive.csv')
    expect(met).not.toContain('GET /alive.csv ranged')
    expect(met).toContain('GET /headless.csv ranged')
    expect(met.filter(each => each.includes('zbusy'))).toEqual(['HEAD /zbusy.csv'])
    expect(met.filter(each => each.includes('closed'))).toEqual([])
    expect(usesOf(house.ledger, house.records()[0]!.n)).toHaveLength(16)
  })

  test('says only what is certain of the records: what answers, and what is dead', async () => {
    expect(measured()).toMatchObject({ 'alive.csv': 200, 'headless.csv': 200, 'moved.csv': 200, seen: 20454 })
    for (const name of ['gone.csv', 'refused.csv', 'busy.csv', 'closed.csv']) expect(measured()).toMatchObject({ [name]: null })
    for (const at of ['2026-02-02T02:00:00Z', '2026-02-03T02:00:00Z']) await pass(at)
    expect(measured()).toMatchObject({ 'gone.csv': 404, 'private.csv': 0, 'refused.csv': null })
    expect(deadLinks(house.ledger, 'portal')).toMatchObject([
      { url: `${portal.url}/gone.csv`, status: 404, records: 1, failing_since: '2026-02-01T02:00:00.000Z' },
      { url: `${portal.url}/private.csv` },
    ])
    expect(countLinks(house.ledger, 'portal')).toEqual({ alive: 3, failing: 0, dead: 2, unknown: 3, unasked: 0 })
  })

  test('leaves alone what answered lately', async () => {
    met.length = 0
    await pass('2026-02-04T02:00:00Z')
    expect(met.join()).not.toContain('alive.csv')
    await pass('2026-02-09T02:00:00Z')
    expect(met).toContain('HEAD /alive.csv')
  })

  test('asks nobody twice the same where nobody is there', async () => {
    const quiet = await startPortal({})
    await quiet.close()
    portal.answers['/feed.ttl'] = turtle(
      `@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> . <https://e.ma/d> a dcat:Dataset ; dct:title "Eau"@fr ; dct:identifier "d" ; dcat:distribution ${Array.from(
        { length: 40 },
        (_, at) => `[ a dcat:Distribution ; dcat:accessURL <${quiet.url}/${at}> ]`,
      ).join(' , ')} .`,
    )
    await house.harvest(house.source('dcat', `${portal.url}/feed.ttl`))
    const started = performance.now()
    expect(await pass('2026-02-10T02:00:00Z')).toBe(40)
    expect(performance.now() - started).toBeLessThan(20_000)
    expect(countLinks(house.ledger, 'portal')).toMatchObject({ failing: 40, alive: 0 })
  })

  test('forgets what it saw at an address that no file has named for a month', async () => {
    expect(stateOf('alive.csv')).toMatchObject({ state: 'alive' })
    await pass('2026-03-20T02:00:00Z')
    expect(stateOf('alive.csv')).toBeUndefined()
    expect(countLinks(house.ledger, 'portal')).toMatchObject({ failing: 40 })
  })
})

test('hosts are asked beside each other, and a failure ends the pass once the others have ended', async () => {
  let [going, most] = [0, 0]
  const done: string[] = []
  const use = async (host: string) => {
    most = Math.max(most, ++going)
    await new Promise(resolve => setTimeout(resolve, 5))
    going--
    if (host === 'bad') throw new Error('lost')
    done.push(host)
  }
  await forEachHost(['a', 'b', 'c', 'd', 'e'], 2, use)
  expect([most, done.length]).toEqual([2, 5])
  await expect(forEachHost(['bad', 'f', 'g', 'h', 'i'], 2, use)).rejects.toThrow('lost')
  expect(done).not.toContain('i')
})
