import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { startPortal } from '../portal.ts'
import { feed } from './dcat-feed.ts'
import { openHouse } from './harvest.ts'

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
    portal.answers = { '/feed.ttl': { type: 'text/turtle', body: feed(['a', 'b', 'new']).replace('Description a, version 1', `Description a, anew${'x'.repeat(300)}`).replace('dct:title "Jeu b"@fr ;', '') } }
    const { preview } = await house.harvest(source, { dryRun: true })
    const id = (key: string) => house.records().find(record => record.key.endsWith(`/${key}`))!.id
    expect(preview!.added).toEqual([expect.stringMatching(/new$/)])
    expect(preview!.gone).toEqual([id('gone')])
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
