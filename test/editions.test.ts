import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../src/files.ts'
import { morocco } from './edition.ts'

// Knowledge is data: what the catalogue of one country is made of stands in catalogue.yaml, harvesters/, ontologies/ and shapes/.

test('no file of src/ knows the country of the edition: its places, bodies, hosts and telephones', async () => {
  const words = await morocco()
  for (const word of ['Maroc', 'Morocco', 'المغرب', 'HCP', 'Tanger', 'www.example.ma', '+212']) expect(word).toMatch(words)
  const lines = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    // The database of one body speaks a protocol of its own.
    .filter(file => /\.(tsx?|yaml)$/.test(file) && !file.startsWith('harvest/protocols/hcp-bds/'))
    .flatMap(file =>
      readFileSync(join(root, 'src', file), 'utf8')
        .split('\n')
        .flatMap((line, at) => {
          const word = words.exec(line)
          return word ? [`${file}:${at + 1}: ${word[0]}`] : []
        }),
    )
  expect(lines).toEqual([])
})
