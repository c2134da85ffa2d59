import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readCatalogue } from '../../../src/config/catalogue.ts'
import type { Source } from '../../../src/config/sources.ts'
import { root } from '../../../src/files.ts'
import { openEngine, type Engine } from '../../../src/harvest/run/engine.ts'
import { run } from '../../../src/harvest/run/run.ts'
import { currentRevision } from '../../../src/ledger/records/revisions.ts'
import { saidOf } from '../../ledger/said.ts'
import { startPortal, type Portal } from '../../portal.ts'
import { edition, openHouse, type House } from '../harvest.ts'
import { feed } from '../protocols/dcat/feed.ts'

// Rules that change between two harvests of a portal that says the same.

const rule = `
<https://w3id.org/fihrist/shapes/admission#b> a sh:PropertyShape ; sh:path dct:title ; sh:pattern "^Jeu [^b]" ; sh:message "not b"@en ; sh:severity sh:Violation .
<https://w3id.org/fihrist/shapes/admission#dataset-b> a sh:NodeShape ; sh:targetClass dcat:Dataset ; sh:property <https://w3id.org/fihrist/shapes/admission#b> .
`

let house: House
let portal: Portal
let source: Source
beforeAll(async () => {
  house = await openHouse()
  portal = await startPortal({ '/feed.ttl': { type: 'text/turtle', body: feed(['a', 'b', 'c']) } })
  source = house.source('dcat', `${portal.url}/feed.ttl`)
  cpSync(join(root, 'shapes'), join(house.folder, 'shapes'), { recursive: true })
  const file = join(house.folder, 'shapes/admission.ttl')
  writeFileSync(file, readFileSync(file, 'utf8') + rule)
})
afterAll(async () => {
  await portal.close()
  await house.close()
})

async function stricter<T>(work: (engine: Engine) => Promise<T>): Promise<T> {
  writeFileSync(join(house.folder, 'stricter.yaml'), `${edition}shapes: ./shapes\n`)
  const engine = await openEngine(readCatalogue(join(house.folder, 'stricter.yaml'), {}), house.ledger)
  try {
    return await work(engine)
  } finally {
    await engine.close()
  }
}

const admissions = () => house.records().map(({ key, admission }) => [key.slice(-1), admission])
const broken = () =>
  house
    .records()
    .filter(({ id }) => saidOf(house.ledger, id).findings.some(({ rule }) => rule.endsWith('admission#b')))
    .map(({ key }) => key.slice(-1))

test('a first harvest judges once, and a second by the same rules nothing', async () => {
  expect(await house.harvest(source)).toMatchObject({ added: 3, judged: 0 })
  expect(await house.harvest(source)).toMatchObject({ unchanged: 3, judged: 0 })
})

test('a dry run says which records changed rules would find fault with, and keeps nothing', () =>
  stricter(async engine => {
    const { preview, judged } = await run(source, engine, { dryRun: true })
    expect(judged).toBe(3)
    expect(preview).toMatchObject({
      changed: [],
      quarantined: [expect.stringMatching(/b$/)],
      failing: [{ rules: [{ profile: 'admission', severity: 'violation', findings: 1 }] }],
    })
    expect(broken()).toEqual([])
  }))

test('a changed rule reaches what is held at the next harvest, even one that finds the portal away; what was shown stays shown', () =>
  stricter(async engine => {
    const { body } = portal.answers['/feed.ttl'] as { body: string }
    portal.answers = {}
    const before = [house.ledger.all('SELECT id, digest, shown_from FROM version'), currentRevision(house.ledger)]
    expect(await run(source, engine)).toMatchObject({ state: 'failed', judged: 3 })
    expect([broken(), admissions()]).toEqual([
      ['b'],
      [
        ['a', 'published'],
        ['b', 'quarantined'],
        ['c', 'published'],
      ],
    ])
    expect([house.ledger.all('SELECT id, digest, shown_from FROM version'), currentRevision(house.ledger)]).toEqual(before)
    portal.answers = { '/feed.ttl': { type: 'text/turtle', body } }
    expect(await run(source, engine)).toMatchObject({ state: 'complete', unchanged: 3, judged: 0 })
  }))

test('a rule that is taken back finds nothing any more', async () => {
  expect(await house.harvest(source)).toMatchObject({ state: 'complete', unchanged: 3, judged: 3 })
  expect([broken(), admissions()]).toEqual([
    [],
    [
      ['a', 'published'],
      ['b', 'published'],
      ['c', 'published'],
    ],
  ])
})

test('a profile that is not there is named before anything is read', async () => {
  writeFileSync(join(house.folder, 'lost.yaml'), edition.replace('[admission, dcat-ap]', '[admission, lost]'))
  await expect(openEngine(readCatalogue(join(house.folder, 'lost.yaml'), {}), house.ledger)).rejects.toMatchObject({
    code: 'configuration',
    message: expect.stringContaining('no profile "lost"') as string,
  })
})
