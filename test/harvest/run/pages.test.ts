import { beforeEach, describe, expect, test } from 'vitest'
import type { Source } from '../../../src/config/sources.ts'
import type { RunOptions } from '../../../src/harvest/run/run.ts'
import { currentRevision } from '../../../src/ledger/records/revisions.ts'
import { respond } from '../../portal.ts'
import { packageOf, packageSearch } from '../protocols/ckan/portal.ts'
import { feed } from '../protocols/dcat/feed.ts'
import { house, onStage, portal } from '../stage.ts'

// What a run remembers of the portal's answers: whether they have changed (RFC 9110, section 13), and where an interrupted run was.

let source: Source
/** The pages of the feed, as they are now. */
let pages: string[]
/** What tells a page from its like: an ETag, a date, or nothing. */
let validator: 'etag' | 'weak' | 'last-modified' | 'none' | 'restless'
/** Pages whose body crossed the wire since it was last emptied. */
let bodies: number[]
let answered = 0

const tagOf = (text: string) => `"${Buffer.from(text).reduce((sum, byte) => (sum * 31 + byte) >>> 0, 7)}"`
const dates = new Map<string, string>()
/** The second at which a text was first there. */
const dateOf = (text: string) => {
  if (!dates.has(text)) dates.set(text, new Date(Date.UTC(2024, 0, 1, 0, 0, dates.size)).toUTCString())
  return dates.get(text)!
}

onStage()
beforeEach(async () => {
  validator = 'etag'
  bodies = []
  portal.answers = {
    '/feed.ttl?*': (request, response) => {
      const at = Number(new URL(request.url!, 'http://portal').searchParams.get('page') ?? 1) - 1
      const text = pages[at]
      if (text === undefined) return void response.writeHead(404).end()
      const headers: Record<string, string> = {
        etag: { etag: tagOf(text) },
        weak: { etag: `W/${tagOf(text)}` },
        'last-modified': { 'last-modified': dateOf(text) },
        none: {},
        restless: { etag: `"${++answered}"` },
      }[validator] as Record<string, string>
      const same =
        (headers['etag'] !== undefined && request.headers['if-none-match'] === headers['etag']) ||
        (headers['last-modified'] !== undefined && request.headers['if-modified-since'] === headers['last-modified'])
      if (same) return void response.writeHead(304, headers).end()
      bodies.push(at + 1)
      response.writeHead(200, { 'content-type': 'text/turtle', ...headers }).end(text)
    },
  }
  pages = pagesOf(['a', 'b'], ['c', 'd'], ['e', 'f'])
  source = house.source('dcat', `${portal.url}/feed.ttl`, { removal: { threshold: 0.5, graceDays: 7 } })
})

const pagesOf = (...all: string[][]) => all.map((ids, at) => feed(ids, at < all.length - 1 ? { next: `?page=${at + 2}` } : {}))
const harvest = (options?: RunOptions) => {
  bodies = []
  return house.harvest(source, options)
}

describe('a portal that can say what has changed', () => {
  test.each(['etag', 'weak', 'last-modified'] as const)(
    '(%s) and says that nothing has: no body comes, nothing is parsed, everything is unchanged',
    async kind => {
      validator = kind
      expect(await harvest()).toMatchObject({ state: 'complete', added: 6 })
      expect(bodies).toEqual([1, 2, 3])
      const before = [house.content(), currentRevision(house.ledger)]
      expect(await harvest()).toMatchObject({ state: 'complete', seen: 6, unchanged: 6, updated: 0, problems: [] })
      expect(await harvest()).toMatchObject({ state: 'complete', seen: 6, unchanged: 6 })
      expect(bodies).toEqual([])
      expect([house.content(), currentRevision(house.ledger)]).toEqual(before)
      // Whoever was shown by 304 was seen by that run.
      expect(house.ledger.all('SELECT DISTINCT run FROM sighting')).toEqual([{ run: 3 }])
    },
  )

  test.each(['etag', 'last-modified'] as const)('(%s) one page of several has changed: its body alone crosses the wire', async kind => {
    validator = kind
    await harvest()
    pages[1] = pages[1]!.replace('Description d, version 1', 'Description d, version 2')
    expect(await harvest()).toMatchObject({ state: 'complete', seen: 6, unchanged: 5, updated: 1 })
    expect(bodies).toEqual([2])
    expect(await harvest()).toMatchObject({ state: 'complete', unchanged: 6 })
    expect(bodies).toEqual([])
  })

  test('is taken at its word by every later run too, where everything is asked for always', async () => {
    const search = packageSearch([packageOf('a'), packageOf('b')])
    let sent = 0
    portal.answers = {
      '/api/3/action/package_search?*': (request, response) => {
        response.setHeader('etag', '"1"')
        if (request.headers['if-none-match'] === '"1"') return void response.writeHead(304).end()
        sent++
        respond(search, request, response)
      },
    }
    const ckan = house.source('ckan', portal.url, { id: 'ckan', options: { pageSize: 200, incremental: false } })
    for (const run of [1, 2, 3]) expect([run, (await house.harvest(ckan)).state, sent]).toEqual([run, 'complete', 1])
    expect(house.ledger.all('SELECT mode FROM run').map(({ mode }) => mode)).toEqual(['full', 'full', 'full'])
  })

  test('a dataset that is gone from one page is missing, and what was missing long enough goes although all pages are as they were', async () => {
    await harvest()
    pages = [pages[0]!, pages[1]!, feed(['e'])]
    expect(await harvest()).toMatchObject({ state: 'complete', unchanged: 5, missing: 1 })
    expect(bodies).toEqual([3])
    house.ledger.run(`UPDATE record SET missing_since = '2020-01-01T00:00:00.000Z' WHERE missing_since IS NOT NULL`)
    expect(await harvest()).toMatchObject({ state: 'complete', unchanged: 5, removed: 1 })
    expect(bodies).toEqual([])
    expect(
      house
        .records()
        .map(record => record.admission)
        .sort(),
    ).toEqual([...Array<string>(5).fill('published'), 'removed'])
  })

  test('a page more than before is found', async () => {
    await harvest()
    pages = pagesOf(['a', 'b'], ['c', 'd'], ['e', 'f'], ['g'])
    expect(await harvest()).toMatchObject({ state: 'complete', added: 1, unchanged: 6 })
    expect(bodies).toEqual([3, 4])
  })

  test('--full asks for everything, whatever the portal says', async () => {
    await harvest()
    expect(await harvest({ full: true })).toMatchObject({ state: 'complete', unchanged: 6 })
    expect(bodies).toEqual([1, 2, 3])
  })

  test('a dry run is answered from the same pages and writes nothing', async () => {
    await harvest()
    const tables = () => ['run', 'page', 'record', 'sighting', 'version', 'outcome', 'revision'].map(table => house.ledger.all(`SELECT * FROM ${table}`))
    const before = tables()
    expect(await harvest({ dryRun: true })).toMatchObject({ state: 'complete', seen: 6, unchanged: 6, preview: { added: [], changed: [], missing: [] } })
    expect(tables()).toEqual(before)
    pages[2] = pages[2]!.replace('version 1', 'version 2')
    expect((await harvest({ dryRun: true })).preview!.changed).toHaveLength(1)
    expect(tables()).toEqual(before)
  })

  test('where the options of the source have changed, everything is mapped anew although the portal says 304', async () => {
    await harvest()
    source = house.source('dcat', `${portal.url}/feed.ttl`, { ...source, language: 'ar', options: { maxPages: 50 } })
    const { threads } = house.engine
    const { take } = threads
    const mapped: number[] = []
    Object.assign(threads, {
      take: (mapping: unknown, records: unknown[], packing: unknown) => {
        mapped.push(records.length)
        return take(mapping as never, records as never, packing as never)
      },
    })
    const report = await harvest()
    Object.assign(threads, { take })
    expect(report).toMatchObject({ state: 'complete', seen: 6 })
    expect(house.ledger.get('SELECT count(*) AS c FROM run WHERE fingerprint = (SELECT fingerprint FROM run ORDER BY id LIMIT 1)')).toEqual({ c: 1 })
    expect(bodies).toEqual([])
  })

  test('a run in which a record failed is not taken for the whole: the next reads it again, and says so again', async () => {
    const blank = (title: string) =>
      `[] a dcat:Dataset ; dct:identifier "doublon" ; dct:title "${title}"@fr ; dcat:landingPage <https://data.example.org/x> .\n`
    pages[2] += blank('Un') + blank('Deux')
    expect(await harvest()).toMatchObject({ state: 'complete', added: 7, failed: 1 })
    const again = await harvest()
    expect(again).toMatchObject({ state: 'complete', unchanged: 7, failed: 1 })
    expect(again.problems.map(({ code }) => code)).toEqual(['duplicate-id'])
    expect(bodies).toEqual([])
  })
})

describe('a portal that cannot, or lies', () => {
  test('without ETag or date everything is read, and found unchanged', async () => {
    validator = 'none'
    await harvest()
    expect(await harvest()).toMatchObject({ state: 'complete', unchanged: 6 })
    expect(bodies).toEqual([1, 2, 3])
  })

  test('an ETag that changes with every answer costs the bodies and nothing else', async () => {
    validator = 'restless'
    await harvest()
    const revision = currentRevision(house.ledger)
    expect(await harvest()).toMatchObject({ state: 'complete', unchanged: 6, problems: [] })
    expect([...new Set(bodies)]).toEqual([1, 2, 3])
    expect(currentRevision(house.ledger)).toBe(revision)
  })

  test('a 304 for a page that it never sent is a problem, and nothing is taken for removed', async () => {
    await harvest()
    house.ledger.run('DELETE FROM page')
    portal.answers = { '/feed.ttl?*': { status: 304 } }
    const report = await harvest()
    expect(report).toMatchObject({ state: 'failed', seen: 0, missing: 0, removed: 0 })
    expect(report.problems).toHaveLength(1)
    expect(report.problems[0]!.message).toContain(portal.url)
    expect(house.published()).toBe(6)
  })

  test('a 304 to a request that named nothing (--full) is a problem too', async () => {
    await harvest()
    portal.answers = { '/feed.ttl?*': { status: 304 } }
    expect(await harvest({ full: true })).toMatchObject({ state: 'failed', missing: 0, removed: 0 })
    expect(house.published()).toBe(6)
  })

  test('a validator from a strange answer is sent as it came, or not at all: it breaks no request', async () => {
    portal.answers = { '/feed.ttl?*': { type: 'text/turtle', headers: { etag: '"é\u00ff, W/x', 'last-modified': 'yesterday' }, body: feed(['a']) } }
    for (let times = 0; times < 2; times++) expect(await harvest()).toMatchObject({ state: 'complete', seen: 1, problems: [] })
  })
})

describe('a run that did not come to its end', () => {
  test('is gone on with: the pages it had read are not asked for again', async () => {
    const { answers } = portal
    const whole = answers['/feed.ttl?*']!
    portal.answers = {
      '/feed.ttl?*': (request, response) => {
        if (request.url!.includes('page=3')) response.destroy()
        else respond(whole, request, response)
      },
    }
    expect(await harvest()).toMatchObject({ state: 'partial', added: 4 })
    portal.answers = answers
    const next = await harvest()
    expect(next).toMatchObject({ state: 'complete', seen: 6, added: 2, unchanged: 4 })
    expect(bodies).toEqual([3])
    expect(house.ledger.get('SELECT continues FROM run WHERE id = ?', next.run)).toEqual({ continues: 1 })
  }, 30_000)

  test('because an answer made no sense is begun anew: what the portal has mended is seen at once', async () => {
    await harvest()
    for (const broken of ['<!DOCTYPE html><p>Maintenance</p>', '@prefix dcat: <broken', '']) {
      const well = pages
      pages = [broken]
      expect(await harvest()).toMatchObject({ state: 'failed', missing: 0 })
      pages = well
      expect(await harvest()).toMatchObject({ state: 'complete', unchanged: 6 })
    }
  })

  test('is not gone on with where the means have changed, nor by --full', async () => {
    const { answers } = portal
    const ckan = (at: number) => packageOf(`n${at}`)
    const all = packageSearch(Array.from({ length: 6 }, (_, at) => ckan(at)))
    portal.answers = {
      '/api/3/action/package_search?*': (request, response) => {
        if (request.url!.includes('start=4')) response.destroy()
        else respond(all, request, response)
      },
    }
    const portalSource = house.source('ckan', portal.url, { id: 'ckan', options: { pageSize: 2 } })
    expect(await house.harvest(portalSource)).toMatchObject({ state: 'partial', added: 4 })
    portal.answers = { '/api/3/action/package_search?*': all as never }
    portal.asked.length = 0
    expect(await house.harvest(portalSource, { full: true })).toMatchObject({ state: 'complete', added: 2, unchanged: 4 })
    expect(portal.asked).toHaveLength(3)
    portal.answers = answers
  }, 30_000)
})
