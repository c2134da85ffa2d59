import { describe, expect, test } from 'vitest'
import { checkSource, type Source } from '../../../src/config/sources.ts'
import { protocolOptions } from '../../../src/harvest/protocols/index.ts'
import { mappingDigest } from '../../../src/harvest/run/mapping-digest.ts'
import { rebuild } from '../../../src/harvest/run/rebuild.ts'
import { currentRevision } from '../../../src/ledger/records/revisions.ts'
import { startPortal } from '../../portal.ts'
import { ckanAnswers, packageOf } from '../protocols/ckan/portal.ts'
import { answers, sample } from '../protocols/sdmx/portal.ts'
import { house, onStage, portal } from '../stage.ts'

// What decides what a payload becomes: where it has changed, every payload is mapped anew.

onStage()

describe('a source that is changed in its file', () => {
  const packages = ['a', 'b'].map(id => packageOf(id))

  test.each([{}, { full: true }])('moves: its records name the new address after the next run %j', async options => {
    const moved = await startPortal(ckanAnswers(packages))
    portal.answers = ckanAnswers(packages)
    await house.harvest(house.source('ckan', portal.url))
    expect(house.graph('portal-jeu-a')).toContain(`${portal.url}/dataset/jeu-a`)
    const report = await house.harvest(house.source('ckan', moved.url), options)
    await moved.close()
    expect(report).toMatchObject({ state: 'complete', updated: 2, unchanged: 0 })
    for (const id of ['portal-jeu-a', 'portal-jeu-b'])
      expect([house.graph(id).includes(moved.url), house.graph(id).includes(portal.url)]).toEqual([true, false])
  })

  test('has another title: what is made of the title is made anew', async () => {
    portal.answers = answers([sample('a')])
    const source = house.source('sdmx', `${portal.url}/rest`, { title: { fr: 'Ancien titre' } })
    expect(await house.harvest(source)).toMatchObject({ state: 'complete', added: 1 })
    const { id } = house.records()[0]!
    expect(house.graph(id)).toContain('"Ancien titre"@fr')
    expect(await house.harvest({ ...source, title: { fr: 'Nouveau titre' } })).toMatchObject({ state: 'complete', updated: 1 })
    expect(house.graph(id)).toContain('"Nouveau titre"@fr')
    expect(house.graph(id)).not.toContain('Ancien titre')
  })

  test('is only asked otherwise: nothing is mapped, and what is held is unchanged', async () => {
    portal.answers = ckanAnswers(packages)
    const source = house.source('ckan', portal.url)
    await house.harvest(source)
    const before = [house.content(), currentRevision(house.ledger)]
    const other = { ...source, priority: 7, schedule: '0 3 * * *', limits: { ...source.limits, timeoutS: 9 }, removal: { threshold: 1, graceDays: 1 } }
    const mapped = house.ledger.all('SELECT payload_digest FROM record')
    expect(await house.harvest(other, { full: true })).toMatchObject({ state: 'complete', unchanged: 2 })
    expect([house.content(), currentRevision(house.ledger)]).toEqual(before)
    expect(house.ledger.all('SELECT payload_digest FROM record')).toEqual(mapped)
  })
})

/** Another value for each key of a source, and whether it decides what the payloads become. */
const keys: Record<keyof Source, { other: unknown; decides: boolean }> = {
  id: { other: 'another', decides: true },
  title: { other: { fr: 'Autre' }, decides: true },
  protocol: { other: 'udata', decides: true },
  url: { other: 'https://moved.example.org/', decides: true },
  publisher: { other: 'hcp', decides: true },
  language: { other: 'ar', decides: true },
  licence: { other: 'odbl-ma', decides: true },
  status: { other: 'planned', decides: true },
  options: { other: { pageSize: 7 }, decides: true },
  // What two records of one identifier become: two, or one of both.
  duplicates: { other: 'merge', decides: true },
  file: { other: 'other.yaml', decides: false },
  folder: { other: '/elsewhere', decides: false },
  schedule: { other: '0 3 * * *', decides: false },
  enabled: { other: false, decides: false },
  note: { other: { fr: 'En travaux' }, decides: false },
  priority: { other: 7, decides: false },
  robots: { other: true, decides: false },
  headers: { other: { Authorization: 'Bearer another' }, decides: false },
  ca: { other: '-----BEGIN CERTIFICATE-----', decides: false },
  limits: { other: { delayMs: 7, timeoutS: 7, maxBytes: 7 }, decides: false },
  removal: { other: { threshold: 0.7, graceDays: 70 }, decides: false },
  notify: { other: { token: 'a-token-of-sixteen-characters' }, decides: false },
  contact: { other: { mail: 'portal@example.org' }, decides: false },
}

const problemIn = (work: () => void): string => {
  try {
    work()
  } catch (error) {
    return (error as Error).message
  }
  return ''
}

describe('each key of a source', () => {
  test('is known here, and said to decide what payloads become or not', () => {
    const message = problemIn(() => checkSource('title: T\nprotocol: ckan\nurl: https://portal.example.org\nunheardOf: 1\n', 'portal.yaml', protocolOptions))
    const inFiles = message.replace(/.*known here: /, '').split(', ')
    expect([...inFiles, 'id', 'file', 'folder'].sort()).toEqual(Object.keys(keys).sort())
  })

  test.each(Object.entries(keys))('%s: %j', (key, { other, decides }) => {
    const source = house.source('ckan', 'https://portal.example.org/')
    const digest = mappingDigest(source, house.engine)
    expect(mappingDigest({ ...source, [key]: other } as Source, house.engine) !== digest).toBe(decides)
  })

  test('may stand in any order, and one that is not said is as good as none', () => {
    const source = house.source('ckan', 'https://portal.example.org/')
    const turned = Object.fromEntries(Object.entries({ ...source, publisher: undefined }).toReversed()) as unknown as Source
    expect(mappingDigest(turned, house.engine)).toBe(mappingDigest(source, house.engine))
  })
})

describe('a ledger that a former version of the program has written', () => {
  const digests = () => house.ledger.all<{ payload_digest: string }>('SELECT payload_digest FROM record ORDER BY n').map(row => row.payload_digest)
  const former = async () => {
    portal.answers = ckanAnswers(['a', 'b', 'c'].map(id => packageOf(id)))
    const source = house.source('ckan', portal.url)
    await house.harvest(source)
    const todays = digests()
    house.ledger.run(`UPDATE record SET payload_digest = 'former ' || n`)
    house.ledger.run(`UPDATE run SET fingerprint = 'former'`)
    return { source, todays, before: [house.content(), currentRevision(house.ledger), house.ledger.all('SELECT * FROM version')] }
  }
  const now = () => [house.content(), currentRevision(house.ledger), house.ledger.all('SELECT * FROM version')]

  test('is mapped anew by the next run, which finds everything unchanged and writes no version', async () => {
    const { source, todays, before } = await former()
    expect(await house.harvest(source)).toMatchObject({ state: 'complete', seen: 3, unchanged: 3, updated: 0, problems: [] })
    expect([now(), digests()]).toEqual([before, todays])
    expect(await house.harvest(source)).toMatchObject({ state: 'complete', unchanged: 3 })
  })

  test('is rebuilt unchanged', async () => {
    const { source, todays, before } = await former()
    expect(await rebuild(source, house.engine)).toMatchObject({ seen: 3, updated: 0, unchanged: 3, failed: 0 })
    expect([now(), digests()]).toEqual([before, todays])
  })
})
