import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPublished, type Published } from './served.ts'

let site: Published
beforeAll(async () => {
  site = await openPublished({ datasets: ['un', 'deux', 'trois'] })
})
afterAll(async () => {
  expect(site.failures).toEqual([])
  await site.close()
})

interface Answer {
  success: boolean
  result: unknown
  error?: { __type: string; message: string }
}
const call = async (action: string, query: Record<string, string> = {}) => {
  const response = await site.get(`/api/3/action/${action}?${new URLSearchParams(query)}`)
  return { status: response.status, ...((await response.json()) as Answer) }
}
const found = async (query: Record<string, string>) => {
  const { result, error } = await call('package_search', query)
  if (error) throw new Error(error.message)
  const { count, results } = result as { count: number; results: { title: string }[] }
  return [count, ...results.map(({ title }) => title)]
}

test('a package says in the words of CKAN what its record says', async () => {
  const { result } = await call('package_show', { id: site.idOf('dataset/barrages') })
  expect(result).toMatchObject({
    title: 'Remplissage des barrages',
    title_translated: { fr: 'Remplissage des barrages', ar: 'نسبة ملء السدود' },
    tags_translated: { fr: ['barrage', 'eau potable'], ar: ['سد'] },
    organization: { name: 'mee', is_organization: true },
    groups: [{ name: 'ENVI' }],
    license_id: 'CC_BY_4_0',
    isopen: true,
    maintainer_email: 'donnees@eau.example.org',
    num_resources: 2,
    metadata_modified: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]+\.\d{6}$/) as string,
  })
  const { resources, extras } = result as { resources: Record<string, unknown>[]; extras: { key: string; value: string }[] }
  expect(resources).toContainEqual(
    expect.objectContaining({
      name: 'Série journalière',
      url: 'https://eau.example.org/barrages.csv',
      format: 'CSV',
      mimetype: 'text/csv',
      size: 20480,
    }) as unknown,
  )
  expect(extras).toContainEqual({ key: 'uri', value: 'https://data.example.org/dataset/barrages' })
  expect((await call('package_show', { id: 'https://data.example.org/dataset/barrages' })).result).toEqual(result)
})

test('a search narrows by words, fields, dates and orders', async () => {
  const barrages = [1, 'Remplissage des barrages']
  expect((await found({ q: '*:*' }))[0]).toBe(site.shown())
  expect(await found({ q: 'barrages' })).toEqual(barrages)
  for (const fq of [
    'organization:mee',
    'organization:"mee"',
    '+organization:mee +res_format:CSV',
    'tags:"eau potable"',
    'groups:(ENVI OR HEAL)',
    'license_id:CC_BY_4_0 AND state:active',
  ])
    expect(await found({ fq }), fq).toEqual(barrages)
  expect((await found({ q: 'title:jeu' }))[0]).toBe(3)
  expect(await found({ fq: `name:${site.idOf('dataset/barrages')}` })).toEqual(barrages)
  expect((await found({ fq: 'metadata_modified:[2020-01-01T00:00:00Z TO *]' }))[0]).toBe(site.shown())
  expect(await found({ fq: 'metadata_modified:[* TO 2020-01-01T00:00:00Z]' })).toEqual([0])
  expect((await found({ fq: 'metadata_created:[2020-01-01T00:00:00Z TO *]' }))[0]).toBe(site.shown())
  const titles = (await found({ sort: 'title_string asc', rows: '100' })).slice(1)
  expect(await found({ sort: 'title_string desc', rows: '2' })).toEqual([site.shown(), ...titles.toReversed().slice(0, 2)])
  expect(await found({ sort: 'title_string asc', rows: '2', start: '2' })).toEqual([site.shown(), ...titles.slice(2, 4)])
})

test('facets are counted, and lists name what there is', async () => {
  const { result } = await call('package_search', { rows: '0', facet: 'true', 'facet.field': '["organization","res_format"]' })
  expect(result).toMatchObject({
    facets: { organization: { mee: 1 } },
    search_facets: { res_format: { items: expect.arrayContaining([expect.objectContaining({ name: 'CSV', count: 1 })]) as unknown } },
  })
  expect((await call('organization_list')).result).toContain('mee')
  expect((await call('organization_show', { id: 'mee' })).result).toMatchObject({ name: 'mee', package_count: 1 })
  expect((await call('group_list', { all_fields: 'true' })).result).toContainEqual(expect.objectContaining({ name: 'ENVI', package_count: 1 }))
  expect((await call('group_show', { id: 'ENVI' })).result).toMatchObject({ display_name: expect.any(String) as string })
  expect((await call('license_list')).result).toContainEqual(expect.objectContaining({ id: 'CC_BY_4_0', od_conformance: 'approved' }))
  expect((await call('site_read')).result).toBe(true)
  expect((await call('status_show')).result).toMatchObject({ site_title: 'Essai', site_url: site.url, locale_default: 'fr' })
  const names = (await call('package_list')).result as string[]
  expect(names).toHaveLength(site.shown())
  expect((await call('package_list', { limit: '2', offset: '1' })).result).toEqual(names.slice(1, 3))
})

test('keywords are those of what is shown now', async () => {
  const tags = async () => (await call('tag_list')).result as string[]
  expect(await tags()).toEqual(expect.arrayContaining(['barrage', 'eau potable', 'سد', 'a"b']))
  expect((await call('tag_list', { query: 'eau' })).result).toEqual(['eau potable'])
  await site.write(['un'])
  expect(await tags()).toContain('barrage')
})

test('it is asked by posting JSON too', async () => {
  const response = await site.get(
    '/api/3/action/package_search',
    { 'Content-Type': 'application/json' },
    { method: 'POST', body: JSON.stringify({ q: 'barrages', rows: 1 }) },
  )
  expect(await response.json()).toMatchObject({ success: true, result: { count: 1 } })
})

test.each([
  ['package_show', { id: 'personne' }, 404, 'Not Found Error'],
  ['package_show', {}, 409, 'Validation Error'],
  ['package_delete', { id: 'x' }, 404, 'Not Found Error'],
  ['constructor', {}, 404, 'Not Found Error'],
  ['package_search', { fq: 'colour:blue' }, 400, 'Search Query Error'],
  ['package_search', { fq: '-organization:mee' }, 400, 'Search Query Error'],
  ['package_search', { q: 'title:(' }, 400, 'Search Query Error'],
  ['package_search', { q: '"' }, 400, 'Search Query Error'],
  ['package_search', { fq: 'metadata_modified:[now TO *]' }, 400, 'Search Query Error'],
  ['package_search', { sort: 'colour asc' }, 400, 'Search Query Error'],
  ['package_search', { rows: '-1' }, 409, 'Validation Error'],
  ['package_search', { 'facet.field': '["a' }, 409, 'Validation Error'],
  ['package_search', { 'facet.limit': 'many' }, 409, 'Validation Error'],
  ['organization_show', { id: 'personne' }, 404, 'Not Found Error'],
] as [string, Record<string, string>, number, string][])('%s with %j is an error of CKAN: %i', async (action, query, status, type) => {
  expect(await call(action, query)).toMatchObject({ status, success: false, error: { __type: type } })
})

test('what is kept back is nowhere', async () => {
  const { id } = site.house.records().find(({ admission }) => admission === 'quarantined')!
  expect((await call('package_show', { id })).status).toBe(404)
  expect(await found({ q: 'secret' })).toEqual([0])
})
