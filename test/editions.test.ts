import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../src/files.ts'
import { values } from '../src/rdf/graph.ts'
import { skos } from '../src/rdf/namespaces.ts'
import { namedNode } from '../src/rdf/terms.ts'
import { ownLists } from '../src/vocabulary/lists.ts'
import { base, vocabulary } from './edition.ts'

// Knowledge is data: what the catalogue of one country is made of stands in catalogue.yaml, harvesters/, ontologies/ and shapes/.

const known = await vocabulary()
const { organisation, territory } = ownLists(base)

/** The names of places and bodies in the edition's own lists, which are one word. */
const names = [organisation, territory]
  .flatMap(list => known.schemes.get(list)!.concepts)
  .flatMap(({ iri }) => [skos.prefLabel, skos.altLabel].flatMap(property => values(known.graph, namedNode(iri), property)))
  .map(({ value }) => value)
  .filter(name => /^\p{L}{3,}$/u.test(name) && !['ADD'].includes(name))

test('no file of src/ knows the country of the edition: its places, bodies, hosts and telephones', () => {
  expect(names).toEqual(expect.arrayContaining(['Maroc', 'Morocco', 'المغرب', 'HCP', 'Tanger']))
  const words = new RegExp(`(?<![\\p{L}\\d])(?:${[...names, 'Moroccan', 'marocaine?s?', 'menara'].join('|')})(?![\\p{L}\\d])|[a-z]\\.ma\\b|\\+212`, 'u')
  const lines = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    // The database of one body speaks a protocol of its own.
    .filter(file => /\.tsx?$/.test(file) && !file.startsWith('harvest/protocols/hcp-bds/'))
    .flatMap(file =>
      readFileSync(join(root, 'src', file), 'utf8')
        .split('\n')
        .flatMap((line, at) => {
          const word = words.exec(line.replace('such as Africa/Casablanca', ''))
          return word ? [`${file}:${at + 1}: ${word[0]}`] : []
        }),
    )
  expect(lines).toEqual([])
})
