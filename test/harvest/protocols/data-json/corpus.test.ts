import { createReadStream, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { corpus } from '../../../corpus.ts'
import type { Answer } from '../../../portal.ts'
import { house, onStage, portal } from '../../stage.ts'

// Real and recorded data.json files: every dataset of each becomes a record, or a problem says why not.

if (!corpus) console.warn('data-json-corpus.test.ts is skipped: set FIHRIST_CORPUS to the folder of recorded portal responses.')

const folder = join(corpus ?? '', 'data-json')

/** What a plain reading of a file says of its datasets: the problem of each that cannot become a record of its own. */
function failing(datasets: Record<string, unknown>[]): string[] {
  const seen = new Map<string, string>()
  return datasets.flatMap(each => {
    const [identifier, text] = [each['identifier'] ?? each['title'], JSON.stringify(each)]
    if (identifier === undefined) return ['missing-id']
    const key = typeof identifier === 'object' ? JSON.stringify(identifier) : String(identifier)
    const before = seen.get(key)
    if (before === undefined) seen.set(key, text)
    return before === undefined || before === text ? [] : ['duplicate-id']
  })
}

interface File {
  dataset: Record<string, unknown>[]
  /** DCAT-US 3.0 lists services beside them. */
  service?: unknown[]
}
const files = !corpus
  ? []
  : readFileSync(join(corpus, 'INDEX.tsv'), 'utf8')
      .split('\n')
      .map(line => line.split('\t')[0]!)
      .filter(name => name.startsWith('data-json/') && name.endsWith('.json'))
      .map(name => name.slice(10))
      .flatMap(name => {
        const read = JSON.parse(readFileSync(join(folder, name), 'utf8').replace(/^\ufeff/, '')) as File
        return Array.isArray(read.dataset) && read.dataset.length > 0 ? [[name, read] as const] : []
      })
const file =
  (name: string): Answer =>
  (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    createReadStream(join(folder, name)).pipe(response)
  }

describe.skipIf(!corpus)('recorded data.json files', () => {
  const harvest = (name: string) => {
    portal.answers = { '/data.json': file(name) }
    return house.harvest(house.source('data-json', `${portal.url}/data.json`, { language: 'en' }))
  }
  onStage()

  test.each(files)(
    '%s: every dataset is a record, and again without a change',
    async (name, { dataset, service = [] }) => {
      const expected = failing(dataset)
      const first = await harvest(name)
      expect({ state: first.state, records: house.records().length, codes: first.problems.map(problem => problem.code) }).toEqual({
        state: 'complete',
        records: dataset.length + service.length - expected.length,
        codes: expected,
      })
      expect(first.added).toBe(house.records().length)
      expect(await harvest(name)).toMatchObject({ state: 'complete', added: 0, updated: 0, unchanged: first.added })
    },
    240_000,
  )
})
