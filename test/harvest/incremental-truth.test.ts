import { createReadStream, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { corpus } from '../corpus.ts'
import { ckanAnswers, type Package } from './protocols/ckan/portal.ts'
import { house, onStage, portal } from './stage.ts'

// Two dates of the same portal, harvested one after the other as one source: what the second run changes is what a plain reading of both says.

if (!corpus) console.warn('incremental-truth.test.ts is skipped: set FIHRIST_CORPUS to the folder of recorded portal responses.')

describe.skipIf(!corpus)('two dates of a portal', () => {
  onStage()

  test('datos.gob.ar: exactly what a plain diff of the two files gives is added, updated and removed', async () => {
    const [older, newer] = ['39ae416c', '109af2e8'].map(digest =>
      join(corpus!, `data-json/datosgobar__pydatajson-cassettes/datos.gob.ar-data-200-${digest}.json`),
    ) as [string, string]
    const datasets = (file: string) =>
      new Map((JSON.parse(readFileSync(file, 'utf8')) as { dataset: Package[] }).dataset.map(each => [String(each['identifier']), JSON.stringify(each)]))
    const [before, after] = [datasets(older), datasets(newer)]
    const truth = {
      added: [...after.keys()].filter(key => !before.has(key)).sort(),
      updated: [...after]
        .filter(([key, text]) => before.has(key) && before.get(key) !== text)
        .map(([key]) => key)
        .sort(),
      removed: [...before.keys()].filter(key => !after.has(key)).sort(),
    }
    expect(Object.values(truth).map(keys => keys.length)).toEqual([629, 3, 614])

    let file = older
    portal.answers = {
      '/data.json': (_request, response) => {
        createReadStream(file).pipe(response.writeHead(200, { 'content-type': 'application/json' }))
      },
    }
    const source = house.source('data-json', `${portal.url}/data.json`, { language: 'es', removal: { threshold: 0.2, graceDays: 0 } })
    expect(await house.harvest(source)).toMatchObject({ state: 'complete', added: 617, problems: [] })
    const held = new Map(house.records().map(record => [record.key, record]))
    file = newer
    expect(await house.harvest(source, { acceptRemovals: true })).toMatchObject({
      state: 'complete',
      added: 629,
      updated: 3,
      unchanged: 0,
      removed: 614,
      missing: 0,
      problems: [],
    })
    const now = house.records()
    expect({
      added: now
        .filter(({ key }) => !held.has(key))
        .map(({ key }) => key)
        .sort(),
      updated: now
        .filter(each => each.admission !== 'removed' && held.has(each.key) && held.get(each.key)!.modified_revision !== each.modified_revision)
        .map(({ key }) => key)
        .sort(),
      removed: now
        .filter(({ admission }) => admission === 'removed')
        .map(({ key }) => key)
        .sort(),
    }).toEqual(truth)
  }, 240_000)

  test("a CKAN portal that becomes another overnight is held; with a person's word its 50 datasets are missing and 50 others there", async () => {
    const folder = join(corpus!, 'ckan/opendatatrentino__ckan-api-client/random')
    const packages = (day: string) =>
      readdirSync(join(folder, day, 'dataset'))
        .sort()
        .map(name => JSON.parse(readFileSync(join(folder, day, 'dataset', name), 'utf8')) as Package)
    portal.answers = ckanAnswers(packages('day-00'))
    const source = house.source('ckan', portal.url, { language: 'it' })
    expect(await house.harvest(source)).toMatchObject({ state: 'complete', added: 50, problems: [] })
    const first = house.records().map(({ id }) => id)
    portal.answers = ckanAnswers(packages('day-01'))
    const report = await house.harvest(source)
    expect(report).toMatchObject({ state: 'held', added: 50, missing: 0, removed: 0 })
    expect(report.gone).toEqual(first)
    expect(house.published()).toBe(100)

    const accepted = await house.harvest(source, { acceptRemovals: true })
    expect(accepted).toMatchObject({ state: 'complete', unchanged: 50, missing: 50, removed: 0 })
    expect(accepted.gone).toEqual(first)

    const again = house.fresh()
    portal.answers = ckanAnswers(packages('day-00'))
    await again.harvest(source)
    portal.answers = ckanAnswers(packages('day-01'))
    expect(await again.harvest(source, { acceptRemovals: true })).toMatchObject({ state: 'complete', added: 50, missing: 50, removed: 0 })
    again.ledger.close()
  }, 120_000)
})
