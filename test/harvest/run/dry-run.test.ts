import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Source } from '../../../src/config/sources.ts'
import { saidOf } from '../../ledger/said.ts'
import { startPortal } from '../../portal.ts'
import { openHouse, type House } from '../harvest.ts'
import { ckanAnswers, packageOf } from '../protocols/ckan/portal.ts'
import { feed } from '../protocols/dcat/feed.ts'

/** A house that has harvested a feed, and whose portal now says something else. */
async function after(
  before: string,
  now: string,
  more: Partial<Source>,
  work: (house: House, source: Source, id: (key: string) => string) => Promise<void>,
): Promise<void> {
  const house = await openHouse()
  const portal = await startPortal({ '/feed.ttl': { type: 'text/turtle', body: before } })
  try {
    const source = house.source('dcat', `${portal.url}/feed.ttl`, more)
    await house.harvest(source)
    portal.answers = { '/feed.ttl': { type: 'text/turtle', body: now } }
    await work(house, source, key => house.records().find(record => record.key.endsWith(`/${key}`))!.id)
  } finally {
    await portal.close()
    await house.close()
  }
}

const keys = 'abcdefghij'.split('')

test('what would be marked missing is told from what would be removed, and the counts are those of a real run', () =>
  after(feed(keys), feed(keys.slice(2)), { removal: { threshold: 0.3, graceDays: 7 } }, async (house, source, id) => {
    const dry = await house.harvest(source, { dryRun: true })
    expect(dry).toMatchObject({ state: 'complete', missing: 2, removed: 0, preview: { missing: [id('a'), id('b')], removed: [] } })
    expect(await house.harvest(source)).toMatchObject({ state: 'complete', missing: 2, removed: 0, gone: dry.gone })
    house.ledger.run(`UPDATE record SET missing_since = '2020-01-01T00:00:00.000Z' WHERE id = ?`, id('a'))
    expect(await house.harvest(source, { dryRun: true })).toMatchObject({
      state: 'complete',
      missing: 0,
      removed: 1,
      preview: { missing: [], removed: [id('a')] },
    })
    expect(await house.harvest(source)).toMatchObject({ state: 'complete', missing: 0, removed: 1 })
  }))

test("a run that would be held says so, with the list of what a person's word would let go; with that word it is not held", () =>
  after(feed(keys), feed(keys.slice(5)), { removal: { threshold: 0.2, graceDays: 7 } }, async (house, source, id) => {
    house.ledger.run(`UPDATE record SET admission = 'missing', missing_since = '2020-01-01T00:00:00.000Z' WHERE id = ?`, id('a'))
    const would = { missing: ['b', 'c', 'd', 'e'].map(id), removed: [id('a')] }
    const dry = await house.harvest(source, { dryRun: true })
    expect(dry).toMatchObject({ state: 'held', missing: 0, removed: 0, preview: { missing: [], removed: [], held: would } })
    expect(dry.problems[0]!.message).toMatch(/^4 of 10 records/)
    const accepted = await house.harvest(source, { dryRun: true, acceptRemovals: true })
    expect(accepted).toMatchObject({ state: 'complete', missing: 4, removed: 1, preview: would })
    expect(accepted.preview!.held).toBeUndefined()
    expect(await house.harvest(source)).toMatchObject({ state: 'held', problems: [{ message: dry.problems[0]!.message }] })
    expect(await house.harvest(source, { acceptRemovals: true })).toMatchObject({ state: 'complete', missing: 4, removed: 1 })
  }))

test('rules that a record newly breaks are named, those that it broke before are not', () =>
  after(
    feed(['a', 'b']),
    feed(['a', 'b', 'new']).replace('dct:title "Jeu b"@fr ;', '').replace('Description a, version 1', 'Description a, anew'),
    {},
    async (house, source, id) => {
      const { preview } = await house.harvest(source, { dryRun: true })
      const broken = (of: string) =>
        preview!.failing.find(each => each.id === of)?.rules.map(({ profile, rule, severity }) => `${profile} ${rule.replace(/.*#/, '')} ${severity}`) ?? []
      expect(broken(id('a'))).toEqual([])
      expect(broken(id('b'))).toContain('admission dataset-title violation')
      expect(broken(id('b')).length).toBeLessThan(4)
      // What is new is new with all that is wrong with it, so much as the others have.
      expect(broken(preview!.added[0]!).length).toBe(new Set(saidOf(house.ledger, id('a')).findings.map(({ rule }) => rule)).size)
      expect(preview!.quarantined).toEqual([id('b')])
    },
  ))

test('records that cannot be read are named, with what is held of them', async () => {
  const house = await openHouse()
  const portal = await startPortal(ckanAnswers([packageOf('a'), packageOf('b')]))
  try {
    const source = house.source('ckan', portal.url)
    await house.harvest(source)
    portal.answers = ckanAnswers([packageOf('a'), packageOf('b'), packageOf('b', { title: 'again' }), packageOf('c'), packageOf('c', { title: 'again' })])
    const { preview, failed, state } = await house.harvest(source, { dryRun: true })
    expect(preview!.unreadable.map(({ key, id, code }) => [key, id, code])).toEqual([
      ['b', 'portal-jeu-b', 'duplicate-id'],
      ['c', null, 'duplicate-id'],
    ])
    expect(await house.harvest(source)).toMatchObject({ failed, state })
  } finally {
    await portal.close()
    await house.close()
  }
})

test('lists are cut where that is asked for, and say by how much; else all is named', () =>
  after(feed(['a', 'b', 'c']), feed(['a', 'b', 'c', 'd', 'e'], { edition: 2 }), {}, async (house, source) => {
    const cut = (await house.harvest(source, { dryRun: true, listed: 1 })).preview!
    expect([cut.added.length, cut.changed.length, cut.more.added, cut.more.changed]).toEqual([1, 1, 1, 2])
    const whole = (await house.harvest(source, { dryRun: true })).preview!
    expect([whole.added.length, whole.changed.length, whole.more.added, whole.more.changed]).toEqual([2, 3, 0, 0])
  }))

test('a dry run says what would be added, changed, gone and kept back, and leaves the ledger byte for byte as it was', async () => {
  const house = await openHouse()
  const portal = await startPortal({ '/feed.ttl': { type: 'text/turtle', body: feed(['a', 'b', 'gone']) } })
  try {
    const source = house.source('dcat', `${portal.url}/feed.ttl`)
    const first = await house.harvest(source)
    expect(first.preview).toBeUndefined()
    house.ledger.get('PRAGMA wal_checkpoint(TRUNCATE)')
    const bytes = () => [readFileSync(house.ledger.file), readFileSync(`${house.ledger.file}-wal`)]
    const before = bytes()
    portal.answers = {
      '/feed.ttl': {
        type: 'text/turtle',
        body: feed(['a', 'b', 'new'])
          .replace('Description a, version 1', `Description a, anew${'x'.repeat(300)}`)
          .replace('dct:title "Jeu b"@fr ;', ''),
      },
    }
    const { preview } = await house.harvest(source, { dryRun: true, listed: 50 })
    const id = (key: string) => house.records().find(record => record.key.endsWith(`/${key}`))!.id
    expect(preview!.added).toEqual([expect.stringMatching(/new$/)])
    expect([preview!.missing, preview!.removed, preview!.held]).toEqual([[], [], { missing: [id('gone')], removed: [] }])
    expect(preview!.quarantined).toEqual([id('b')])
    expect(preview!.changed.map(change => change.id).sort()).toEqual([id('a'), id('b')].sort())
    expect(preview!.changed.find(change => change.id === id('b'))!.properties).toMatchObject({ 'dct:title': { removed: ['Jeu b'], added: [] } })
    const described = preview!.changed.find(change => change.id === id('a'))!.properties['dct:description']!
    expect(described.removed).toEqual(['Description a, version 1'])
    expect(described.added[0]).toMatch(/^Description a, anewx+… \(\+\d+\)$/)
    expect(bytes()).toEqual(before)
  } finally {
    await portal.close()
    await house.close()
  }
})

test('a rule that is broken more often than findings are told one by one is counted whole', () => {
  const files = Array.from({ length: 150 }, (_, at) => `<https://portal.example.ma/f${at}> a dcat:Distribution .`).join('\n')
  const links = Array.from({ length: 150 }, (_, at) => `<https://portal.example.ma/f${at}>`).join(', ')
  const [known] = feed(['a']).match(/<[^<>]*\/a>/) ?? []
  return after(feed(['a']), `${feed(['a'])}\n${known} dcat:distribution ${links} .\n${files}\n`, {}, async (house, source) => {
    const { preview } = await house.harvest(source, { dryRun: true })
    const rules = preview!.failing[0]!.rules.map(({ rule, findings }) => [rule.replace(/.*#/, ''), findings])
    expect(rules).toContainEqual(['distribution-access-url', 150])
  })
})
