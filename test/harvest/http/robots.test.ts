import { afterEach, beforeEach, expect, test } from 'vitest'
import { politeFetch } from '../../../src/harvest/http/fetch.ts'
import { productToken } from '../../../src/harvest/http/robots.ts'
import { startPortal, type Answer, type Portal } from '../../portal.ts'
import { problemOf } from '../../problem.ts'
import { openHouse } from '../harvest.ts'
import { feed } from '../protocols/dcat/feed.ts'

const limits = { delayMs: 0, timeoutS: 10, maxBytes: 1_000_000 }

let portal: Portal
beforeEach(async () => {
  portal = await startPortal({ '/api/list': 'all', '/feed.ttl': 'feed' })
})
afterEach(() => portal.close())

const fetcher = (robots = true) => politeFetch(limits, { userAgent: 'Fihrist/1.0 (test)', allowAddresses: ['127.0.0.0/8'] }, { robots, random: () => 0 })

test.each([
  ['all robots', 'User-agent: *\nDisallow: /api/\n'],
  ['our name', 'User-agent: fihrist\nDisallow: /api/\n\nUser-agent: *\nAllow: /\n'],
  ['a byte order mark before all robots', '\uFEFFUser-agent: *\nDisallow: /api/\n'],
])('what robots.txt disallows for %s is not asked, and the message says whom to ask and which key to set', async (_who, robots) => {
  portal.answers['/robots.txt'] = robots
  const problem = await problemOf(fetcher()(`${portal.url}/api/list`, '*/*'))
  expect(problem.code).toBe('robots-disallowed')
  expect(problem.message).toContain(`${portal.url}/robots.txt disallows it in line 2. Ask the portal to add "User-agent: Fihrist" with "Allow: /api/list"`)
  expect(problem.message).toContain("put robots: false into the source's file")
  expect(portal.asked).toEqual(['/robots.txt'])
})

test('a run that robots.txt forbids fails with that problem, and what is held stays', async () => {
  const house = await openHouse()
  portal.answers['/feed.ttl'] = { type: 'text/turtle', body: feed(['a', 'b']) }
  const source = house.source('dcat', `${portal.url}/feed.ttl`, { robots: true })
  expect(await house.harvest(source)).toMatchObject({ state: 'complete', added: 2 })
  portal.answers['/robots.txt'] = 'User-agent: *\nDisallow: /\n'
  const report = await house.harvest(source)
  expect(report.problems.map(({ code }) => code)).toEqual(['robots-disallowed'])
  expect(report).toMatchObject({ state: 'failed', missing: 0, removed: 0 })
  expect(house.published()).toBe(2)
  expect(await house.harvest({ ...source, robots: false })).toMatchObject({ state: 'complete', unchanged: 2 })
  await house.close()
})

test('robots.txt is read once in a run, and what it does not disallow is asked', async () => {
  portal.answers['/robots.txt'] = 'User-agent: *\nDisallow: /dataset/rate/\n'
  const fetch = fetcher()
  await fetch(`${portal.url}/api/list`, '*/*')
  await fetch(`${portal.url}/feed.ttl`, '*/*')
  expect(portal.asked).toEqual(['/robots.txt', '/api/list', '/feed.ttl'])
})

test('a group for our name counts alone: what is said to all others is not said to us', async () => {
  portal.answers['/robots.txt'] = 'User-agent: *\nDisallow: /\n\nUser-agent: Fihrist\nAllow: /\n'
  expect(await fetcher()(`${portal.url}/api/list`, '*/*')).toMatchObject({ url: `${portal.url}/api/list` })
})

test('with robots: false it is not even read', async () => {
  portal.answers['/robots.txt'] = 'User-agent: *\nDisallow: /\n'
  await fetcher(false)(`${portal.url}/api/list`, '*/*')
  expect(portal.asked).toEqual(['/api/list'])
})

test('a redirect to what is disallowed is not followed', async () => {
  portal.answers['/robots.txt'] = 'User-agent: *\nDisallow: /api/\n'
  portal.answers['/here'] = { status: 302, headers: { location: '/api/list' } }
  expect(await problemOf(fetcher()(`${portal.url}/here`, '*/*'))).toMatchObject({ code: 'robots-disallowed' })
  expect(portal.asked).toEqual(['/robots.txt', '/here'])
})

test.each<[string, Answer]>([
  ['missing', { status: 404 }],
  ['a failure of the server', { status: 503, body: 'User-agent: *\nDisallow: /\n' }],
  ['a page of HTML', { type: 'text/html', body: '<!DOCTYPE html><p>Disallow: nothing</p>' }],
  ['bytes that are no text', { body: new Uint8Array(2000).fill(0xff) }],
  ['endless', { body: Buffer.alloc(900_000, '#') }],
  ['broken off', (_request, response) => void response.destroy()],
  ['a redirect to itself', { status: 301, headers: { location: '/robots.txt' } }],
])('a robots.txt that is %s allows everything', async (_what, answer) => {
  portal.answers['/robots.txt'] = answer
  expect(await fetcher()(`${portal.url}/api/list`, '*/*')).toMatchObject({ url: `${portal.url}/api/list` })
})

test('Crawl-delay makes the pause longer', async () => {
  portal.answers['/robots.txt'] = 'User-agent: *\nCrawl-delay: 0.2\n'
  const fetch = fetcher()
  const from = Date.now()
  await fetch(`${portal.url}/api/list`, '*/*')
  await fetch(`${portal.url}/feed.ttl`, '*/*')
  expect(Date.now() - from).toBeGreaterThanOrEqual(390)
})

test.each([
  ['Fihrist/1.0 (+https://e.ma)', 'Fihrist'],
  ['Fihrist (metadata harvester)', 'Fihrist'],
  ['Moisson-neur', 'Moisson-neur'],
  ['(none)', 'Fihrist'],
])('robots.txt calls %s by %s', (userAgent, token) => {
  expect(productToken(userAgent)).toBe(token)
})

test('an API that CKAN disallows to crawlers is read all the same, unless the source asks for robots.txt to be heeded; a feed heeds it', async () => {
  const house = await openHouse()
  const disallowed = 'User-agent: *\nDisallow: /api/\nDisallow: /feed.ttl\n'
  const packages = JSON.stringify({ success: true, result: { count: 1, results: [{ id: 'a', name: 'a', title: 'A', resources: [] }] } })
  const open = await startPortal({
    '/robots.txt': disallowed,
    '/api/3/action/package_search?*': { type: 'application/json', body: packages },
    '/feed.ttl': '<https://example.ma/d> a <http://www.w3.org/ns/dcat#Dataset> ; <http://purl.org/dc/terms/title> "D"@fr .',
  })
  const state = async (protocol: string, path: string, robots?: boolean) =>
    (await house.harvest(house.source(protocol, `${open.url}${path}`, { id: `${protocol}-${robots}`, robots }))).state
  expect([await state('ckan', '/'), await state('ckan', '/', true), await state('dcat', '/feed.ttl'), await state('dcat', '/feed.ttl', false)]).toEqual([
    'complete',
    'failed',
    'failed',
    'complete',
  ])
  await open.close()
  await house.close()
})
