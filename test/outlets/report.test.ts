import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Parser } from 'n3'
import { expect, test } from 'vitest'
import type { Catalogue } from '../../src/config/catalogue.ts'
import type { Source } from '../../src/config/sources.ts'
import { root } from '../../src/files.ts'
import { writeProblem } from '../../src/ledger/runs/problems.ts'
import { startRun, getRun } from '../../src/ledger/runs/runs.ts'
import { reportCsv } from '../../src/outlets/report/csv.ts'
import { formerly, lastPart, locator } from '../../src/outlets/report/excerpt.ts'
import { linesJson, reportJson } from '../../src/outlets/report/json.ts'
import { reportParts } from '../../src/outlets/report/rdf.ts'
import { openReport, type Report } from '../../src/outlets/report/report.ts'
import { Problem } from '../../src/problem.ts'
import { formatByName, graphFormats } from '../../src/rdf/formats.ts'
import { fihrist } from '../../src/rdf/namespaces.ts'
import { parse } from '../../src/rdf/parse.ts'
import { day, entry, harvest, ledgerOf } from '../ledger/ledger.ts'

// Reports as CSV, JSON and linked data, and the excerpts of what portals sent.

const base = 'https://catalogue.example.ma'
const rule = 'https://w3id.org/fihrist/shapes/dcat-ap#distribution-format'

/** A run of records that each break a rule and were repaired once, and met a problem. */
function reportOn(records: number, changes: Parameters<typeof entry>[1] = {}): Report {
  const ledger = ledgerOf()
  const entries = Array.from({ length: records }, (_, at) =>
    entry(`k${at}`, {
      payload: { digest: `${at}`, mediaType: 'application/json', body: JSON.stringify({ id: `k${at}`, resources: [{ format: 'CSV.' }] }) },
      findings: [
        { profile: 'dcat-ap', rule, severity: 'violation', focus: `https://portal.example.ma/k${at}`, path: 'http://purl.org/dc/terms/format', value: 'CSV' },
      ],
      repairs: [
        { rule: 'concept', property: 'dct:format', before: 'CSV.', after: 'CSV' },
        { rule: 'concept', property: 'dct:format', before: 'CSV.', after: 'CSV' },
      ],
      ...changes,
    }),
  )
  const { run } = harvest(ledger, 1, entries)
  writeProblem(
    ledger,
    run,
    new Problem('http-status', 'https://portal.example.ma/page/2 answered 500.', {
      url: 'https://portal.example.ma/page/2',
      excerpt: 'ask amina.b@example.ma',
    }),
  )
  return opened(ledger, run)
}

function opened(ledger: ReturnType<typeof ledgerOf>, run: number): Report {
  const publication = {
    ledger,
    catalogue: { base, blocking: ['dcat-ap'] } as unknown as Catalogue,
    vocabulary: { match: () => undefined } as never,
    sources: [],
  }
  return openReport(
    publication,
    (_part, name) => ({ title: { fr: `Titre, ${name}`, ar: 'عنوان' }, mend: { fr: 'Corrigez "ceci".' } }),
    { id: 'portal', title: { fr: 'Portail' }, url: 'https://portal.example.ma/' } as unknown as Source,
    getRun(ledger, 'portal', run)!,
  )
}

/** Reads RFC 4180 strictly: anything else than what it allows is an error. */
function rowsOf(csv: string): string[][] {
  expect(csv.startsWith('\uFEFF')).toBe(true)
  const rows: string[][] = []
  let row: string[] = []
  for (const match of csv.slice(1).matchAll(/("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n|$)/gy)) {
    if (match[0] === '') break
    row.push(match[1]!.startsWith('"') ? match[1]!.slice(1, -1).replaceAll('""', '"') : match[1]!)
    if (match[2] !== ',') rows.push(row.splice(0))
  }
  expect(row).toEqual([])
  return rows
}

test('a finding that stands for thousands of its rule says so in every form, and is counted as what it stands for', async () => {
  const at = { profile: 'dcat-ap', rule, severity: 'violation', focus: 'https://portal.example.ma/k0', path: 'http://purl.org/dc/terms/format' } as const
  const report = reportOn(1, { findings: [at, { ...at, focus: 'https://portal.example.ma/f1', count: 9900 }] })
  expect(reportJson(report, {}).summary.findings).toMatchObject([{ places: 9901, records: 1 }])
  expect(linesJson(report, 'findings', undefined, 1)!.lines.map(({ count }) => count)).toEqual([undefined, 9900])
  const [header, ...rows] = rowsOf([...reportCsv(report, ['fr'])].join(''))
  expect(rows.filter(([part]) => part === 'findings').map(row => row[header!.indexOf('count')])).toEqual(['', '9900'])
  const quads = (await Array.fromAsync(reportParts(report))).flatMap(part => part.quads)
  expect(quads.filter(({ predicate }) => predicate.equals(fihrist.occurrences)).map(({ object }) => object.value)).toEqual(['9900'])
})

test('the CSV has every line, each as long as its header, in the language that is asked for', () => {
  const report = reportOn(3)
  const [header, ...rows] = rowsOf([...reportCsv(report, ['ar', 'fr'])].join(''))
  expect(new Set(rows.map(row => row.length))).toEqual(new Set([header!.length]))
  expect(rows.map(([part]) => part)).toEqual([
    'problems',
    'changes',
    'changes',
    'changes',
    ...Array.from({ length: 3 }, () => ['findings', 'repairs', 'repairs']).flat(),
  ])
  const cell = (row: string[], column: string) => row[header!.indexOf(column)]
  expect(rows.map(row => cell(row, 'title'))).toContain('عنوان')
  expect(cell(rows[4]!, 'mend')).toBe('Corrigez "ceci".')
  expect(cell(rows[4]!, 'excerpt')).toBe('resources[0].format: "CSV."')
  expect(cell(rows[4]!, 'record')).toBe(`${base}/record/portal-k0`)
})

test.each(['=HYPERLINK("http://evil.example","x")', '+1', '-2+3', '@SUM(A1)', '\t=1', '\r=1', '＝1+1', 'two\nlines, "quoted"'])(
  'a spreadsheet does not run %j',
  text => {
    const rows = rowsOf([...reportCsv(reportOn(1, { repairs: [{ rule: 'concept', property: 'dct:title', before: text, after: 'x' }] }), ['fr'])].join(''))
    const value = rows.find(([part]) => part === 'repairs')![rows[0]!.indexOf('value')]!
    expect(value).toBe(/^[=+\-@\t\r＝]/.test(text) ? `'${text}` : text)
  },
)

test('a large report comes in pieces, none of which holds more than some of it', async () => {
  const report = reportOn(700)
  const pieces: string[] = []
  for await (const piece of formatByName('ntriples')!.writeParts(reportParts(report))) pieces.push(piece)
  expect(pieces.length).toBeGreaterThan(5)
  expect(Math.max(...pieces.map(piece => piece.split('\n').length))).toBeLessThan(3000)
  expect([...reportCsv(report, ['fr'])]).toHaveLength(1 + 1 + 700 + 2100)
})

test.each(graphFormats.map(format => [format.label, format] as const))('the report in %s says the same, without blank nodes', async (_label, format) => {
  const report = reportOn(2)
  const read = async (as: typeof format) => {
    let text = ''
    for await (const piece of as.writeParts(reportParts(report))) text += piece
    const { quads, problem } = await parse(text, { url: `${base}/`, format: as })
    expect(problem).toBeUndefined()
    expect(quads.some(quad => quad.subject.termType === 'BlankNode' || quad.object.termType === 'BlankNode')).toBe(false)
    return [...new Set(quads.map(quad => `${quad.subject.value} ${quad.predicate.value} ${quad.object.value}`))].sort()
  }
  const said = await read(format)
  expect(said).toEqual(await read(formatByName('ntriples')!))
  const run = `${base}/sources/portal/runs/1`
  for (const line of [
    `${run} http://www.w3.org/1999/02/22-rdf-syntax-ns#type http://www.w3.org/ns/prov#Activity`,
    `${run} ${fihrist.iri}addedRecord ${base}/record/portal-k1`,
    `${run}#report http://www.w3.org/ns/shacl#conforms false`,
    `${run}#problem-1 ${fihrist.iri}rule ${fihrist.iri}problem-http-status`,
    `${fihrist.iri}repair-concept ${fihrist.iri}advice Corrigez "ceci".`,
  ])
    expect(said).toContain(line)
  expect(said.filter(line => line.endsWith(`type ${fihrist.iri}Repair`))).toHaveLength(4)
  expect(said.filter(line => line.startsWith(`${run}#report http://www.w3.org/ns/shacl#result `))).toHaveLength(2)
})

test('every term of our own that a report uses is defined in our vocabulary, in three languages', async () => {
  const ledger = ledgerOf()
  harvest(ledger, 1, [entry('a')])
  const broken = startRun(ledger, 'portal', { mode: 'full', started: day(2) })
  const used = new Set<string>()
  const parts = [...reportParts(reportOn(1)), ...reportParts(opened(ledger, startRun(ledger, 'portal', { mode: 'full', started: day(3), continues: broken })))]
  for (const { quads } of parts)
    for (const { predicate, object } of quads)
      for (const term of [predicate, object]) if (term.value.startsWith(fihrist.iri) && !/#(problem|repair)-/.test(term.value)) used.add(term.value)
  const vocabulary = new Parser().parse(readFileSync(join(root, 'ontologies/fihrist.ttl'), 'utf8'))
  const labels = (iri: string) =>
    vocabulary
      .filter(quad => quad.subject.value === iri && quad.predicate.value.endsWith('#label'))
      .map(quad => (quad.object as { language: string }).language)
      .sort()
  expect(used.size).toBeGreaterThan(15)
  expect([...used].filter(iri => labels(iri).join() !== 'ar,en,fr')).toEqual([])
  expect(
    ['updatedRecord', 'missingRecord', 'removedRecord', 'heldRecord', 'lastRun', 'lastCompleteRun', 'late'].filter(
      name => labels(fihrist.iri + name).length !== 3,
    ),
  ).toEqual([])
})

test('the summary in JSON leads to pages of lines, and there is none past the end', () => {
  const report = reportOn(120)
  const whole = reportJson(report, { fr: 'ok' })
  expect(whole).toMatchObject({
    run: 1,
    state: 'complete',
    covers: { records: 120, whole: true },
    summary: {
      findings: [{ name: rule, places: 120, records: 120, example: { blocking: true, excerpt: 'resources[0].format: "CSV."' } }],
      problems: [{ name: 'http-status', example: { excerpt: 'ask …@example.ma' } }],
    },
  })
  const page = (n: number) => linesJson(report, 'findings', rule, n)
  expect(page(1)).toMatchObject({ total: 120, pages: 3, next: expect.stringContaining('page=2') as string })
  expect(page(3)?.lines).toHaveLength(20)
  expect(page(3)).not.toHaveProperty('next')
  expect([page(4), linesJson(report, 'findings', 'no-such-rule', 1), linesJson(report, 'changes', 'eaten', 1)]).toEqual([undefined, undefined, undefined])
})

const json = (value: unknown) => locator({ mediaType: 'application/json', body: JSON.stringify(value) })
const nested = {
  title: 'Eau',
  notes: `Long ${'x'.repeat(400)} CSV.files ${'y'.repeat(400)}`,
  resources: [
    { id: 'aaaaaa-1', format: 'XLS' },
    { id: 'bbbbbb-2', format: 'CSV.', contact: 'amina.b@example.ma', size: 12 },
  ],
}

test('the place of a value in JSON is its path and its raw words', () => {
  expect(json(nested)('CSV.')).toBe('resources[1].format: "CSV."')
  expect(json(nested)('12')).toBe('resources[1].size: 12')
  expect(json(nested)(undefined, 'nowhere', lastPart('https://portal.example.ma/resource/bbbbbb-2'))).toBe('resources[1].id: "bbbbbb-2"')
  expect(json(nested)('nowhere')).toBeUndefined()
})

test('of a long text only what stands around the value is shown, and of nobody an address or a telephone', () => {
  const found = json(nested)('CSV.files')!
  expect(found.length).toBeLessThan(300)
  expect(found).toMatch(/^notes: ….*CSV\.files.*…$/)
  expect(json({ a: 'Contact: amina.b@example.ma ou 06 61 23 45 67, +212 661 234 567, le 03-05-2021 10:00' })('Contact')).toBe(
    'a: "Contact: …@example.ma ou …, …, le 03-05-2021 10:00"',
  )
})

test('where nobody is to be named, nothing is shown but the words that were asked for', () => {
  const strictly = (mediaType: string, body: string) => locator({ mediaType, body }, true)
  expect(strictly('application/json', '{"notes":"Amina Alaoui, CSV.files, Salma","format":"CSV."}')('CSV.files')).toBe('notes: …CSV.files…')
  expect(strictly('application/json', '{"author":"Amina","format":"CSV."}')('CSV.')).toBe('format: "CSV."')
  expect(strictly('application/n-triples', '<a> <b> "Amina, CSV.files" .')('CSV.files')).toBe('…CSV.files…')
})

test('in any other text it is the line; broken JSON and no payload at all do no harm', () => {
  const lines = locator({ mediaType: 'application/n-triples', body: '<a> <b> "x" .\n<a> <c> "say \\"CSV.\\"" .\n<a> <d> "y" .' })
  expect(lines('say "CSV."')).toBe('<a> <c> "say \\"CSV.\\"" .')
  expect(lines('"y"')).toBe('<a> <d> "y" .')
  expect(locator({ mediaType: 'application/json', body: '{"format":"CSV.' })('CSV.')).toBe('{"format":"CSV.')
  expect(locator({ mediaType: 'application/json', body: `${'['.repeat(200_000)}` })('CSV.')).toBeUndefined()
  expect(locator({ mediaType: 'application/json', body: `${'['.repeat(20_000)}"CSV."${']'.repeat(20_000)}` })('CSV.')).toBeUndefined()
  expect(locator(undefined)('CSV.')).toBeUndefined()
})

test('what a repair made of a value leads back to what the portal wrote', () => {
  const repairs = [
    { rule: 'concept', property: 'dct:format', before: 'CSV.', after: 'http://example.org/CSV' },
    { rule: 'licence-of-source', property: 'dct:license', before: '', after: 'http://example.org/l' },
  ]
  expect(formerly('http://example.org/CSV', repairs)).toEqual(['http://example.org/CSV', 'CSV.'])
  expect(formerly('http://example.org/l', repairs)).toEqual(['http://example.org/l'])
  expect(formerly(undefined, repairs)).toEqual([])
})
