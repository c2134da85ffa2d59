import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { root } from '../../src/files.ts'
import type { Draft } from '../../src/normalise/draft.ts'
import { normalise, steps } from '../../src/normalise/steps.ts'
import { Graph } from '../../src/rdf/graph.ts'
import { adms, dcat, dct, foaf, owl, rdf, rdfs, skos, vcard, xsd } from '../../src/rdf/namespaces.ts'
import { lines } from '../../src/rdf/serialise.ts'
import { literal, namedNode, quad } from '../../src/rdf/terms.ts'
import { base, cases, contactRules, vocabulary } from '../edition.ts'
import { dataset, readCase } from './case.ts'

const known = await vocabulary()
const written = (of: Graph) => new Set(lines(of, false).trim().split('\n'))
const draftOf = (from: Graph, defaults: Draft['defaults']): Draft => ({
  graph: new Graph(from),
  dataset,
  record: `${base}/record/portal-eau`,
  base,
  defaults,
  vocabulary: known,
  repairs: [],
})

/** What each step took away or put in without listing a repair; classes and European themes are only added, as docs/mapping.md says. */
function untold(draft: Draft): string[] {
  return steps.flatMap(step => {
    const [before, listed] = [written(draft.graph), draft.repairs.length]
    step(draft)
    const after = written(draft.graph)
    if (draft.repairs.length > listed) return []
    const added = [...after].filter(line => !before.has(line) && !line.includes(`<${rdf.type.value}>`) && !line.includes(`<${dcat.theme.value}>`))
    return [...[...before].filter(line => !after.has(line)), ...added].map(line => `${step.name}: ${line}`)
  })
}

test.each(cases(join(root, 'test/normalise/cases')))('%s: no step changes anything without a repair', (_name, file) => {
  const { before, defaults } = readCase(file)
  expect(untold(draftOf(before, defaults))).toEqual([])
})

describe('whatever a portal sends', () => {
  const nodes = [
    dataset,
    ...['f', 'c', 'p', 't', 's'].map(name => namedNode(`https://portal.example.ma/dataset/${name}`)),
    namedNode('ttps://portal.example.ma/x'),
    namedNode('mailto:m.alaoui@gmail.com'),
    namedNode('mailto:m.alaoui%E9@gmail.com'),
    namedNode('mailto:%20m.alaoui%40gmail.com?subject=eau'),
    namedNode('of no address'),
  ]
  const properties = [
    dct.title,
    dct.description,
    dcat.keyword,
    dct.issued,
    dct.temporal,
    dct.spatial,
    dct.publisher,
    dct.creator,
    dct.license,
    dct.format,
    dct.accrualPeriodicity,
    dct.language,
    dcat.theme,
    dcat.contactPoint,
    dcat.distribution,
    dcat.byteSize,
    dcat.mediaType,
    dcat.downloadURL,
    dcat.landingPage,
    dcat.startDate,
    dcat.endDate,
    vcard.hasEmail,
    vcard.hasTelephone,
    vcard.fn,
    foaf.name,
    foaf.mbox,
    foaf.page,
    rdfs.label,
    skos.prefLabel,
    owl.versionInfo,
    adms.status,
    rdf.type,
  ]
  const texts = [
    ' Eau ',
    '',
    '<p>a</p>',
    '&lt;b&gt;x',
    'DonnÃ©es',
    'نص عربي',
    'Water quality of rivers',
    'T1 2023',
    '2010-2020',
    '31/12/2022',
    'janvier 2020',
    '1675245600',
    '12 Mo',
    'CSV',
    'text/csv;charset=utf-8',
    'annuel',
    'Santé',
    'HCP',
    'Souss-Massa',
    'CC-BY',
    'https://e.ma/a b',
    'http//e.ma',
    '/chemin',
    'www.e.ma',
    'm.alaoui@gmail.com',
    'contact@e.ma',
    '06 12 34 56 78',
    'voir m.alaoui@gmail.com ou 0612345678',
    'Français; العربية',
    'année scolaire 2022-2023',
    'http://purl.org/adms/status/Completed',
  ]
  const values = fc.oneof(
    fc.constantFrom(...nodes),
    fc.constantFrom(vcard.Individual, foaf.Person, dct.PeriodOfTime, foaf.Agent),
    fc.constantFrom(...texts).map(text => namedNode(text || 'urn:x')),
    fc
      .tuple(fc.oneof(fc.constantFrom(...texts), fc.string()), fc.constantFrom('', 'fr', 'ar', 'fr-FR', 'zgh', 'fre'))
      .map(([text, language]) => literal(text, language || undefined)),
    fc.tuple(fc.constantFrom(...texts), fc.constantFrom(xsd.date, xsd.dateTime, rdf.HTML, xsd.anyURI)).map(([text, type]) => literal(text, type)),
  )
  const records = fc
    .array(fc.tuple(fc.constantFrom(...nodes), fc.constantFrom(...properties), values), { maxLength: 25 })
    .map(triples => new Graph(triples.map(([subject, property, object]) => quad(subject, property, object as never))))
  const rules = contactRules({ replacePersonal: true, functional: 'opendata@example.ma', mobile: ['^0[67]\\d{8}$'] })
  const settings = fc.constantFrom<Draft['defaults']>(
    { language: 'fr' },
    { language: 'ar', languages: ['ar', 'fr', 'en'] },
    { language: 'fr', languages: ['fr', 'en'], contacts: rules, publisher: `${base}/id/organisation/hcp` },
  )

  it('no step changes anything without a repair', () => {
    fc.assert(
      fc.property(records, settings, (record, defaults) => {
        expect(untold(draftOf(record, defaults))).toEqual([])
      }),
      { numRuns: 1500 },
    )
  })

  it('what was normalised changes no more', () => {
    fc.assert(
      fc.property(records, settings, (record, defaults) => {
        const once = normalise(draftOf(record, defaults))
        const twice = normalise(draftOf(once.graph, defaults))
        expect(written(twice.graph)).toEqual(written(once.graph))
        expect(twice.repairs).toEqual([])
      }),
      { numRuns: 1500 },
    )
  })

  it('no address or mobile number of a person is left, in the record or in its repairs, where the edition says so', () => {
    fc.assert(
      fc.property(records, record => {
        const { graph: left, repairs } = normalise(draftOf(record, { language: 'fr', contacts: rules }))
        const identifying = [dct.identifier, skos.notation].map(property => `<${property.value}>`)
        expect([...written(left)].filter(line => /m\.alaoui|0612345678|06 12 34/.test(line) && !identifying.some(property => line.includes(property)))).toEqual(
          [],
        )
        expect(repairs.filter(({ before, after }) => /m\.alaoui|0612345678|06 12 34/.test(before + after))).toEqual([])
      }),
      { numRuns: 1500 },
    )
  })
})
