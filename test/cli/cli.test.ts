import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addressesOf, startPortals, type DemoPortal } from '../../demo/portals.ts'
import { protocols } from '../../src/harvest/protocols/index.ts'
import { formatByName, formats } from '../../src/rdf/formats.ts'
import { parse } from '../../src/rdf/parse.ts'
import { edition, fihrist, starts } from './fihrist.ts'

let portals: DemoPortal[]
let env: Record<string, string>
beforeAll(async () => {
  portals = await startPortals()
  env = addressesOf(portals)
})
afterAll(() => Promise.all(portals.map(portal => portal.close())))

interface Run {
  source: string
  state: string
  seen: number
  outcomes: Record<string, number>
  quarantined: number
  repairs: number
  durationMs: number
  problems: { code: string; message: string }[]
}
const harvested = (out: string) => JSON.parse(out) as { revision: number; runs: Run[] }

describe('harvest', () => {
  test("reads every enabled source, prints the contract's JSON, and the second time finds everything unchanged", async () => {
    const cwd = edition()
    const first = await fihrist(['harvest', '--json'], { cwd, env })
    expect(first.code, first.err).toBe(0)
    const { revision, runs } = harvested(first.out)
    expect(revision).toBeGreaterThan(0)
    expect(runs.map(run => [run.source, run.state, run.seen, run.outcomes])).toEqual([
      ['demo-equipement-eau', 'complete', 18, { added: 18, updated: 0, unchanged: 0, removed: 0, failed: 0 }],
      ['demo-inventaire', 'complete', 10, { added: 10, updated: 0, unchanged: 0, removed: 0, failed: 0 }],
      ['demo-national', 'complete', 85, { added: 85, updated: 0, unchanged: 0, removed: 0, failed: 0 }],
      ['demo-souss-massa', 'complete', 36, { added: 36, updated: 0, unchanged: 0, removed: 0, failed: 0 }],
      ['demo-statistiques', 'complete', 12, { added: 12, updated: 0, unchanged: 0, removed: 0, failed: 0 }],
      ['demo-tenu', 'complete', 0, { added: 0, updated: 0, unchanged: 0, removed: 0, failed: 0 }],
      ['demo-urbanisme-safi', 'complete', 6, { added: 6, updated: 0, unchanged: 0, removed: 0, failed: 0 }],
    ])
    for (const run of runs)
      expect(Object.keys(run)).toEqual(expect.arrayContaining(['source', 'state', 'seen', 'outcomes', 'quarantined', 'repairs', 'durationMs', 'problems']))

    expect(runs[0]).toMatchObject({ run: 1, report: 'http://localhost:3000/sources/demo-equipement-eau/runs/1' })

    const second = harvested((await fihrist(['harvest', '--json'], { cwd, env })).out)
    expect(second.revision).toBe(revision)
    expect(second.runs.map(run => run.outcomes['unchanged'])).toEqual([18, 10, 85, 36, 12, 0, 6])
  })

  test('a dry run keeps nothing', async () => {
    const cwd = edition()
    const dry = await fihrist(['harvest', 'demo-national', '--dry-run', '--json'], { cwd, env })
    expect(harvested(dry.out).runs[0]!.outcomes['added']).toBe(85)
    const { out } = await fihrist(['status', '--json'], { cwd, env })
    expect((JSON.parse(out) as { revision: number }).revision).toBe(0)
  })

  test('a source that does not answer makes exit code 1 and costs the others nothing', async () => {
    const cwd = edition()
    const { code, out } = await fihrist(['harvest', '--json'], { cwd, env: { ...env, FIHRIST_DEMO_REGION: 'http://127.0.0.1:1/catalog.ttl' } })
    expect(code).toBe(1)
    const runs = harvested(out).runs
    expect(runs.map(run => run.state)).toEqual(['complete', 'complete', 'complete', 'failed', 'complete', 'complete', 'complete'])
    expect(runs[3]!.problems[0]!.code).toBe('unreachable')
    expect(runs[3]!.problems[0]!.message).toContain('http://127.0.0.1:1/catalog.ttl')

    const status = await fihrist(['status'], { cwd, env })
    expect(status.out).toMatch(/demo-souss-massa .*failed .*not complete for 1 run since .*unreachable/)
    const { sources } = JSON.parse((await fihrist(['status', '--json'], { cwd, env })).out) as { sources: object[] }
    expect(sources[3]).toMatchObject({ state: 'failed', broken: { runs: 1 }, errors: [{ code: 'unreachable', count: 1 }], lastCompleteRun: null, lagS: null })
    expect(sources[1]).toMatchObject({ state: 'complete', broken: null, late: false, errors: [], lagS: expect.any(Number) as number })
  })

  test('each run says where its report is read; a dry run has none', async () => {
    const cwd = edition()
    expect((await fihrist(['harvest', 'demo-equipement-eau'], { cwd, env })).out).toMatch(
      /^demo-equipement-eau: complete.*\n {2}report: http:\/\/localhost:3000\/sources\/demo-equipement-eau\/runs\/1$/m,
    )
    expect((await fihrist(['harvest', 'demo-equipement-eau', '--dry-run'], { cwd, env })).out).not.toContain('report:')
  }, 60_000)

  test('a loopback portal is refused unless its addresses are listed, and the message says how to list them', async () => {
    const cwd = edition({ 'catalogue.yaml': readFileSync('demo/catalogue.yaml', 'utf8').replace(/allowAddresses: \[[^\]]*\]/, 'allowAddresses: []') })
    const { code, out } = await fihrist(['harvest', 'demo-national', '--json'], { cwd, env })
    expect(code).toBe(1)
    const [problem] = harvested(out).runs[0]!.problems
    expect(problem!.code).toBe('address-refused')
    expect(problem!.message).toContain('allowAddresses')
  })

  test('an unknown source names those there are', async () => {
    const { code, err } = await fihrist(['harvest', 'nowhere'], { cwd: edition(), env })
    expect(code).toBe(2)
    expect(err).toBe(
      'fihrist: There is no source "nowhere"; there are: demo-equipement-eau, demo-inventaire, demo-national, demo-souss-massa, demo-statistiques, demo-tenu, demo-urbanisme-safi.\n',
    )
  })
})

describe.each(['nonsense', 'constructor'])('a word that is no name of ours (%s)', word => {
  test('is no command', async () => {
    const { code, err } = await fihrist([word])
    expect([code, err.split('\n')[0]]).toEqual([2, `error: unknown command '${word}'`])
  })

  test('is no protocol', async () => {
    const { code, err } = await fihrist(['protocols', word])
    expect([code, err]).toEqual([
      2,
      expect.stringMatching(new RegExp(`^fihrist: There is no protocol "${word}"; there are: ${Object.keys(protocols).sort().join(', ')}`)),
    ])
  })
})

describe('a wrong configuration is one sentence with file and line, and exit code 2', () => {
  const source = 'title: { en: x }\nprotocol: ckan\nurl: https://example.org/\n'
  const cases: [what: string, files: Record<string, string>, sentence: RegExp][] = [
    [
      'a key that is not known in a source',
      { 'harvesters/a.yaml': `${source}colour: red\n` },
      /harvesters\/a\.yaml:4: unknown key "colour"; known here: title, protocol/,
    ],
    ['a key that is not known in an option', { 'harvesters/a.yaml': `${source}options:\n  pagesize: 5\n` }, /harvesters\/a\.yaml:5: .*pagesize/],
    [
      'a protocol that is not known',
      { 'harvesters/a.yaml': 'title: { en: x }\nprotocol: gopher\nurl: https://example.org/\n' },
      new RegExp(`harvesters/a\\.yaml:2: protocol: unknown protocol "gopher"; known: ${Object.keys(protocols).join(', ')}`),
    ],
    [
      'a protocol that is a word of JavaScript',
      { 'harvesters/a.yaml': 'title: { en: x }\nprotocol: constructor\nurl: https://example.org/\n' },
      new RegExp(`harvesters/a\\.yaml:2: protocol: unknown protocol "constructor"; known: ${Object.keys(protocols).join(', ')}`),
    ],
    [
      'a key that is not known in catalogue.yaml',
      { 'catalogue.yaml': 'base: https://example.org\nspeling: x\n' },
      /catalogue\.yaml:2: unknown key "speling"|catalogue\.yaml:1: title/,
    ],
    ['a catalogue.yaml that is no YAML', { 'catalogue.yaml': 'base: [\n' }, /catalogue\.yaml:\d+: this is not YAML/],
    [
      'an environment variable that is not set',
      { 'harvesters/a.yaml': `${source}publisher: env:NOBODY_SET_THIS\n` },
      /harvesters\/a\.yaml:4: the environment variable NOBODY_SET_THIS is not set/,
    ],
    [
      'a profile of compliance that is not run',
      { 'catalogue.yaml': 'base: https://example.org\ntitle: { en: x }\npublisher: add\nlanguages: [en]\nprofiles: [admission]\ncompliance: dcat-ap\n' },
      /catalogue\.yaml: compliance: "dcat-ap" is not among the profiles \(admission\), so every record would comply with it\./,
    ],
    [
      'a publisher that no list knows',
      { 'harvesters/a.yaml': `${source}publisher: nobody-at-all\n` },
      /a\.yaml: publisher: "nobody-at-all" is in none of the lists/,
    ],
  ]
  test.each(cases)('%s', async (_what, files, sentence) => {
    const { code, err, out } = await fihrist(['check'], { cwd: edition(files), env })
    expect(err).toMatch(sentence)
    expect(err.trim().split('\n')).toHaveLength(1)
    expect([code, out]).toEqual([2, ''])
  })

  test('a catalogue.yaml that cannot be read', async () => {
    const cwd = edition()
    rmSync(join(cwd, 'catalogue.yaml'))
    const { code, err } = await fihrist(['status'], { cwd })
    expect(code).toBe(2)
    expect(err).toMatch(/catalogue\.yaml cannot be read/)
  })

  test('a data folder of a newer version', async () => {
    const cwd = edition()
    await fihrist(['harvest', 'demo-equipement-eau'], { cwd, env })
    const database = new DatabaseSync(join(cwd, 'data/ledger.sqlite'))
    database.exec('PRAGMA user_version = 99')
    database.close()
    const { code, err } = await fihrist(['status'], { cwd, env })
    expect(code).toBe(2)
    expect(err).toMatch(/ledger\.sqlite was written by a newer version of Fihrist/)
  })

  test('a port in use: the message names another', async () => {
    const busy = createServer().listen(0, '127.0.0.1')
    await once(busy, 'listening')
    const { port } = busy.address() as { port: number }
    const { code, err } = await fihrist(['serve', '--port', String(port)], { cwd: edition(), env })
    busy.close()
    expect(code).toBe(2)
    expect(err).toBe(`fihrist: Port ${port} of 127.0.0.1 is in use by another program. Stop it, or choose another: --port ${port + 1}.\n`)
  })

  test('an option that is not known', async () => {
    const { code, err } = await fihrist(['harvest', '--fast'], { cwd: edition(), env })
    expect(code).toBe(2)
    expect(err).toContain("unknown option '--fast'")
  })
})

describe('validate', () => {
  const good = 'test/profiles/admission/valid-file.ttl'
  const bad = `@prefix dcat: <http://www.w3.org/ns/dcat#> .\n<https://example.org/d> a dcat:Dataset .\n`

  test('says in JSON what the contract says, with exit code 1 for a violation', async () => {
    const { code, out } = await fihrist(['validate', '-', '--json', '--lang', 'fr'], { input: bad })
    expect(code).toBe(1)
    const verdict = JSON.parse(out) as {
      conforms: boolean
      profile: string
      counts: Record<string, number>
      datasets: number
      results: Record<string, unknown>[]
      quality: { score: number; max: number; rating: string; dimensions: Record<string, number> }
    }
    expect(verdict).toMatchObject({ conforms: false, profile: 'dcat-ap', datasets: 1, quality: { max: 405 } })
    expect(verdict.counts['violation']).toBeGreaterThan(0)
    expect(verdict.results[0]).toMatchObject({ severity: 'violation', focusNode: 'https://example.org/d' })
    expect(Object.keys(verdict.results[0]!)).toEqual(expect.arrayContaining(['severity', 'focusNode', 'path', 'constraint', 'message', 'advice']))
    expect(Object.keys(verdict.quality.dimensions)).toHaveLength(5)
  })

  test('exit code 0 without violations, in every format', async () => {
    const file = readFileSync(good, 'utf8')
    const starts: Record<string, RegExp> = {
      text: /conforme à admission/,
      json: /^\{/,
      turtle: /sh:ValidationReport/,
      sarif: /"version": "2\.1\.0"/,
      junit: /<testsuites>/,
    }
    for (const [format, start] of Object.entries(starts)) {
      const { code, out, err } = await fihrist(['validate', '-', '--profile', 'admission', '--format', format], { input: file })
      expect(code, format + err).toBe(0)
      expect(out).toMatch(start)
    }
  })

  test('messages come in the language asked for', async () => {
    const said = async (lang: string) => (await fihrist(['validate', '-', '--lang', lang], { input: bad })).out
    expect(await said('ar')).toMatch(/\p{Script=Arabic}{3}/u)
    expect(await said('fr')).not.toMatch(/\p{Script=Arabic}/u)
  })

  test('what cannot be read is exit code 2 and says why', async () => {
    const html = await fihrist(['validate', '-', '--lang', 'en'], { input: '<!doctype html><html><body>Request Rejected</body></html>' })
    expect(html.code).toBe(2)
    expect(html.err).toContain('HTML page')
    const cut = { input: `${bad}<https://example.org/e> a dcat:Dataset ; dcat:keyword "cut o` }
    const broken = await fihrist(['validate', '-', '--lang', 'en'], cut)
    expect(broken.code).toBe(2)
    expect(broken.err).toMatch(/line \d/)
    expect((await fihrist(['validate', '-', '--lang', 'ar'], cut)).err).toMatch(/لا يمكن قراءة RDF.*line 3/)
    const absent = await fihrist(['validate', 'not-there.ttl', '--lang', 'fr'])
    expect(absent.code).toBe(2)
    expect(absent.err).toMatch(/not-there\.ttl n'existe pas\. Vérifiez le chemin/)
    expect((await fihrist(['validate', tmpdir(), '--lang', 'en'])).err).toContain('is a folder. Name a file in it.')
    const profile = await fihrist(['validate', good, '--profile', 'nothing', '--lang', 'en'])
    expect(profile.code).toBe(2)
    expect(profile.err).toContain('there are: admission, dcat-ap, dcat-ap-2, dcat-ap-hvd, dcat-ap-ma')
  })

  test('an address is fetched and judged', async () => {
    const { code, out } = await fihrist(['validate', portals[2]!.url, '--json'])
    expect(code).toBe(1)
    expect((JSON.parse(out) as { datasets: number }).datasets).toBe(18)
  })
})

describe('what was harvested', () => {
  let cwd: string
  test('is exported in every format with the same datasets', async () => {
    cwd = edition()
    await fihrist(['harvest'], { cwd, env })
    const { records, alternates } = JSON.parse((await fihrist(['status', '--json'], { cwd, env })).out) as {
      records: Record<string, number>
      alternates: number
    }
    expect(alternates).toBe(10)
    const visible = records['published']! - alternates
    const counts = new Map<string, number>()
    for (const format of formats) {
      const { code, out, err } = await fihrist(['export', '--format', format.name], { cwd, env })
      expect(code, err).toBe(0)
      const { quads, problem } = await parse(out, { url: 'https://example.org/', format })
      expect(problem).toBeUndefined()
      counts.set(format.name, new Set(quads.filter(quad => quad.object.value === 'http://www.w3.org/ns/dcat#Dataset').map(quad => quad.subject.value)).size)
      if (format.quads) expect(new Set(quads.map(quad => quad.graph.value)).size).toBe(visible + 2)
    }
    expect(new Set(counts.values()).size, JSON.stringify([...counts])).toBe(1)
    expect(counts.get('turtle')).toBe(visible)

    expect((await fihrist(['rebuild', 'nowhere'], { cwd, env })).code).toBe(2)
    const again = await fihrist(['rebuild', 'demo-national', '--json'], { cwd, env: { ...env, FIHRIST_DEMO_NATIONAL: 'http://127.0.0.1:1/' } })
    expect(again.code, again.err).toBe(0)
    expect(JSON.parse(again.out)).toEqual({
      revision: expect.any(Number),
      sources: [{ source: 'demo-national', seen: 85, updated: expect.any(Number), unchanged: expect.any(Number), failed: 0, without: [] }],
    })

    const one = await fihrist(['export', '--format', 'ntriples', '--source', 'demo-souss-massa', '-o', 'one.nt'], { cwd, env })
    expect(one.code, one.err).toBe(0)
    expect(readFileSync(join(cwd, 'one.nt'), 'utf8').match(/#type> <http:\/\/www\.w3\.org\/ns\/dcat#Dataset>/g)).toHaveLength(36)

    const status = JSON.parse((await fihrist(['status', '--json'], { cwd, env })).out) as {
      revision: number
      records: object
      sources: { id: string; lastRun: { state: string } }[]
    }
    expect(Object.keys(status.records)).toEqual(['published', 'quarantined', 'withheld', 'missing', 'removed'])
    expect(status.sources.map(source => source.lastRun.state)).toEqual(Array(7).fill('complete'))

    const served = await starts(['serve', '--port', '0', '--no-schedule'], /on (http:\/\/localhost:\d+\/)/, { cwd, env })
    const url = served.match[1]!
    expect((await fetch(`${url}healthz`)).status).toBe(200)
    expect(await (await fetch(url, { headers: { accept: 'text/html', 'accept-language': 'ar' } })).text()).toContain('dir="rtl"')
    const stopped = await served.stop()
    expect(stopped.code, stopped.err).toBe(0)
  }, 60_000)

  test('is written for the bulk loader of a SPARQL server, with where that stands at the end; where there is no server, that is said', async () => {
    const cwd = edition()
    await fihrist(['harvest', 'demo-souss-massa'], { cwd, env })
    const refused = await fihrist(['export', '--store'], { cwd, env })
    expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('store.kind: sparql')])
    const server = 'http://127.0.0.1:9/'
    const yaml = readFileSync(join(cwd, 'catalogue.yaml'), 'utf8')
    const elsewhere = `store: { kind: sparql, query: "${server}", update: "${server}", graphStore: "${server}" }`
    writeFileSync(join(cwd, 'server.yaml'), yaml.replace(/^store:.*$/m, elsewhere))
    const stored = await fihrist(['export', '--store', '--catalogue', 'server.yaml'], { cwd, env })
    expect(stored.code, stored.err).toBe(0)
    const { quads } = await parse(stored.out, { url: 'https://example.org/', format: formatByName('nquads')! })
    expect(new Set(quads.map(quad => quad.graph.value).filter(graph => graph.includes('/record/'))).size).toBe(36)
    expect(quads.at(-1)!.predicate.value).toBe('https://w3id.org/fihrist#standing')
  }, 60_000)
})

test('serve starts the runs its sources are scheduled for, and its pages show what they brought', async () => {
  const cwd = edition({
    'harvesters/demo-souss-massa.yaml': readFileSync('demo/harvesters/demo-souss-massa.yaml', 'utf8').replace(/schedule: .*/, 'schedule: "*/2 * * * * *"'),
  })
  const served = await starts(['serve', '--port', '0'], /on (http:\/\/localhost:\d+\/)/, { cwd, env })
  const shown = async () =>
    (
      (await (await fetch(`${served.match[1]!}sources/demo-souss-massa`, { headers: { accept: 'application/json' } })).json()) as {
        records: { published: number }
      }
    ).records.published
  await expect.poll(shown, { timeout: 30_000, interval: 500 }).toBe(36)
  expect((await served.stop()).code).toBe(0)
}, 60_000)

test('demo starts the portals, harvests them, serves, and says what to open; other commands work on what it harvested', async () => {
  const cwd = edition()
  const demo = await starts(['demo', '--port', '0'], /Sample portal [^\n]*national[^\n]*: (\S+)[^]*Open (http:\/\/localhost:\d+\/)/, { cwd })
  const [, portal, home] = demo.match
  const answer = await fetch(
    `${home!}sparql?query=${encodeURIComponent('SELECT (COUNT(DISTINCT ?d) AS ?n) { ?d a <http://www.w3.org/ns/dcat#Dataset> ; <http://purl.org/dc/terms/title> ?t }')}`,
    { headers: { accept: 'text/csv' } },
  )
  // With the one that a request of the demonstration is planned for.
  expect(Number((await answer.text()).split(/\r?\n/)[1])).toBe(155)
  const probed = await fihrist(['probe', portal!], { cwd })
  expect([probed.code, probed.out]).toEqual([0, expect.stringContaining('protocol: ckan')])
  expect((await demo.stop()).code).toBe(0)
  const held = await fihrist(['status'], { cwd })
  expect(held.err).toContain('This is the demonstration')
  expect(held.out).toMatch(/demo-national .* 85 published, complete/)
  expect((await fihrist(['export', '--format', 'ntriples'], { cwd })).out).toContain(`<${home!}catalog>`)
  // Where anything else was harvested, or nothing was, they are about that.
  const elsewhere = await fihrist(['status', '--data', 'elsewhere'], { cwd, env })
  expect(elsewhere.err).toContain('Nothing has been harvested into elsewhere yet: run fihrist harvest.')
}, 120_000)

test("npx fihrist runs from the project's folder", () => {
  const { status, stdout, stderr } = spawnSync('npx', ['fihrist', '--version'], { encoding: 'utf8' })
  expect(stdout, stderr).toBe(`${(JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version}\n`)
  expect(status).toBe(0)
}, 60_000)

test('too old a Node is told so in one sentence', () => {
  const old = spawnSync('/usr/bin/env', ['-i', 'PATH=/usr/local/bin:/usr/bin:/bin', 'node', '--version'], { encoding: 'utf8' }).stdout.trim()
  if (!/^v(1\d|20|21)\./.test(old)) return console.warn(`skipped: the Node of this machine is ${old || 'absent'}, not an old one`)
  const { status, stderr } = spawnSync('/usr/bin/env', ['-i', 'PATH=/usr/local/bin:/usr/bin:/bin', 'node', 'dist/cli/main.js', 'status'], { encoding: 'utf8' })
  expect(stderr).toMatch(/^Fihrist needs Node 22\.19 or later; this is v\S+\. .*\n$/)
  expect(status).toBe(2)
})
