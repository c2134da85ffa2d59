import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Source } from '../../../src/config/sources.ts'
import { changesBetween } from '../../../src/ledger/records/changes.ts'
import { decide } from '../../../src/ledger/records/decisions.ts'
import { recordById } from '../../../src/ledger/records/records.ts'
import { currentRevision } from '../../../src/ledger/records/revisions.ts'
import { search } from '../../../src/ledger/records/search.ts'
import { activitiesOf } from '../../../src/outlets/ldes/activities.ts'
import { formatByName } from '../../../src/rdf/formats.ts'
import { hydraPage } from '../../outlets/feed.ts'
import { startPortal, type Portal } from '../../portal.ts'
import { openHouse, type House } from '../harvest.ts'
import { feed } from '../protocols/dcat/feed.ts'

// What a steward decides of a record outlives every harvest.

let house: House
let portal: Portal
let source: Source
beforeAll(async () => {
  portal = await startPortal({ '/feed.ttl': { type: 'text/turtle', body: feed(['a', 'b']) } })
  house = await openHouse()
  source = house.source('dcat', `${portal.url}/feed.ttl`)
  await house.harvest(source)
})
afterAll(async () => {
  await house.close()
  await portal.close()
})

const record = () => recordById(house.ledger, 'portal-jeu-a')!
const listed = () => search(house.ledger, {}).records.map(({ id }) => id)
const word = (what: 'withhold' | 'release') =>
  decide(house.ledger, record().n, { what, reason: 'Des noms de personnes', name: 'Salma', at: new Date().toISOString() })

test('a record that is withheld goes from lists and followers at once, and no harvest brings it back', async () => {
  const before = currentRevision(house.ledger)
  word('withhold')
  expect([record().admission, record().shown, listed()]).toEqual(['withheld', null, ['portal-jeu-b']])
  const changes = [...changesBetween(house.ledger, before, currentRevision(house.ledger), { last: true })]
  expect(changes.map(({ id, version }) => [id, version])).toEqual([['portal-jeu-a', null]])

  await house.harvest(source)
  expect(record().admission).toBe('withheld')
  portal.answers = { '/feed.ttl': { type: 'text/turtle', body: feed(['a', 'b']).replaceAll('Jeu a', 'Jeu a, corrigé') } }
  await house.harvest(source)
  expect([record().admission, listed()]).toEqual(['withheld', ['portal-jeu-b']])
})

test('a page of a former revision shows nothing of it any more, though somebody has read it before', async () => {
  const publication = { ledger: house.ledger, catalogue: house.engine.catalogue, vocabulary: house.engine.vocabulary, sources: [source] }
  const revision = currentRevision(house.ledger)
  const page = () => hydraPage(publication, { address: 'https://catalogue.example.ma/catalog.ttl', format: formatByName('turtle')!, revision })
  word('release')
  await house.harvest(source)
  const shown = currentRevision(house.ledger)
  const ofShown = () => hydraPage(publication, { address: 'https://catalogue.example.ma/catalog.ttl', format: formatByName('turtle')!, revision: shown })
  expect([(await page()).total, (await ofShown()).total]).toEqual([1, 2])
  expect((await ofShown()).text).toContain('Jeu a, corrigé')
  const before = currentRevision(house.ledger)
  word('withhold')
  // Who follows the event stream is told that it is gone.
  const [change] = changesBetween(house.ledger, before, currentRevision(house.ledger))
  expect(activitiesOf(publication, change!, 'https://catalogue.example.ma/ldes')).toMatchObject([{ type: 'Delete', object: record().dataset }])
  expect(await ofShown()).toMatchObject({ total: 1, text: expect.not.stringContaining('Jeu a, corrigé') })
})

test('one that is released is judged again and shown by the next run, though its portal is away', async () => {
  portal.answers = {}
  word('release')
  await house.harvest(source)
  expect([record().admission, record().title, listed().toSorted()]).toEqual(['published', { fr: 'Jeu a, corrigé' }, ['portal-jeu-a', 'portal-jeu-b']])
})
