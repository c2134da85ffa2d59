import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { feed } from '../harvest/protocols/dcat/feed.ts'
import { startPortal } from '../portal.ts'
import { fihrist, smallEdition } from './fihrist.ts'

/** Two sources that both publish the dataset b: `one` comes first. */
async function harvested() {
  // As most servers do it answers 304 to who has read the feed already.
  const portal = await startPortal(
    Object.fromEntries(
      [
        ['/one.ttl', ['a', 'b']],
        ['/two.ttl', ['b', 'c']],
      ].map(([path, ids]) => [
        path as string,
        (request, response) => {
          if (request.headers['if-none-match'] === '"1"') return void response.writeHead(304).end()
          response.writeHead(200, { 'content-type': 'text/turtle', etag: '"1"' }).end(feed(ids as string[]))
        },
      ]),
    ),
  )
  onTestFinished(() => portal.close())
  const yaml = (id: string, more: string) => `title: { fr: Source ${id} }\nprotocol: dcat\nurl: ${portal.url}/${id}.ttl\n${more}`
  const cwd = smallEdition({ one: yaml('one', 'priority: 10\n'), two: yaml('two', '') })
  const file = join(cwd, 'harvesters/one.yaml')
  const cli = (...args: string[]) => fihrist(args, { cwd })
  expect((await cli('harvest', '--quiet')).code).toBe(0)
  return {
    cli,
    file,
    gone: () => rmSync(file),
    back: (more = 'priority: 10\n') => writeFileSync(file, yaml('one', more)),
    published: async () =>
      [
        ...new Set(
          [...(await cli('export', '--format', 'ntriples')).out.matchAll(/\/record\/([\w-]+)> <http:\/\/purl.org\/dc\/terms\/identifier>/g)].map(
            ([, id]) => id,
          ),
        ),
      ].sort(),
    status: async () => JSON.parse((await cli('status', '--json')).out) as { revision: number; records: Record<string, number>; orphans: object[] },
  }
}

test('a source whose file is deleted stays published and is told of, until it is forgotten: its records leave tombstones, and what others publish too is shown from them', async () => {
  const { cli, gone, published, status } = await harvested()
  expect(await published()).toEqual(['one-jeu-a', 'one-jeu-b', 'two-jeu-c'])
  gone()
  await cli('harvest', '--quiet')
  expect(await published()).toEqual(['one-jeu-a', 'one-jeu-b', 'two-jeu-c'])
  expect((await cli('status')).out).toMatch(
    /^ {2}one +no file +2 published: .*harvesters holds no one\.yaml; put it back, or let its records go: fihrist forget one$/m,
  )
  const { revision, orphans } = await status()
  expect(orphans).toMatchObject([{ id: 'one', records: { published: 2 }, last: expect.stringContaining('T') }])

  expect((await cli('forget', 'one', '--dry-run')).out).toBe(
    'one: would let go 2 records (2 published); 1 of the datasets would be shown from another source (dry run: nothing was let go)\n',
  )
  expect((await status()).revision).toBe(revision)
  expect((await cli('forget', 'one')).out).toBe(
    `one: let go 2 records (2 published); 1 of the datasets is shown from another source; revision ${revision + 1}\n`,
  )
  expect(await published()).toEqual(['two-jeu-b', 'two-jeu-c'])
  expect(await status()).toMatchObject({ records: { published: 2, removed: 2 }, orphans: [] })
  expect((await cli('forget', 'one')).out).toBe('one: nothing is held of it\n')
  expect((await status()).revision).toBe(revision + 1)
}, 120_000)

test('what is kept of a forgotten source is pruned by the retention as that of others is', async () => {
  const { cli, gone } = await harvested()
  gone()
  await cli('forget', 'one')
  expect((await cli('prune')).out).toContain('one: nothing to let go\n')
  expect((await cli('prune', 'three')).err).toContain('There is no source "three"; there are: two, one.')
}, 120_000)

test('a forgotten source that comes back is read as if for the first time, though its portal says that nothing has changed', async () => {
  const { cli, gone, back, published } = await harvested()
  gone()
  expect(JSON.parse((await cli('forget', 'one', '--json')).out)).toEqual({
    source: 'one',
    dryRun: false,
    revision: 3,
    records: { published: 2, quarantined: 0, withheld: 0, missing: 0 },
    elsewhere: 1,
  })
  back()
  expect((await cli('harvest', 'one')).out).toContain('one: complete, 2 seen')
  expect(await published()).toEqual(['one-jeu-a', 'one-jeu-b', 'two-jeu-c'])
}, 120_000)

test('a source that is harvested is not forgotten; one that is disabled is', async () => {
  const { cli, file, back, published } = await harvested()
  const refused = await cli('forget', 'one')
  expect(refused.code).toBe(2)
  expect(refused.err).toBe(
    `fihrist: one is harvested: its next run would bring back all that goes. Delete ${file}, or say enabled: false in it; then forget it.\n`,
  )
  back('enabled: false\n')
  expect((await cli('forget', 'one')).code).toBe(0)
  expect(await published()).toEqual(['two-jeu-b', 'two-jeu-c'])
}, 120_000)

test('a name that nobody knows is refused, with those that there are', async () => {
  const { cli } = await harvested()
  for (const name of ['on', '../two', '_schedule']) {
    const { code, err } = await cli('forget', name)
    expect(code).toBe(2)
    expect(err).toBe(`fihrist: Nobody knows a source "${name}". The ledger has met one, two.\n`)
  }
}, 120_000)
