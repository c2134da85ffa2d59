import { describe, expect, test } from 'vitest'
import { politeHttp } from '../../../../src/harvest/http/fetch.ts'
import { protocols } from '../../../../src/harvest/protocols/index.ts'
import { collect } from '../../../memory.ts'
import type { Answer } from '../../../portal.ts'
import { lent } from '../../harvest.ts'
import { house, onStage, portal } from '../../stage.ts'
import { keepsTheContract } from '../contract.ts'

/** A dataset as a portal that has nothing wrong with it writes it. */
const dataset = (id: string, edition = 1) => ({
  '@type': 'dcat:Dataset',
  identifier: id,
  title: `Jeu ${id}`,
  description: `Description ${id}, version ${edition}`,
  modified: '2024-03-01',
  accessLevel: 'public',
  keyword: ['eau'],
  publisher: { name: 'Producteur' },
  contactPoint: { fn: 'Service', hasEmail: 'mailto:donnees@example.org' },
  distribution: [{ '@type': 'dcat:Distribution', downloadURL: `https://data.example.org/${id}.csv`, mediaType: 'text/csv' }],
})
const file = (datasets: unknown[]) => JSON.stringify({ '@type': 'dcat:Catalog', title: 'Catalogue', dataset: datasets })
const served = (body: string): Record<string, Answer> => ({ '/data.json': { type: 'application/json', body } })

keepsTheContract({
  protocol: 'data-json',
  url: portal => `${portal}/data.json`,
  record: dataset,
  broken: { description: 'Sans identifiant ni titre' },
  answers: datasets => served(file(datasets)),
  partly: datasets => served(file(datasets).slice(0, -900)),
})

describe('what is wrong with a data.json', () => {
  onStage()
  const harvest = (body: string | Uint8Array, options = {}, type = 'application/json') => {
    portal.answers = { '/data.json': { type, body } }
    return house.harvest(house.source('data-json', `${portal.url}/data.json`, { options }))
  }
  const titles = () => house.records().map(record => record.title['fr'] ?? record.title['ar'])
  const named = (title: string) => file([{ ...dataset('a'), title }])

  const encodings: [name: string, bytes: Uint8Array, type: string][] = [
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${named('Eau – été')}`), 'application/json'],
    ['UTF-16', Buffer.from(`\ufeff${named('Eau – été')}`, 'utf16le'), 'application/json'],
    ['Windows-1252 that says it is UTF-8', Buffer.from(named('Eau – été').replaceAll('–', '\u0096'), 'latin1'), 'application/json; charset=utf-8'],
  ]
  test.each(encodings)('%s is read', async (_name, bytes, type) => {
    expect(await harvest(bytes, {}, type)).toMatchObject({ state: 'complete', added: 1, problems: [] })
    expect(titles()).toEqual(['Eau – été'])
  })

  test('one byte that is wrong in a file of UTF-8 costs that character, in whatever pieces the file comes', async () => {
    const bytes = Buffer.concat([
      Buffer.from(file([{ ...dataset('a'), title: 'المياه' }])).subarray(0, -2),
      Buffer.from(`,${JSON.stringify({ ...dataset('b'), title: 'Fo?t' })},${JSON.stringify({ ...dataset('c'), title: 'الغابات' })}]}`),
    ])
    bytes[bytes.indexOf('Fo?t') + 2] = 0xea
    portal.answers = {
      '/data.json': (_request, response) => {
        response.writeHead(200, { 'content-type': 'application/json' })
        const send = (from: number): void => {
          if (from >= bytes.length) return void response.end()
          response.write(bytes.subarray(from, from + 7))
          setImmediate(send, from + 7)
        }
        send(0)
      },
    }
    expect(await house.harvest(house.source('data-json', `${portal.url}/data.json`))).toMatchObject({ state: 'complete', added: 3, problems: [] })
    expect(titles()).toEqual(['المياه', 'Fo\ufffdt', 'الغابات'])
  })

  test('a raw line break within a text is read as a blank', async () => {
    expect(await harvest(named('Eau§potable').replace('§', '\n'))).toMatchObject({ state: 'complete', added: 1, problems: [] })
    expect(titles()).toEqual(['Eau potable'])
  })

  test('where the JSON breaks, what stood before is taken and the run is partial', async () => {
    const text = file(['a', 'b', 'c'].map(id => dataset(id)))
    const report = await harvest(text.replace('"identifier":"c"', '"identifier":c'))
    expect(report).toMatchObject({ state: 'partial', added: 2 })
    expect(report.problems[0]).toMatchObject({ code: 'not-json' })
    expect(report.problems[0]!.message).toMatch(/data\.json answered with JSON that is broken.*what stands before the break was read/)
  })

  const wrong: [name: string, body: string, code: string, says: RegExp][] = [
    ['a "dataset" that is one object', JSON.stringify({ title: 'Catalogue', dataset: dataset('a') }), 'unexpected-answer', /"dataset" is no list/],
    ['JSON of something else', '{"good":"this is good"}', 'empty-source', /holds no dataset/],
    ['a catalogue without datasets', '{"title":"Catalogue","dataset":[]}', 'empty-source', /holds no dataset/],
    ['lists without end', `{"dataset":[${'['.repeat(100_000)}`, 'not-json', /broken or cut off/],
  ]
  test.each(wrong)('%s ends the run with a word about it', async (_name, body, code, says) => {
    const report = await harvest(body)
    expect(report).toMatchObject({ state: 'failed', added: 0 })
    expect(report.problems.map(problem => problem.code)).toEqual([code])
    expect(report.problems[0]!.message).toMatch(says)
  })

  const members: [name: string, members: unknown[], codes: string[], keys: string[]][] = [
    ['a text, a number and nothing in the place of datasets', ['jeu', 7, null, dataset('a')], ['missing-id', 'missing-id', 'missing-id'], ['a']],
    ['two datasets of one identifier', [dataset('a'), { ...dataset('a'), title: 'Un autre' }], ['duplicate-id'], ['a']],
    ['the same dataset twice', [dataset('a'), dataset('a')], [], ['a']],
    ['an identifier that is a number', [{ ...dataset('a'), identifier: 12 }], [], ['12']],
    ['an identifier that is an object', [{ ...dataset('a'), identifier: { '@type': 'Identifier', notation: 'N-1' } }], [], ['N-1']],
    [
      'a dataset without distributions, and one whose distribution is an object',
      [
        { ...dataset('a'), distribution: null },
        { ...dataset('b'), distribution: dataset('b').distribution[0] },
      ],
      [],
      ['a', 'b'],
    ],
  ]
  test.each(members)('%s', async (_name, datasets, codes, keys) => {
    const report = await harvest(file(datasets))
    expect(report.problems.map(problem => problem.code)).toEqual(codes)
    expect(house.records().map(record => record.key)).toEqual(keys)
  })

  test('a dataset nested too deeply to be kept is a problem that names it', async () => {
    const report = await harvest(file([dataset('a'), { ...dataset('b'), spatial: '§' }]).replace('"§"', '['.repeat(50_000) + ']'.repeat(50_000)))
    expect(report).toMatchObject({ state: 'complete', added: 1, failed: 1 })
    expect(report.problems[0]).toMatchObject({ code: 'bad-record', place: { record: 'b' } })
  })

  test('datasets without identifiers, as Argentina allows, are told apart by publisher and title', async () => {
    const bare = (title: string, publisher: string) => ({ ...dataset('x'), identifier: undefined, title, publisher: { name: publisher } })
    const body = file([bare('Eau', 'A'), bare('Eau', 'B'), bare('Air', 'A')])
    expect(await harvest(body)).toMatchObject({ state: 'complete', added: 3, problems: [] })
    expect(await harvest(body)).toMatchObject({ state: 'complete', unchanged: 3 })
  })

  test('a file that its server says is the same is not sent again, and all its datasets are unchanged', async () => {
    const answered: number[] = []
    portal.answers = {
      '/data.json': (request, response) => {
        answered.push(request.headers['if-none-match'] === '"1"' ? 304 : 200)
        response
          .writeHead(answered.at(-1)!, { 'content-type': 'application/json', etag: '"1"' })
          .end(answered.at(-1) === 304 ? undefined : file(['a', 'b'].map(id => dataset(id))))
      },
    }
    const source = house.source('data-json', `${portal.url}/data.json`)
    expect(await house.harvest(source)).toMatchObject({ state: 'complete', added: 2 })
    expect(await house.harvest(source)).toMatchObject({ state: 'complete', seen: 2, unchanged: 2, problems: [] })
    expect(answered).toEqual([200, 304])
  })

  test('a bare list of datasets is read too', async () => {
    expect(await harvest(JSON.stringify([dataset('a'), dataset('b')]))).toMatchObject({ state: 'complete', added: 2, problems: [] })
  })

  test('themes are called what the catalogue calls them, and inventory-only datasets can be left out', async () => {
    const body = JSON.stringify({
      themeTaxonomy: [{ id: 'aire', label: "Qualité de l'air" }],
      dataset: [
        { ...dataset('a'), theme: ['aire'] },
        { ...dataset('b'), accessLevel: 'non-public' },
      ],
    })
    expect(await harvest(body, { nonPublic: false })).toMatchObject({ state: 'complete', added: 1 })
    expect(house.graph(house.records()[0]!.id)).toContain('<http://www.w3.org/2004/02/skos/core#prefLabel> "Qualité de l\'air"@fr')
    expect(await harvest(body)).toMatchObject({ added: 1, unchanged: 1 })
    expect(house.graph(house.records().find(record => record.key === 'b')!.id)).toContain('access-right/NON_PUBLIC>')
  })

  test('a file of 40,000 datasets is read in the memory of a few', async () => {
    const pages = 40_000
    const text = JSON.stringify({ ...dataset('§'), description: 'd'.repeat(2_000) })
    portal.answers = {
      '/data.json': (_request, response) => {
        response.writeHead(200, { 'content-type': 'application/json' }).write('{"dataset":[')
        let sent = 0
        const more = (): void => {
          while (sent < pages) if (!response.write((sent > 0 ? ',' : '') + text.replaceAll('§', String(sent++)))) return void response.once('drain', more)
          response.end(']}')
        }
        more()
      },
    }
    const source = house.source('data-json', `${portal.url}/data.json`)
    const { open } = politeHttp({ ...source.limits, maxBytes: 1e9 }, house.engine.catalogue.http)
    // What is held counts, not what waits to be collected.
    const held = () => {
      collect()
      return process.memoryUsage().heapUsed
    }
    let [read, most] = [0, 0]
    const before = held()
    for await (const harvested of protocols['data-json']!.harvest(source, lent({ open, fetch: () => Promise.reject(new Error('not asked for')) }))) {
      if ('payload' in harvested && ++read % 5_000 === 0) most = Math.max(most, held() - before)
    }
    expect(read).toBe(pages)
    // The file is some 95 MB.
    expect(most).toBeLessThan(5e6)
  }, 120_000)
})
