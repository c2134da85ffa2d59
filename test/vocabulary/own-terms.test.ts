import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { root } from '../../src/files.ts'
import { publicStates } from '../../src/ledger/programme/kinds.ts'
import { metricQuads } from '../../src/outlets/scorecard/rdf.ts'
import { ownTerms } from '../../src/outlets/vocabulary.ts'
import { dqv, fihrist, rdf, skos } from '../../src/rdf/namespaces.ts'
import { isLiteral, isNamed } from '../../src/rdf/terms.ts'
import { vocabulary } from '../edition.ts'

// Whoever meets a term of ours finds in the vocabulary what it means, in three languages.

const known = new Map(ownTerms(await vocabulary()).terms.map(term => [term.name, term]))
const metrics = metricQuads({ catalogue: { languages: ['fr', 'ar', 'en'] } } as never)

const textsIn = (folder: string, ending: RegExp) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(name => ending.test(name))
    .map(name => readFileSync(join(root, folder, name), 'utf8'))
const written = (texts: string[]) =>
  texts.flatMap(text => [...text.replaceAll(/^\s*#.*$/gm, '').matchAll(/\bfihrist:([A-Za-z][\w-]*)/g)].map(([, name]) => name!))

it.each([
  ['the program names', Object.values(fihrist).flatMap(term => (typeof term === 'string' ? [] : [term.value.slice(fihrist.iri.length)]))],
  ['shapes, lists and queries write', written([...textsIn('shapes', /\.ttl$/), ...textsIn('ontologies', /\.ttl$/), ...textsIn('queries', /\.rq$/)])],
  ['the JSON-LD context shortens', written(textsIn('src/rdf/contexts', /dcat-ap\.jsonld$/))],
  ['quality is measured by', metrics.flatMap(({ subject }) => (subject.value.startsWith(fihrist.iri) ? [subject.value.slice(fihrist.iri.length)] : []))],
  ['runs are counted in', ['seen', 'added', 'updated', 'unchanged', 'removed', 'missing', 'failed', 'quarantined', 'repairs']],
  ['changes of a run lead by', ['added', 'updated', 'missing', 'removed', 'held'].map(name => `${name}Record`)],
  ['requests stand at', publicStates('request').map(state => `request-${state}`)],
])('all terms of ours that %s are described in French, Arabic and English', (_who, names) => {
  expect(names.length).toBeGreaterThan(3)
  const missing = [...new Set(names)].filter(
    name =>
      Object.keys(known.get(name)?.label ?? {})
        .sort()
        .join() !== 'ar,en,fr',
  )
  expect(missing).toEqual([])
})

it('every term has a class, and says what it means unless it is an entry of a list', () => {
  for (const { name, comment, kinds } of known.values()) {
    expect.soft(kinds.length, name).toBeGreaterThan(0)
    if (!kinds.some(kind => kind.startsWith(skos.iri))) expect.soft(Object.keys(comment).sort(), name).toEqual(['ar', 'en', 'fr'])
  }
})

it('no metric is a property too, and pages say of each what the vocabulary says', () => {
  for (const { subject, predicate, object } of metrics) {
    const term = isNamed(subject) && known.get(subject.value.slice(fihrist.iri.length))
    if (!term || !isLiteral(object)) continue
    expect.soft(term.kinds, term.name).toEqual([dqv.Metric.value])
    const said = predicate.equals(skos.prefLabel) ? term.label : predicate.equals(skos.definition) ? term.comment : undefined
    if (said) expect.soft(said[object.language], `${term.name} ${predicate.value}`).toBe(object.value)
  }
  expect(metrics.filter(({ predicate, object }) => predicate.equals(rdf.type) && object.equals(dqv.Metric)).length).toBeGreaterThan(60)
})
