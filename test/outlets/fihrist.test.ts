import { afterAll, beforeAll, expect, test } from 'vitest'
import { edition, openHouse } from '../harvest/harvest.ts'
import { openPublished, type Published } from './served.ts'

// A Fihrist that harvests another, by each of its ways out: the same datasets come out of each.

let site: Published
beforeAll(async () => {
  site = await openPublished({
    yaml: `${edition}store: { kind: oxigraph, timeoutS: 60 }\n`,
    datasets: Array.from({ length: 105 }, (_, at) => `jeu-${at}`),
  })
  await site.ready()
}, 300_000)
afterAll(async () => {
  expect(site.failures).toEqual([])
  await site.close()
})

test.each([
  ['ckan', '/', {}, ['series', 'service']],
  ['data-json', '/data.json', {}, ['series']],
  ['oai-pmh', '/oai', {}, ['series', 'service']],
  ['oai-pmh', '/oai', { metadataPrefix: 'oai_dc' }, ['series', 'service']],
  ['oai-pmh', '/oai', { metadataPrefix: 'datacite' }, ['series', 'service']],
  ['ldes', '/ldes', {}, ['series', 'service']],
  ['schema-org', '/sitemap.xml', { include: '/dataset/' }, ['series']],
  ['sparql', '/sparql', { pageSize: 20 }, ['series']],
  ['dcat', '/catalog.ttl', {}, ['series', 'service']],
  ['dcat', '/catalog.jsonld?limit=50', {}, ['series', 'service']],
  ['dcat', '/catalog.xml?limit=50', {}, ['series', 'service']],
] as [string, string, Record<string, unknown>, string[]][])('by %s from %s %j', async (protocol, path, options, kinds) => {
  const other = await openHouse()
  try {
    const source = other.source(protocol, `${site.url}${path}`, { id: 'amont', options })
    const report = await other.harvest(source)
    const isWanted = (dataset: string) => /\/dataset\//.test(dataset) || kinds.some(kind => dataset.includes(`/${kind}/`))
    const titles = (house: Published['house'], datasets: (dataset: string) => boolean) =>
      house
        .records()
        .flatMap(each =>
          each.shown === null || !datasets(each.dataset)
            ? []
            : [Object.entries(each.title).find(([tag]) => tag === 'fr')?.[1] ?? Object.values(each.title)[0]!],
        )
        .sort()
    expect({ state: report.state, problems: report.problems.map(({ message }) => message).slice(0, 3) }).toEqual({ state: 'complete', problems: [] })
    expect(titles(other, () => true)).toEqual(titles(site.house, isWanted))
  } finally {
    await other.close()
  }
})
