import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { ckanAnswers, packageOf } from '../harvest/protocols/ckan/portal.ts'
import { startPortal, type Answer } from '../portal.ts'
import { fihrist, smallEdition } from './fihrist.ts'

async function ckan(): Promise<string> {
  const status: Answer = {
    type: 'application/json',
    body: JSON.stringify({ success: true, result: { site_title: 'Données: les "nôtres" # ici', locale_default: 'fr' } }),
  }
  const portal = await startPortal({
    '/': { type: 'text/html', body: '<html lang="fr"></html>' },
    ...ckanAnswers([packageOf('1', { title_ar: 'واحد' }), packageOf('2')]),
    '/api/3/action/status_show?*': status,
  })
  onTestFinished(() => portal.close())
  return portal.url
}

test('probe says what it asks, and writes the file of a source that can be harvested at once; it overwrites none', async () => {
  const url = await ckan()
  const cwd = smallEdition({})
  const { code, out, err } = await fihrist(['probe', url, '--write', '--id', 'ma-essai'], { cwd })
  expect(code).toBe(0)
  expect(err).toContain(`  ckan          ${url}/api/3/action/package_search?rows=5 → JSON\n`)
  expect(err).toContain(`Found: ckan ${url}/ (2 datasets; languages fr, ar; licences named cc-by)`)
  expect(out).toBe(`# Found by fihrist probe ${url}: 2 datasets; languages fr, ar; licences named cc-by.
# Look at it before you enable it: publisher, licence, schedule and limits are in docs/configuration.md.
title:
  fr: 'Données: les "nôtres" # ici'
protocol: ckan
url: ${url}/
language: fr
enabled: false
options:
  languages:
    ar: ar
`)
  const file = join(cwd, 'harvesters/ma-essai.yaml')
  expect(readFileSync(file, 'utf8')).toBe(out)
  expect((await fihrist(['sources'], { cwd })).out).toContain(`ma-essai: Données: les "nôtres" # ici\n  ckan ${url}/\n  disabled`)
  expect((await fihrist(['harvest', 'ma-essai', '--dry-run'], { cwd })).out).toContain('2 added')

  writeFileSync(file, 'mine')
  const again = await fihrist(['probe', url, '--write', '--id', 'ma-essai'], { cwd })
  expect(again.code).toBe(2)
  expect(again.err).toMatch(/ma-essai\.yaml is there already, and is left as it is\. Choose another name: --id ID\./)
  expect(readFileSync(file, 'utf8')).toBe('mine')
})

test('probe --json gives all of it to programs, and writes nothing', async () => {
  const url = await ckan()
  const cwd = smallEdition({})
  const { out, err } = await fihrist(['probe', url, '--json'], { cwd })
  expect(err).toBe('')
  expect(JSON.parse(out)).toMatchObject({
    url,
    id: '127-0-0-1',
    file: null,
    gaveUp: null,
    found: [{ protocol: 'ckan', datasets: 2 }],
    tried: [{ protocol: '', url, answered: 'a page of HTML' }, { protocol: 'ckan', answered: 'JSON' }, { answered: 'JSON' }],
    yaml: expect.stringContaining('enabled: false'),
  })
  expect(existsSync(join(cwd, 'harvesters/127-0-0-1.yaml'))).toBe(false)
})

test('a portal that speaks nothing known is an error that lists what was tried', async () => {
  const portal = await startPortal({ '/': { type: 'text/html', body: '<html></html>' } })
  onTestFinished(() => portal.close())
  const { code, out, err } = await fihrist(['probe', portal.url, '--write', '--quiet'], { cwd: smallEdition({}) })
  expect([code, out]).toEqual([1, ''])
  expect(err).toMatch(/speaks none of the protocols that are known, as far as \d+ addresses were asked\. Give the address of its API or feed itself/)
  expect(err).toContain('/data.json → HTTP 404')
})

test('an address that cannot be asked is one sentence', async () => {
  const cwd = smallEdition({})
  const wrong: [args: string[], said: RegExp][] = [
    [['http://127.0.0.1:1/'], /cannot be reached/],
    [['http://'], /is no address/],
    [['http://10.0.0.1/'], /10\.0\.0\.1, which is private/],
    [['https://portail.example/', '--id', '../x'], /--id: "\.\.\/x" can be no file name/],
  ]
  for (const [args, said] of wrong) {
    const { code, err } = await fihrist(['probe', ...args], { cwd })
    expect(code).toBe(2)
    expect(err).toMatch(said)
  }
})
