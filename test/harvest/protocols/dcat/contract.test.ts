import { beforeEach, describe, expect, test } from 'vitest'
import { turtle, type Answer } from '../../../portal.ts'
import { house, onStage, portal } from '../../stage.ts'
import { keepsTheContract } from '../contract.ts'
import { container, datasetLines, datasetTurtle, feed } from './feed.ts'

// What every protocol owes, asked of each form that DCAT comes in.

const iri = (id: string) => `https://data.example.org/dataset/${id}`
const quads = (body: string): Answer => ({ type: 'application/n-quads', body })

/** A feed of datasets, four to a page; each page names the next (Hydra). */
const pages = (datasets: unknown[]): Record<string, Answer> =>
  Object.fromEntries(
    Array.from({ length: Math.max(1, Math.ceil(datasets.length / 4)) }, (_, at): [string, Answer] => [
      at === 0 ? '/feed.ttl' : `/feed.ttl?page=${at + 1}`,
      turtle(feed([], (at + 1) * 4 < datasets.length ? { next: `?page=${at + 2}` } : {}) + datasets.slice(at * 4, at * 4 + 4).join('')),
    ]),
  )

keepsTheContract({
  protocol: 'dcat',
  url: portal => `${portal}/feed.ttl`,
  key: iri,
  record: (id, edition) => datasetTurtle(id, edition, ''),
  // RDF that cannot be read costs its page. What fails alone is a dataset of which a later page says other things.
  broken: datasetTurtle('a', 3, ''),
  answers: pages,
  partly: datasets => ({ ...pages(datasets), '/feed.ttl?page=2': { status: 404, body: 'Not Found' } }),
})

const ids = 'abcdefghij'.split('')
const ldp = (members: string[], more?: string) => turtle(container(members, more))
const members = (ids: string[], edition: number) => Object.fromEntries(ids.map((id): [string, Answer] => [`/c/${id}`, turtle(datasetTurtle(id, edition))]))

// Neither form has a record that fails alone, as `keepsTheContract` asks: what cannot be read of a dump is a line, and of a container a document, of which
// nobody knows what else it held. So the run is partial, and the rest of the contract is asked of them here.
describe.each<{
  form: string
  path: string
  options: object
  has: (ids: string[], edition: number) => Record<string, Answer>
  broken: (id: string) => Record<string, Answer>
  halved: () => Record<string, Answer>
  taken: number
}>([
  {
    form: 'a dump',
    path: '/d.nq',
    options: { dump: true },
    has: (ids, edition) => ({ '/d.nq': quads(ids.map(id => datasetLines(id, edition)).join('')) }),
    broken: broken => ({
      '/d.nq': quads(ids.map(id => datasetLines(id, 2, id === broken ? `<${iri(id)}> <http://purl.org/dc/terms/title> "unfinished\n` : '')).join('')),
    }),
    halved: () => ({
      '/d.nq': (_request, response) => {
        const whole = ids.map(id => datasetLines(id, 2)).join('')
        response
          .writeHead(200, { 'content-type': 'application/n-quads', 'content-length': whole.length })
          .write(whole.slice(0, whole.length / 2), () => response.destroy())
      },
    }),
    // Of any of them a statement may be lost.
    taken: 0,
  },
  {
    form: 'a container',
    path: '/c/',
    options: {},
    has: (ids, edition) => ({ '/c/': ldp(ids), ...members(ids, edition) }),
    broken: broken => ({ '/c/': ldp(ids), ...members(ids, 2), [`/c/${broken}`]: { type: 'text/html', body: '<!DOCTYPE html><title>Maintenance</title>' } }),
    halved: () => ({ '/c/': ldp(ids.slice(0, 5), '<> ldp:nextPage <?p=2> .'), ...members(ids, 2) }),
    taken: 5,
  },
])('$form', ({ path, options, has, broken, halved, taken }) => {
  onStage()
  const harvest = () => house.harvest(house.source('dcat', portal.url + path, { options }))
  beforeEach(async () => {
    portal.answers = has(ids, 1)
    expect(await harvest()).toMatchObject({ state: 'complete', added: 10, failed: 0, problems: [] })
  })

  test('harvested again, all are unchanged', async () => {
    expect(await harvest()).toMatchObject({ state: 'complete', seen: 10, unchanged: 10, problems: [] })
  })

  test('what cannot be read in the middle costs one record, which stays as it is held', async () => {
    portal.answers = broken('e')
    expect(await harvest()).toMatchObject({
      state: 'partial',
      updated: 9,
      missing: 0,
      removed: 0,
      problems: [{ message: expect.stringContaining(portal.url) }],
    })
    expect(house.graph(house.records().find(record => record.key === iri('e'))!.id)).toContain('version 1')
    expect(house.published()).toBe(10)
  })

  test('a half that is lost removes nothing', async () => {
    portal.answers = halved()
    expect(await harvest()).toMatchObject({
      state: 'partial',
      updated: taken,
      missing: 0,
      removed: 0,
      problems: [{ message: expect.stringContaining(portal.url) }],
    })
    expect(house.published()).toBe(10)
  })

  test('one that shrinks is held', async () => {
    portal.answers = has(ids.slice(0, 6), 1)
    expect(await harvest()).toMatchObject({ state: 'held', missing: 0, removed: 0 })
    expect(house.published()).toBe(10)
  })
})
