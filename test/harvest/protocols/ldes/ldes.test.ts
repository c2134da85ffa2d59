import { describe, expect, test } from 'vitest'
import type { Answer } from '../../../portal.ts'
import { house, onStage, portal } from '../../stage.ts'
import { keepsTheContract } from '../contract.ts'

const prefixes = `@prefix as: <https://www.w3.org/ns/activitystreams#> . @prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix ldes: <https://w3id.org/ldes#> . @prefix tree: <https://w3id.org/tree#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n`
const iri = (id: string) => `https://donnees.example.org/id/${id}`
const published = (hour: number) => `"2026-03-01T${String(hour).padStart(2, '0')}:00:00Z"^^xsd:dateTime`

/** An activity of a DCAT-AP Feed: what is said stands in the graph that is named for it. */
const activity = (kind: string, id: string, hour: number, said = '') => `<#stream> tree:member <https://donnees.example.org/activity/${id}-${hour}> .
<https://donnees.example.org/activity/${id}-${hour}> a as:${kind} ; as:object <${iri(id)}> ; as:published ${published(hour)} .
${said && `<https://donnees.example.org/activity/${id}-${hour}> { ${said} }`}\n`
const dataset = (id: string, hour: number, more = '') =>
  activity(
    hour > 1 ? 'Update' : 'Create',
    id,
    hour,
    `<${iri(id)}> a dcat:Dataset ; dct:title "Jeu ${id}, ${hour}"@fr ; dcat:landingPage <https://donnees.example.org/page/${id}> ${more}.`,
  )

const stream = (more = '') => `<#stream> a ldes:EventStream ; ldes:timestampPath as:published ; ldes:versionOfPath as:object ; tree:view <> ${more}.\n`
const links = (...pages: string[]) => pages.map(page => `<> tree:relation [ a tree:Relation ; tree:node <${page}> ] .\n`).join('')
const page = (body: string, headers: Record<string, string> = {}): Answer => ({ type: 'application/trig', headers, body: prefixes + body })
const closed = { 'cache-control': 'public, max-age=604800, immutable' }

keepsTheContract({
  protocol: 'ldes',
  url: portal => `${portal}/feed`,
  key: iri,
  record: dataset,
  broken:
    '<#stream> tree:member <https://donnees.example.org/activity/broken> .\n<https://donnees.example.org/activity/broken> a as:Update ; as:published "hier" .\n',
  answers: members => pagesOf(members as string[]),
  partly: members => ({ ...pagesOf(members as string[]), '/feed/2': { status: 404, body: 'Not Found' } }),
})

function pagesOf(members: string[]): Record<string, Answer> {
  const pages = Array.from({ length: Math.max(3, Math.ceil(members.length / 4)) }, (_, at): [string, Answer] => [
    `/feed/${at + 1}`,
    page(members.slice(at * 4, at * 4 + 4).join('')),
  ])
  return { '/feed': page(stream() + links(...pages.map(([path]) => path))), ...Object.fromEntries(pages) }
}

describe('ldes', () => {
  onStage()
  const harvest = (answers: Record<string, Answer>, more: object = {}) => {
    portal.answers = answers
    portal.asked.length = 0
    return house.harvest(house.source('ldes', `${portal.url}/feed`, { removal: { threshold: 0.6, graceDays: 0 }, ...more }))
  }
  const graphOf = (id: string) => house.graph(house.records().find(({ key }) => key === iri(id))!.id)
  const admissionOf = (id: string) => house.records().find(({ key }) => key === iri(id))?.admission

  const first = dataset('a', 1) + dataset('b', 1) + dataset('c', 1)

  test('of several versions the newest wins, on whatever page it stands', async () => {
    expect(
      await harvest({
        '/feed': page(stream() + dataset('a', 5) + links('/feed/old', '/feed/older')),
        '/feed/old': page(dataset('a', 3) + dataset('b', 4)),
        '/feed/older': page(dataset('b', 2) + dataset('a', 1)),
      }),
    ).toMatchObject({ state: 'complete', added: 2, problems: [] })
    expect(graphOf('a')).toContain('"Jeu a, 5"')
    expect(graphOf('b')).toContain('"Jeu b, 4"')
  })

  test('closed pages are not asked for again, and what nothing was said of is vouched for', async () => {
    const answers = { '/feed': page(stream() + links('/feed/closed', '/feed/open')), '/feed/closed': page(first, closed), '/feed/open': page(dataset('d', 2)) }
    expect(await harvest(answers)).toMatchObject({ state: 'complete', added: 4 })
    expect(await harvest(answers)).toMatchObject({ state: 'complete', seen: 4, unchanged: 4, problems: [] })
    expect(portal.asked).toEqual(['/feed', '/feed/open'])
    expect(await harvest({ ...answers, '/feed/open': page(dataset('d', 2) + dataset('e', 3) + dataset('b', 4)) })).toMatchObject({
      state: 'complete',
      seen: 5,
      added: 1,
      updated: 1,
      unchanged: 3,
    })
    expect(portal.asked).not.toContain('/feed/closed')
    expect(graphOf('b')).toContain('"Jeu b, 4"')
  })

  test('a page that says ldes:immutable is closed too, and the pages it leads to are still asked for', async () => {
    const answers = { '/feed': page(`${stream()}<> ldes:immutable true .\n${first}${links('/feed/next')}`), '/feed/next': page(dataset('d', 2)) }
    await harvest(answers)
    expect(await harvest({ ...answers, '/feed/next': page(dataset('d', 3)) })).toMatchObject({ state: 'complete', updated: 1, unchanged: 3 })
    expect(portal.asked).toEqual(['/feed/next'])
  })

  test('a delete lets its dataset go, and only that; it does not come back with an older version', async () => {
    const before = { '/feed': page(stream() + first + links('/feed/open')), '/feed/open': page('') }
    await harvest(before)
    const after = { ...before, '/feed/open': page(activity('Delete', 'b', 3)) }
    expect(await harvest(after)).toMatchObject({ state: 'complete', unchanged: 2, removed: 1 })
    expect([admissionOf('a'), admissionOf('b')]).toEqual(['published', 'removed'])
    expect(await harvest(after)).toMatchObject({ state: 'complete', seen: 2, unchanged: 2 })
    expect(admissionOf('b')).toBe('removed')
    expect(await harvest({ ...after, '/feed/open': page(activity('Delete', 'b', 3) + dataset('b', 4)) })).toMatchObject({ state: 'complete', unchanged: 2 })
    expect(admissionOf('b')).toBe('published')
  })

  describe('things that are members of their own (DCAT-AP Feeds)', () => {
    const whole =
      stream() +
      activity('Create', 'org', 1, `<${iri('org')}> a foaf:Agent ; foaf:name "Office"@fr .`) +
      activity(
        'Create',
        'csv',
        1,
        `<${iri('csv')}> a dcat:Distribution ; dcat:accessURL <https://donnees.example.org/a.csv> ; dct:license <${iri('licence')}> .`,
      ) +
      activity('Create', 'licence', 1, `<${iri('licence')}> a dct:LicenseDocument ; dct:title "Licence propre"@fr .`) +
      dataset('a', 1, `; dct:publisher <${iri('org')}> ; dcat:distribution <${iri('csv')}> `) +
      dataset('b', 1, `; dct:publisher <${iri('org')}> `)
    const answers = (open = '') => ({
      '/feed': page(stream() + links('/feed/closed', '/feed/open')),
      '/feed/closed': page(whole, closed),
      '/feed/open': page(open),
    })
    test('are described with the datasets that name them, however far', async () => {
      expect(await harvest(answers())).toMatchObject({ state: 'complete', added: 2, problems: [] })
      for (const words of ['"Office"', 'a.csv', '"Licence propre"']) expect(graphOf('a')).toContain(words)
      expect(graphOf('b')).not.toContain('a.csv')
    })
    test('and when one changes, so do the datasets that are described with it, and no other', async () => {
      await harvest(answers())
      expect(
        await harvest(answers(activity('Update', 'licence', 3, `<${iri('licence')}> a dct:LicenseDocument ; dct:title "Licence nouvelle"@fr .`))),
      ).toMatchObject({ state: 'complete', updated: 1, unchanged: 1 })
      expect(graphOf('a')).toContain('"Licence nouvelle"')
      expect(graphOf('a')).toContain('"Jeu a, 1"')
    })
  })

  test('versions of things, by the path that the stream names, lose what was only of the version', async () => {
    const version = (id: string, n: number, more = '') =>
      `<#stream> tree:member <${iri(id)}/v${n}> . <${iri(id)}/v${n}> a dcat:Dataset ${more}; <http://example.org/of> <${iri(id)}> ; <http://example.org/when> ${published(n)} ; dct:title "Jeu ${id}, ${n}"@fr ; dcat:landingPage <https://donnees.example.org/page/${id}> ; dcat:distribution [ a dcat:Distribution ; dcat:accessURL <https://donnees.example.org/${id}.csv> ] .\n`
    const about =
      '<#stream> a ldes:EventStream ; ldes:timestampPath <http://example.org/when> ; ldes:versionOfPath <http://example.org/of> ; ldes:versionDeleteObject <http://example.org/Deleted> ; tree:view <> .\n'
    expect(await harvest({ '/feed': page(about + version('a', 1) + version('a', 2) + version('b', 1) + version('c', 1) + version('d', 1)) })).toMatchObject({
      state: 'complete',
      added: 4,
      problems: [],
    })
    expect(graphOf('a')).toContain('"Jeu a, 2"')
    expect(graphOf('a')).toContain('a.csv')
    expect(graphOf('a')).not.toMatch(/example\.org\/(of|when)|\/v2/)
    expect(
      await harvest({
        '/feed': page(
          about + version('a', 1) + version('a', 2) + version('b', 1) + version('c', 1) + version('d', 1) + version('b', 5, ', <http://example.org/Deleted> '),
        ),
      }),
    ).toMatchObject({ state: 'complete', removed: 1, unchanged: 3 })
  })

  test('plain datasets as members, in JSON-LD, by the view of the stream', async () => {
    const body = JSON.stringify({
      '@context': { tree: 'https://w3id.org/tree#' },
      '@id': '#stream',
      'tree:view': { '@id': '' },
      'tree:member': ['a', 'b'].map(id => ({
        '@id': iri(id),
        '@type': 'http://www.w3.org/ns/dcat#Dataset',
        'http://purl.org/dc/terms/title': `Jeu ${id}`,
        'http://www.w3.org/ns/dcat#landingPage': { '@id': 'https://donnees.example.org/page' },
      })),
    })
    expect(
      await harvest({ '/feed': page('<#stream> a ldes:EventStream ; tree:view </view> .'), '/view': { type: 'application/ld+json', body } }),
    ).toMatchObject({ state: 'complete', added: 2, problems: [] })
  })

  test('a stream that forgets after a time lets nothing go by it', async () => {
    const fading = stream('; tree:shape <#x> ') + '<> ldes:retentionPolicy [ a ldes:DurationAgoPolicy ; tree:value "P7D"^^xsd:duration ] .\n'
    await harvest({ '/feed': page(fading + first) })
    expect(await harvest({ '/feed': page(fading + dataset('d', 2)) })).toMatchObject({ state: 'complete', added: 1, missing: 0, removed: 0 })
    expect(house.published()).toBe(4)
    expect(await harvest({ '/feed': page(fading + activity('Delete', 'a', 4)) })).toMatchObject({ removed: 1 })
  })

  test('a stream that was built anew is read as a whole', async () => {
    await harvest({ '/feed': page(stream() + links('/feed/closed')), '/feed/closed': page(first + dataset('d', 1), closed) })
    expect(
      await harvest({ '/feed': page(stream() + links('/feed/new')), '/feed/new': page(dataset('a', 1) + dataset('b', 1) + dataset('c', 1)) }),
    ).toMatchObject({ state: 'complete', unchanged: 3, removed: 1 })
  })

  test('pages in a circle are read once, a page that is gone (410) is an empty one, and one that breaks off is lost', async () => {
    expect(
      await harvest({
        '/feed': page(stream() + first + links('/feed', '/feed/2', '/feed/gone')),
        '/feed/2': page(links('/feed')),
        '/feed/gone': { status: 410 },
      }),
    ).toMatchObject({ state: 'complete', added: 3, problems: [] })
    const half = await harvest({ '/feed': page(stream() + first + links('/feed/2')), '/feed/2': page(`${dataset('d', 2)}<https://e`) })
    expect(half).toMatchObject({ state: 'partial', removed: 0, problems: [{ message: expect.stringContaining('/feed/2') as string }] })
  })

  test('a stream without end is given up', async () => {
    const endless: Answer = (request, response) =>
      response
        .writeHead(200, { 'content-type': 'application/trig' })
        .end(prefixes + stream() + links(`/feed?page=${Number(new URL(request.url!, 'http://portal').searchParams.get('page')) + 1}`))
    expect((await harvest({ '/feed': endless, '/feed?*': endless }, { options: { maxPages: 20 } })).problems[0]!.code).toBe('endless-pages')
  })
})
