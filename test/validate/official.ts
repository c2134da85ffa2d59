import { readFileSync, readdirSync } from 'node:fs'
import { extname, join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Graph } from '../../src/rdf/graph.ts'
import { sh, skos } from '../../src/rdf/namespaces.ts'
import { parse } from '../../src/rdf/parse.ts'
import { textOf, type Term } from '../../src/rdf/terms.ts'
import type { Validator } from '../../src/validate/shacl/compile.ts'
import type { Data } from '../../src/validate/shacl/data.ts'
import type { Path } from '../../src/validate/shacl/paths.ts'
import type { Concept } from '../../src/vocabulary/concepts.ts'
import type { Lists } from '../../src/vocabulary/vocabulary.ts'
import { recordedTypes } from '../corpus.ts'

// The official shapes beside ours: what each says violates something in one and the same graph.

const releases = 'shapes/SEMICeu__DCAT-AP/releases'

/**
 * The sets of official shapes, and the profile of ours that is to say the same. data.europa.eu measures compliance without the lists of 2.1.1, and so does
 * `dcat-ap-2`: what they find, `dcat-ap` finds, which has rules for much else (`among`).
 */
export const sets: { name: string; profile: string; files: string[]; among?: true }[] = [
  { name: '3.0.1', profile: 'dcat-ap', files: ['shapes', 'range', 'mdr-vocabularies.shape'].map(name => `${releases}/3.0.1/html/shacl/${name}.ttl`) },
  { name: '2.1.1', profile: 'dcat-ap-2', files: ['shapes', 'range'].map(name => `${releases}/2.1.1/dcat-ap_2.1.1_shacl_${name}.ttl`) },
  { name: 'lists of 2.1.1', profile: 'dcat-ap', files: [`${releases}/2.1.1/dcat-ap_2.1.1_shacl_mdr-vocabularies.shape.ttl`], among: true },
  { name: 'hvd', profile: 'dcat-ap-hvd', files: [`${releases}/3.0.0-hvd/html/hvd-SHACL-base.ttl`] },
]

export const readGraph = async (file: string): Promise<Graph> =>
  new Graph((await parse(readFileSync(file), { url: pathToFileURL(file).href, mediaType: recordedTypes[extname(file)] ?? 'text/turtle' })).quads)

/** The shapes of several files as one. */
export async function officialShapes(corpus: string, files: readonly string[]): Promise<Graph> {
  return new Graph((await Promise.all(files.map(file => readGraph(join(corpus, file))))).flatMap(graph => [...graph]))
}

/** Every RDF file of the corpus that speaks of catalogues and can be read. */
export async function* feedsOf(corpus: string): AsyncGenerator<{ file: string; data: Graph }> {
  const files = ['dcat-feeds', 'csw-iso', 'schema-org', 'w3c/w3c__dxwg'].flatMap(folder =>
    readdirSync(join(corpus, folder), { recursive: true, withFileTypes: true })
      .filter(each => each.isFile() && extname(each.name) in recordedTypes && !each.name.endsWith('.html'))
      .map(each => join(each.parentPath, each.name)),
  )
  for (const file of files.sort()) {
    if (!readFileSync(file, 'latin1').includes('www.w3.org/ns/dcat#')) continue
    const data = await readGraph(file).catch(() => undefined)
    if (data && [...data].length > 0) yield { file: relative(corpus, file), data }
  }
}

const authority = 'http://publications.europa.eu/resource/authority/'

/** The code lists as they were published, each where the corpus has it whole; their classes are those that DCAT-AP has for the list. */
const published = {
  'access-right': 'Informasjonsforvaltning__fdk-reference-data/test/resources/access-right-sparql-result.ttl',
  country: 'piveau-data__piveau-hub-registry/vocabularies/countries-skos.rdf',
  'data-theme': 'geosolutions-it__ckanext-dcatapit/vocabularies/data-theme-filtered.rdf',
  'dataset-type': 'Informasjonsforvaltning__fdk-reference-data/test/resources/dataset-types-sparql-result.ttl',
  'distribution-status': 'Informasjonsforvaltning__fdk-reference-data/test/resources/distribution-status-sparql-result.ttl',
  'file-type': 'metadata101__dcat-ap/thesauri/theme/file-type.rdf',
  frequency: 'Informasjonsforvaltning__fdk-reference-data/test/resources/frequencies-sparql-result.ttl',
  language: 'geosolutions-it__ckanext-dcatapit/vocabularies/languages-filtered.rdf',
  licence: 'Informasjonsforvaltning__fdk-reference-data/test/resources/licences-sparql-result.ttl',
  'planned-availability': 'Informasjonsforvaltning__fdk-reference-data/test/resources/planned-availability-sparql-result.ttl',
}

const classes: Record<string, string> = {
  'access-right': 'RightsStatement',
  country: 'Location',
  'file-type': 'MediaTypeOrExtent',
  frequency: 'Frequency',
  language: 'LinguisticSystem',
  licence: 'LicenseDocument',
}

/** What the published lists say of their codes. */
export async function publishedLists(corpus: string): Promise<Lists> {
  const concepts = new Map<string, Concept>()
  for (const [list, file] of Object.entries(published)) {
    const scheme = authority + list
    concepts.set(scheme, entry(scheme, '', [skos.ConceptScheme.value]))
    for (const { subject } of await readGraph(join(corpus, 'authority', file))) {
      if (!subject.value.startsWith(`${scheme}/`)) continue
      const kind = classes[list]
      concepts.set(subject.value, entry(subject.value, scheme, [`${skos.iri}Concept`, ...(kind ? [`http://purl.org/dc/terms/${kind}`] : [])]))
    }
  }
  return { concepts, flag: () => false } as unknown as Lists
}

const entry = (iri: string, scheme: string, classes: string[]) => ({ iri, scheme, classes, closeMatch: [], labels: { en: iri } }) as unknown as Concept

/** Something that violates a shape: where, by which component, for which value. */
export interface Violation {
  focus: Term
  path: string
  component: string
  value?: Term | undefined
}

/** Everything that violates compiled shapes, by focus node and path. */
export function violationsOf(validate: Validator, data: Data): Map<string, Violation> {
  const found = new Map<string, Violation>()
  validate(data, ({ severity, component, path: ofShape }, focus, { value, path = ofShape }) => {
    if (!severity.equals(sh.Violation)) return
    for (const property of path ? propertiesOf(path, data, focus, value) : [''])
      found.set(`${textOf(focus)} ${property}`, {
        focus,
        path: property,
        component: component.value.slice(sh.iri.length).replace(/ConstraintComponent$/, ''),
        value,
      })
  })
  return found
}

/** Of alternatives, those by which the value is reached. */
function propertiesOf(path: Path, data: Data, focus: Term, value: Term | undefined): string[] {
  if (path.kind === 'predicate') return [path.property.value]
  if (path.kind !== 'alternative') return [JSON.stringify(path)]
  const all = path.paths.flatMap(each => (each.kind === 'predicate' ? [each.property] : []))
  const through = value ? all.filter(property => data.objects(focus, property).some(each => each.equals(value))) : all
  return through.map(property => property.value)
}
