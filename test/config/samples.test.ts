import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readCatalogue } from '../../src/config/catalogue.ts'
import { readSource, readSources } from '../../src/config/sources.ts'
import { root } from '../../src/files.ts'
import { protocolOptions } from '../../src/harvest/protocols/index.ts'

const catalogue = readCatalogue(join(root, 'catalogue.yaml'), {})
const folder = join(root, 'harvesters/samples')

describe('a sample source file', () => {
  test('there is one for each protocol', () => {
    expect(readdirSync(folder).sort()).toEqual(
      Object.keys(protocolOptions)
        .map(name => `${name}.yaml`)
        .sort(),
    )
  })
  test.each(readdirSync(folder))('%s is right in all its keys, for the protocol it is named for, and never harvested as it stands', name => {
    expect(readSource(join(folder, name), catalogue, protocolOptions, {})).toMatchObject({ protocol: name.replace('.yaml', ''), enabled: false })
  })
  test.each(readdirSync(folder))('%s names every option of its protocol', name => {
    const text = readFileSync(join(folder, name), 'utf8')
    const options = Object.keys((protocolOptions[name.replace('.yaml', '')]!.options as unknown as { shape: Record<string, unknown> }).shape)
    expect(options.filter(option => !text.includes(`${option}:`))).toEqual([])
  })
})

test('of the sources of the edition no two that are enabled read the same host', () => {
  const hosts = readSources(catalogue, protocolOptions, {})
    .filter(source => source.enabled)
    .map(source => new URL(source.url).host)
  expect(new Set(hosts).size).toBe(hosts.length)
})
