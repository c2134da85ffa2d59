import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { addressesAt } from '../../demo/portals.ts'
import { feed } from '../harvest/protocols/dcat/feed.ts'
import { startPortal } from '../portal.ts'
import { edition, fihrist } from './fihrist.ts'

test('prune says first what would go, lets it go, and then there is nothing more; a harvest does it by itself', async () => {
  const portal = await startPortal({ '/feed.ttl': { type: 'text/turtle', body: feed(['a', 'b']) } })
  const cwd = edition({ 'harvesters/small.yaml': `title: { fr: Petit }\nprotocol: dcat\nurl: ${portal.url}/feed.ttl\n` })
  const env = addressesAt(portal.url)
  const cli = async (...args: string[]) => (await fihrist(args, { cwd, env })).out
  const next = (edition: number) => {
    portal.answers = { '/feed.ttl': { type: 'text/turtle', body: feed(['a', 'b'], { edition }) } }
    return cli('harvest', 'small', '--quiet')
  }
  const longAgo = () => {
    const database = new DatabaseSync(join(cwd, 'data/ledger.sqlite'))
    database.exec(`UPDATE revision SET at = '2020-01-01T00:00:00.000Z'`)
    database.close()
  }
  await next(1)
  await next(2)
  expect(await cli('prune', 'small')).toBe('small: nothing to let go\nThe catalogue is whole from revision 0 on.\n')
  writeFileSync(join(cwd, 'catalogue.yaml'), `${readFileSync(join(cwd, 'catalogue.yaml'), 'utf8')}retention: { versions: { keep: 1 } }\n`)
  longAgo()
  expect(await cli('prune', '--dry-run')).toMatch(
    /small: would let go 2 versions \(\d+ kB\)\nThe catalogue is whole from revision 0 on \(dry run: nothing was let go\)\.\n$/,
  )
  expect(JSON.parse(await cli('prune', 'small', '--json'))).toMatchObject({
    dryRun: false,
    wholeFrom: 2,
    sources: [{ source: 'small', versions: 2, payloads: 0, runs: 0 }],
  })
  expect(await cli('prune', 'small')).toBe('small: nothing to let go\nThe catalogue is whole from revision 2 on.\n')
  await next(3)
  longAgo()
  await next(3)
  expect(await cli('prune', 'small')).toBe('small: nothing to let go\nThe catalogue is whole from revision 3 on.\n')
  await portal.close()
}, 120_000)

test('a retention that is not understood names file, line and key', async () => {
  const cwd = edition()
  writeFileSync(join(cwd, 'catalogue.yaml'), `${readFileSync(join(cwd, 'catalogue.yaml'), 'utf8')}retention:\n  versions: { keep: 0 }\n`)
  const { code, err } = await fihrist(['prune'], { cwd })
  expect(code).toBe(2)
  expect(err).toMatch(/catalogue\.yaml:\d+: retention\.versions\.keep: /)
})
