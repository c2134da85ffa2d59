import { expect, test } from 'vitest'
import { openHouse } from '../harvest/harvest.ts'
import { openServed } from './site.ts'

test('another catalogue of this program is harvested by its own SPARQL endpoint, whole, and twice alike', async () => {
  const site = await openServed()
  const house = await openHouse()
  try {
    const graph = 'https://nowhere.example.org/'
    // More rows at a time than every endpoint gives: one client is answered so often a minute, and we would have to wait.
    const source = house.source('sparql', `${site.url}/sparql`, { options: { maxRows: 5000 } })
    const report = await house.harvest(source)
    expect(report).toMatchObject({ state: 'complete', failed: 0, problems: [] })
    const { results } = (await (
      await site.get(`/sparql?query=${encodeURIComponent('SELECT (COUNT(DISTINCT ?d) AS ?n) { ?d a <http://www.w3.org/ns/dcat#Dataset> }')}`)
    ).json()) as { results: { bindings: [{ n: { value: string } }] } }
    expect(report.seen).toBe(Number(results.bindings[0].n.value))
    expect(await house.harvest(source)).toMatchObject({ state: 'complete', unchanged: report.seen, added: 0 })
    expect(await house.harvest(house.source('sparql', `${site.url}/sparql`, { id: 'none', options: { graph } }))).toMatchObject({
      state: 'failed',
      problems: [{ code: 'empty-source' }],
    })
  } finally {
    await house.close()
    await site.close()
  }
}, 120_000)
