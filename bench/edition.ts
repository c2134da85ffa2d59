import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readCatalogue, type Catalogue } from '../src/config/catalogue.ts'
import { readSources, type Source } from '../src/config/sources.ts'
import { protocolOptions } from '../src/harvest/protocols/index.ts'

/** The edition that is measured, written into a folder: the shipped lists and all three profiles, and one CKAN portal on loopback. */
export function writeEdition(folder: string, port: number): { file: string; catalogue: Catalogue; source: Source } {
  const file = join(folder, 'catalogue.yaml')
  mkdirSync(join(folder, 'harvesters'), { recursive: true })
  writeFileSync(
    file,
    `base: https://catalogue.example.ma
title: { fr: Mesure }
publisher: add
languages: [fr, ar, en]
profiles: [admission, dcat-ap, dcat-ap-ma]
http: { allowAddresses: ["127.0.0.0/8"] }
limits: { delayMs: 0 }
`,
  )
  writeFileSync(
    join(folder, 'harvesters/bench.yaml'),
    `title: { fr: Mesure }
protocol: ckan
url: http://127.0.0.1:${port}/
licence: odbl-ma
options:
  pageSize: 200
  site: https://portail.example.ma/data
  incremental: false
  languages: { fr: fr, ar: ar }
  licences: { odc-odbl: odbl-ma }
  fields: { geographic_coverage: dct:spatial, collection_frequency: fihrist:collectionFrequency, available_languages: dct:language }
`,
  )
  const catalogue = readCatalogue(file, process.env)
  return { file, catalogue, source: readSources(catalogue, protocolOptions, process.env)[0]! }
}
