import { afterAll, beforeAll, expect, test } from 'vitest'
import { formats } from '../../src/rdf/formats.ts'
import { parse } from '../../src/rdf/parse.ts'
import { readBy, readers } from './readers.ts'
import { linesOf } from './self-check.ts'
import { openPublished, type Published } from './served.ts'

// What readers that others wrote make of what we publish.

let site: Published
beforeAll(async () => {
  site = await openPublished({ datasets: ['un', 'deux'] })
}, 60_000)
afterAll(async () => {
  expect(site.failures).toEqual([])
  await site.close()
})

for (const reader of readers) {
  if (!reader.isThere) console.warn(`readers.test.ts goes without ${reader.name}: it is not installed.`)
  test.skipIf(!reader.isThere).each(formats.filter(({ name }) => name in reader.syntaxes).map(format => [format.name, format] as const))(
    `${reader.name} reads the feed, a dataset and the catalogue of a source in %s as we do`,
    async (name, format) => {
      for (const path of ['/catalog', `/dataset/${site.idOf('dataset/barrages')}`, '/sources/portail/catalog', '/id/theme']) {
        const address = `${site.url}${path}.${format.extension}`
        const text = await (await fetch(address)).text()
        const { quads } = await parse(text, { url: address, format })
        const read = await parse(await readBy(reader, reader.syntaxes[name]!, text, address), { url: address, mediaType: 'application/n-triples' })
        expect([path, ...linesOf(read.quads)].sort()).toEqual([path, ...linesOf(quads)].sort())
      }
    },
    60_000,
  )
}
