import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { search, type Query } from '../../../src/ledger/records/search.ts'
import { day, entry, harvest, ledgerOf, type Told } from '../ledger.ts'

const summaries: Record<string, Told> = {
  eau: {
    title: { fr: 'Qualité de l’eau à Fès', ar: 'جودة الماء بفاس' },
    description: { fr: 'Relevés des nappes' },
    keywords: ['nappe'],
    names: ['Haut-Commissariat au Plan', 'المندوبية السامية للتخطيط', 'High Commission for Planning', 'HCP'],
    facets: { theme: ['environnement'], publisher: ['hcp'], format: ['CSV', 'XLSX'] },
  },
  sante: {
    title: { fr: 'Établissements de santé', ar: 'مؤسسات الصحة' },
    description: { fr: 'Hôpitaux, et la qualité de leur eau' },
    keywords: ['مستشفى'],
    names: ['Agadir', 'أكادير'],
    facets: { theme: ['sante'], publisher: ['ministere-sante'], format: ['CSV'] },
  },
  recens: {
    title: { fr: 'Recensement 2024', ar: 'الإحصاء العام للسكان والسكنى ٢٠٢٤' },
    description: {},
    keywords: ['population'],
    names: [],
    facets: { theme: ['population'], publisher: ['hcp'], format: ['XLSX'] },
  },
}
const filled = () => {
  const ledger = ledgerOf()
  harvest(
    ledger,
    1,
    Object.entries(summaries).map(([key, summary]) => entry(key, { summary })),
  )
  return (query: Query | string) => {
    const found = search(ledger, typeof query === 'string' ? { text: query } : query)
    return { ...found, keys: found.records.map(record => record.key) }
  }
}

describe('a search', () => {
  it.each([
    ['qualite eau', ['eau', 'sante']],
    ['QUALITÉ', ['eau', 'sante']],
    ['fes', ['eau']],
    ['Fès', ['eau']],
    ["l'eau", ['eau', 'sante']],
    ['etablissement', ['sante']],
    ['الاحصاء', ['recens']],
    ['الإحصاء', ['recens']],
    ['مستشفي', ['sante']],
    ['أگادير', ['sante']],
    ['اكـــادير', ['sante']],
    ['planning', ['eau']],
    ['hcp', ['eau']],
    ['2024', ['recens']],
    ['٢٠٢٤', ['recens']],
    ['الماء', ['eau']],
    ['qualité agadir', ['sante']],
    ['recens', ['recens']],
    ['zzz', []],
    ['eau zzz', ['eau', 'sante']],
    ['nappes', ['eau']],
    ['établissements sanitaires zzz', ['sante']],
    ['ماء', ['eau']],
    ['بالماء', ['eau']],
    ['سكان', ['recens']],
    ['السكان', ['recens']],
    ['والسكنى', ['recens']],
    ['صحة', ['sante']],
  ])('for "%s" finds %j', (text, keys) => {
    expect(filled()(text).keys).toEqual(keys)
  })

  it('puts a word of the title before one of the description', () => {
    expect(filled()('eau').keys).toEqual(['eau', 'sante'])
  })

  it.each([
    '"',
    '"""',
    'eau"',
    '"eau',
    'eau AND',
    'AND',
    'NOT eau',
    'NEAR(eau, 2)',
    'eau*',
    '*',
    '^eau',
    'title:eau',
    'title : eau',
    '{title}: eau',
    '-eau',
    '(eau',
    'eau)',
    'eau OR',
    "'; DROP TABLE record; --",
    '😀',
    '😀 eau',
    '\u0000',
    'eau\u0000',
    '%',
    '_',
    'C++',
    '+',
    '#',
    '+ #',
    '\\',
    ' ',
    '',
    'x'.repeat(10_000),
    'a '.repeat(5000),
    '\ud800',
    'ـــ',
  ])('does not stumble over %j', text => {
    const find = filled()
    expect(() => find(text)).not.toThrow()
    expect(find('eau').total).toBe(2)
  })

  it('does not stumble over anything', () => {
    const find = filled()
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string({ unit: 'binary' }),
          fc.array(fc.constantFrom('"', '*', 'AND', 'NEAR', '(', ')', ':', '^', '+', '-', '#', 'eau', ' ')).map(parts => parts.join('')),
        ),
        text => {
          const { total, keys } = find(text)
          expect(keys).toHaveLength(Math.min(total, 20))
        },
      ),
      { numRuns: 300 },
    )
  })

  it('without words shows all, newest first, a page at a time', () => {
    const find = filled()
    expect(find('').total).toBe(3)
    expect(find({ most: 2 }).keys).toHaveLength(2)
    expect(find({ most: 2, offset: 2 })).toMatchObject({ total: 3, keys: ['recens'] })
    expect(find('   ').total).toBe(3)
  })
})

const keysOf = (titles: Record<string, string>) => (text: string) => {
  const ledger = ledgerOf()
  harvest(
    ledger,
    1,
    Object.entries(titles).map(([key, text]) => entry(key, { summary: { title: { fr: text } } })),
  )
  return search(ledger, { text }).records.map(record => record.key)
}

describe('the language of a search', () => {
  const find = keysOf({
    emploi: 'Les emplois de l’industrie',
    budget: 'Budget de l’État',
    budgets: 'Budgets des communes',
    rd: 'Dépenses de R&D',
    vitamine: 'Vitamine C et D',
    taux: 'Taux de chômage',
    chomage: 'Chômage, taux de croissance',
    car: 'Significatif',
  })
  it.each([
    ['what French elides is no word', "l'industrie", ['emploi']],
    ['plural and singular are one', 'emploi', ['emploi']],
    ['and so are they the other way round', 'industries', ['emploi']],
    ['the word itself comes before others of its stem', 'budgets', ['budgets', 'budget']],
    ['the word itself comes before others of its stem, the other way round', 'budget', ['budget', 'budgets']],
    ['letters that a sign joins stand side by side', 'R&D', ['rd']],
    ['one letter is a whole word', 'vitamine c', ['vitamine']],
    ['words in quotes stand side by side', '"taux de chômage"', ['taux']],
    ['words in quotes stand in their order', '"chômage taux de"', ['chomage']],
    ['in French quotes too', '« taux de chômage »', ['taux']],
    ['a minus leaves out', 'budget -communes', ['budget']],
    ['a minus alone leaves out of all', '-budget -chômage -r -vitamine -emploi', ['car']],
    ['either of two', 'industrie OR vitamine', ['emploi', 'vitamine']],
    ['either of two in French', 'industrie OU vitamine', ['emploi', 'vitamine']],
    ['the last word may be unfinished', 'indus', ['emploi']],
    ['no other word may', 'indus emplois', ['emploi']],
    ['two letters are no beginning', 'bu', []],
    ['what is a word is no beginning', 'car', []],
    ['a word that says nothing finds nothing alone', 'la', []],
  ])('%s: %s', (_, text, keys) => {
    if (text === 'car') return expect(keysOf({ car: 'Un car', carte: 'Carte' })(text)).toEqual(['car'])
    expect(find(text).sort()).toEqual(keys.toSorted())
    if (keys.length === 2 && text.startsWith('budget')) expect(find(text)).toEqual(keys)
  })

  it('is told how it was read', () => {
    const ledger = ledgerOf()
    harvest(ledger, 1, [entry('a', { summary: { title: { fr: 'Population de Marrakech' } } })])
    const { reading, total } = search(ledger, { text: 'la popultion de Marrakech' })
    expect(total).toBe(1)
    expect(reading).toMatchObject({ fewer: { met: 1, of: 2 }, nowhere: ['popultion'], suggestion: 'la Population de Marrakech', ignored: ['la', 'de'] })
  })
})

describe('filters', () => {
  it('narrow each other, and values of one are alternatives', () => {
    const find = filled()
    expect(find({ filters: { publisher: ['hcp'] } }).keys.sort()).toEqual(['eau', 'recens'])
    expect(find({ filters: { publisher: ['hcp'], theme: ['environnement'] } }).keys).toEqual(['eau'])
    expect(find({ filters: { theme: ['environnement', 'sante'] } }).keys.sort()).toEqual(['eau', 'sante'])
    expect(find({ filters: { theme: ['sante'], publisher: ['hcp'] } }).total).toBe(0)
    expect(find({ text: 'eau', filters: { format: ['XLSX'] } }).keys).toEqual(['eau'])
    expect(find({ filters: { theme: ["' OR 1=1 --"] } }).total).toBe(0)
  })

  it('narrow the counts of the other dimensions, never their own', () => {
    const { facets } = filled()({ filters: { publisher: ['hcp'] } })
    expect(facets.publisher).toEqual([
      { value: 'hcp', count: 2 },
      { value: 'ministere-sante', count: 1 },
    ])
    expect(facets.theme).toEqual([
      { value: 'environnement', count: 1 },
      { value: 'population', count: 1 },
    ])
    expect(facets.format).toEqual([
      { value: 'XLSX', count: 2 },
      { value: 'CSV', count: 1 },
    ])
  })

  it('the words narrow all counts', () => {
    expect(filled()('recensement').facets.format).toEqual([{ value: 'XLSX', count: 1 }])
  })
})

it('a record that changed is found by its new words and no longer by the old', () => {
  const ledger = ledgerOf()
  harvest(ledger, 1, [entry('a', { summary: { title: { fr: 'Ancien' }, facets: { theme: ['old'] } } })])
  harvest(ledger, 2, [entry('a', { text: 'two', summary: { title: { fr: 'Nouveau' }, facets: { theme: ['new'] } } })])
  expect(search(ledger, { text: 'ancien' }).total).toBe(0)
  expect(search(ledger, { text: 'nouveau' })).toMatchObject({ total: 1, facets: { theme: [{ value: 'new', count: 1 }] } })
})

it('finds what was taken in, and what was changed, within a stretch of time', () => {
  const ledger = ledgerOf()
  harvest(ledger, 1, [entry('old'), entry('changed')])
  harvest(ledger, 3, [entry('new'), entry('changed', { text: 'two' })])
  const ids = (query: Query) =>
    search(ledger, query)
      .records.map(({ key }) => key)
      .sort()
  expect(ids({ added: { from: day(2) } })).toEqual(['new'])
  expect(ids({ added: { to: day(1) } })).toEqual(['changed', 'old'])
  expect(ids({ modified: { from: day(2) } })).toEqual(['changed', 'new'])
  expect(ids({ modified: { from: day(3), to: day(3) } })).toEqual(['changed', 'new'])
  expect(ids({ modified: { to: day(2) } })).toEqual(['old'])
  expect([ids({ modified: { from: day(4) } }), ids({ added: { to: new Date(0).toISOString() } })]).toEqual([[], []])
})

describe('how long ago the publisher updated a dataset', () => {
  const today = Date.parse('2026-11-30') / 86_400_000
  const dates = { fresh: '2026-11-02', autumn: '2026-09-15', spring: '2026-03-01T10:00:00Z', year: '2026', old: '2019-05', undated: undefined }
  const dated = () => {
    const ledger = ledgerOf()
    const entries = Object.entries(dates).map(([key, date]) => entry(key, { summary: { ...summaries['eau']!, ...(date !== undefined && { dated: date }) } }))
    harvest(ledger, 1, entries)
    return (query: Query) => search(ledger, { unsaid: true, quality: { today }, ...query })
  }

  it('is a facet, whose values are in the order of time', () => {
    expect(dated()({}).facets.updated).toEqual([
      { value: 'month', count: 1 },
      { value: 'quarter', count: 1 },
      { value: 'year', count: 2 },
      { value: 'older', count: 1 },
      { value: 'none', count: 1 },
    ])
  })

  it('narrows the list and the other facets, and not its own', () => {
    const found = dated()({ text: 'eau', filters: { updated: ['month', 'older'], theme: ['environnement'] } })
    expect(found.records.map(({ key }) => key).toSorted()).toEqual(['fresh', 'old'])
    expect(found.facets.publisher).toEqual([{ value: 'hcp', count: 2 }])
    expect(found.facets.updated).toHaveLength(5)
    expect(dated()({ filters: { updated: ['none'] } }).records.map(({ key }) => key)).toEqual(['undated'])
    expect(dated()({ filters: { updated: ['month'], theme: ['sante'] } }).total).toBe(0)
  })
})
