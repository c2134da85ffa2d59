import { expect, test } from 'vitest'
import { addressesAt } from '../../demo/portals.ts'
import { feed } from '../harvest/protocols/dcat/feed.ts'
import { startPortal } from '../portal.ts'
import { edition, fihrist } from './fihrist.ts'

test('a dry run tells what would happen, in words and whole as JSON, and ends with the exit code of a real one', async () => {
  const many = Array.from({ length: 60 }, (_, at) => `n${at}`)
  const portal = await startPortal({ '/feed.ttl': { type: 'text/turtle', body: feed([...many, 'x', 'y']) } })
  const cwd = edition({ 'harvesters/small.yaml': `title: { fr: Petit }\nprotocol: dcat\nurl: ${portal.url}/feed.ttl\n` })
  const env = addressesAt(portal.url)
  const run = (...args: string[]) => fihrist(['harvest', 'small', ...args], { cwd, env })
  expect((await run('--dry-run')).out).toMatch(/62 seen[\s\S]*\+ small-jeu-n0\n[\s\S]*\+ and 12 more\n/)
  expect((await run('--quiet')).code).toBe(0)
  portal.answers = {
    '/feed.ttl': { type: 'text/turtle', body: feed(['x', 'y', 'z']).replace('Description x, version 1', 'anew').replace('dct:title "Jeu y"@fr ;', '') },
  }
  const { code, out } = await run('--dry-run')
  expect(code).toBe(1)
  expect(out).toMatch(/^small: held \(dry run: nothing was kept\), 3 seen in .*: 1 added, 2 updated/)
  expect(out).toContain('  + small-jeu-z\n  ~ small-jeu-x\n      - dct:description Description x, version 1\n      + dct:description anew\n')
  expect(out).toContain('  held: nothing of the following goes unless it is said with --accept-removals\n  missing: small-jeu-n0\n')
  expect(out).toContain('  missing: and 10 more\n  quarantined: small-jeu-y\n')
  expect(out).toMatch(/ {2}fails: small-jeu-y: admission dataset-title \(violation\)/)
  const whole = JSON.parse((await run('--dry-run', '--json')).out) as { runs: { state: string; preview: { held: { missing: string[] } } }[] }
  expect([whole.runs[0]!.state, whole.runs[0]!.preview.held.missing.length]).toEqual(['held', 60])
  const accepted = await run('--dry-run', '--accept-removals')
  expect([accepted.code, accepted.out.includes('held:'), accepted.out.includes('  missing: small-jeu-n0\n')]).toEqual([0, false, true])
  expect((await run('--quiet')).code).toBe(1)
  await portal.close()
}, 120_000)
