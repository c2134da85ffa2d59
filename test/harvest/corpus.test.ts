import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { root } from '../../src/files.ts'
import { rebuild } from '../../src/harvest/run/rebuild.ts'
import { outcomes } from '../../src/ledger/runs/runs.ts'
import { corpus, recordedTypes } from '../corpus.ts'
import { allSaid } from '../ledger/said.ts'
import { startPortal, type Answer } from '../portal.ts'
import { openHouse, type House } from './harvest.ts'
import { packageSearch } from './protocols/ckan/portal.ts'

// The real answers of real portals, replayed. Each feed is harvested twice, and rebuilt from what was kept.

interface Feed {
  name: string
  protocol: 'ckan' | 'dcat'
  datasets: number
  path: string
  answers: Record<string, Answer>
}

function feeds(folder: string): Feed[] {
  const index = readFileSync(join(folder, 'INDEX.tsv'), 'utf8')
    .split('\n')
    .slice(1)
    .map(line => line.split('\t'))
  const files = index.flatMap(([file = '', , count, unit = '']): Feed[] => {
    const name = file.replaceAll('%', '%25')
    const body = () => readFileSync(join(folder, file))
    if (file.startsWith('dcat-feeds/') && unit === 'dataset' && Number(count) > 1) {
      const path = `/${encodeURI(name.split('/').pop()!)}`
      return [
        {
          name: file,
          protocol: 'dcat',
          datasets: Number(count),
          path,
          answers: { [path]: { type: recordedTypes[extname(file)] ?? 'text/plain', body: body() } },
        },
      ]
    }
    if (file.startsWith('ckan/') && unit.startsWith('CKAN results') && Number(count) > 1) {
      return [{ name: file, protocol: 'ckan', datasets: Number(count), path: '/', answers: recorded(body()) }]
    }
    return []
  })
  return [...files, ...trentino(folder)]
}

/** A recorded page is the first; what it lacks is not there. */
function recorded(body: Buffer): Record<string, Answer> {
  return {
    '/api/3/action/package_search?*': (request, response) => {
      const start = new URL(request.url!, 'http://portal').searchParams.get('start')
      response.writeHead(start === '0' ? 200 : 404, { 'content-type': 'application/json' }).end(start === '0' ? body : '{}')
    },
  }
}

/** Packages kept one by one in a folder, as one portal. */
function trentino(folder: string): Feed[] {
  const days = join(folder, 'ckan/opendatatrentino__ckan-api-client/random')
  return readdirSync(days)
    .sort()
    .map(day => {
      const packages = readdirSync(join(days, day, 'dataset'))
        .sort()
        .map(name => JSON.parse(readFileSync(join(days, day, 'dataset', name), 'utf8')) as Record<string, unknown>)
      return {
        name: `ckan/opendatatrentino ${day}`,
        protocol: 'ckan',
        datasets: packages.length,
        path: '/',
        answers: { '/api/3/action/package_search?*': packageSearch(packages) },
      }
    })
}

/** Feeds that hold other than the index counts, or that end early: feed → records, state, reason. */
const expectations = new Map(
  readFileSync(join(import.meta.dirname, 'corpus-expectations.tsv'), 'utf8')
    .split('\n')
    .slice(1)
    .filter(Boolean)
    .map(line => line.split('\t'))
    .map(([feed = '', records = '', state = '', code = '']) => [feed, { records: Number(records), state, code }] as const),
)

const columns = ['feed', 'datasets', 'records', 'published', 'quarantined', 'findings', 'repairs', 'problems', 'state']
const table: string[][] = []

if (!corpus) console.warn('corpus.test.ts is skipped: set FIHRIST_CORPUS to the folder of recorded portal responses.')

describe.skipIf(!corpus)('real feeds', () => {
  let house: House
  beforeAll(async () => {
    house = await openHouse()
  }, 60_000)
  afterAll(async () => {
    await house.close()
    const lines = [columns, ...table].map(row => row.join('\t'))
    mkdirSync(join(root, 'test-output'), { recursive: true })
    writeFileSync(join(root, 'test-output/corpus.tsv'), `${lines.join('\n')}\n`)
    console.log(lines.join('\n'))
  })

  test.each(feeds(corpus ?? '').map(feed => [feed.name, feed] as const))(
    '%s is harvested whole, again without a change, and rebuilt bit for bit',
    async (name, feed) => {
      const portal = await startPortal(feed.answers)
      const room = house.fresh()
      try {
        const source = room.source(feed.protocol, portal.url + feed.path)
        const first = await room.harvest(source)
        const records = room.records()
        const findings = allSaid(room.ledger).findings.length
        table.push([
          name,
          String(feed.datasets),
          String(records.length),
          String(room.published()),
          String(first.quarantined),
          String(findings),
          String(first.repairs),
          first.problems
            .map(problem => `${problem.code}: ${problem.message}`)
            .join(' | ')
            .replaceAll(portal.url, '')
            .slice(0, 200),
          first.state,
        ])

        const expected = expectations.get(name) ?? { records: feed.datasets, state: 'complete', code: '' }
        expect({ records: records.length, state: first.state, code: [...new Set(first.problems.map(problem => problem.code))].join(' ') }).toEqual(expected)
        expect(first.seen).toBe(first.added + first.failed)
        const second = await room.harvest(source)
        expect(Object.fromEntries(outcomes.map(each => [each, second[each]]))).toEqual({
          added: 0,
          updated: 0,
          unchanged: records.length,
          removed: 0,
          failed: first.failed,
        })
        const judged = () => [room.content(), room.ledger.all('SELECT * FROM version'), room.ledger.all('SELECT * FROM record'), allSaid(room.ledger)]
        const before = judged()
        expect(await rebuild(source, room.engine)).toMatchObject({ seen: records.length, updated: 0, unchanged: records.length, failed: 0, without: [] })
        expect(judged()).toEqual(before)
        expect(room.records().map(record => record.modified_revision)).toEqual(records.map(record => record.modified_revision))
      } finally {
        room.ledger.close()
        await portal.close()
      }
    },
    120_000,
  )
})
