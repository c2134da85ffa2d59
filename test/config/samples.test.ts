import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readCatalogue } from '../../src/config/catalogue.ts'
import { readSources } from '../../src/config/sources.ts'
import { root } from '../../src/files.ts'
import { protocolOptions } from '../../src/harvest/protocols/index.ts'

const samples = join(root, 'harvesters/samples')
const catalogue = readCatalogue(join(root, 'catalogue.yaml'), {})

test('every sample of harvesters/samples can be copied as it is: it is read without a complaint, and harvests nothing until it is enabled', () => {
  const sources = readSources({ ...catalogue, harvesters: samples }, protocolOptions, {})
  expect(sources.map(source => source.id)).toEqual(readdirSync(samples).map(name => name.replace('.yaml', '')).sort())
  for (const { id, protocol, enabled } of sources) expect({ id, protocol, enabled }).toEqual({ id, protocol: id, enabled: false })
})

test('a sample names every option of its protocol', () => {
  for (const { id } of readSources({ ...catalogue, harvesters: samples }, protocolOptions, {})) {
    const text = readFileSync(join(samples, `${id}.yaml`), 'utf8')
    const options = Object.keys((protocolOptions[id] as unknown as { shape: Record<string, unknown> }).shape)
    expect(options.filter(option => !text.includes(`${option}:`)), id).toEqual([])
  }
})
