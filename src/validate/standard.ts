import { instances, value, values, type Graph } from '../rdf/graph.ts'
import { dct, fihrist, owl, rdfs, sh, skos } from '../rdf/namespaces.ts'
import { namedNode, type Subject, type Term } from '../rdf/terms.ts'
import { textsOf } from '../rdf/texts.ts'
import { filesOf, rulesOf, type Profile, type Rule } from './profiles.ts'
import { pathText } from './shacl/path-text.ts'
import { readPath } from './shacl/paths.ts'

/** How much a standard asks for a property: it must be there, it should, it may. */
export const levels = ['mandatory', 'recommended', 'optional'] as const
export type Level = (typeof levels)[number]

/** A rule as people read it. */
export interface ReadRule extends Rule {
  severity: 'violation' | 'warning' | 'info'
  /** A piece of Turtle that keeps it. */
  example?: string
}

/** What a profile says, as plain data: the page of the standard, its check and its manual are the one file. */
export interface Standard {
  name: string
  iri: string
  title: Record<string, string>
  description: Record<string, string>
  version?: string
  /** The texts that ask for it. */
  legalBasis: Record<string, string>
  /** The profiles that it is a profile of. */
  above: string[]
  /** What it is an account of: the address of the standard of those who wrote it. */
  source?: string
  classes: { label: Record<string, string>; targets: string[]; properties: { path: string; level: Level; rules: ReadRule[] }[] }[]
}

export function standardOf(profile: Profile): Standard {
  const { name, iri, shapes, above } = profile
  const self = namedNode(iri)
  const rules = rulesOf(profile)
  const version = value(shapes, self, owl.versionInfo)?.value
  const source = value(shapes, self, dct.conformsTo)?.value
  return {
    name,
    iri,
    title: textsOf(shapes, self, dct.title),
    description: textsOf(shapes, self, dct.description),
    legalBasis: textsOf(shapes, self, fihrist.legalBasis),
    above: above.map(each => each.name),
    ...(version && { version }),
    ...(source && { source }),
    classes: instances(shapes, sh.NodeShape).flatMap(shape => {
      const properties = propertiesOf(profile, rules, values(shapes, shape, sh.property))
      const targets = [sh.targetClass, sh.targetSubjectsOf].flatMap(target => values(shapes, shape, target).map(each => each.value))
      return properties.length === 0 ? [] : [{ label: textsOf(shapes, shape, rdfs.label), targets, properties }]
    }),
  }
}

/** The rules of some property shapes, by the property that they are about. */
function propertiesOf(profile: Profile, rules: Map<string, Rule>, shapes: Term[]): Standard['classes'][number]['properties'] {
  const found = shapes.flatMap(shape => {
    const file = filesOf([profile]).find(each => value(each.shapes, shape, sh.path))?.shapes
    const rule = rules.get(shape.value)
    const path = file && readPath(file, value(file, shape, sh.path)!)
    if (!file || !rule || !path) return []
    const example = value(file, shape, skos.example)?.value
    const read: ReadRule = { ...rule, severity: severityOf(file, shape), ...(example && { example }) }
    return [{ path: pathText(path), asks: asked.some(component => file.has(shape as Subject, component)), rule: read }]
  })
  return [...Map.groupBy(found, ({ path }) => path)].map(([path, all]) => {
    const needs = all.filter(({ asks }) => asks).map(({ rule }) => rule.severity)
    return {
      path,
      level: needs.includes('violation') ? 'mandatory' : needs.includes('warning') ? 'recommended' : 'optional',
      rules: all.map(({ rule }) => rule),
    }
  })
}

/** The parameters by which a value is asked for. */
const asked = [sh.minCount, sh.qualifiedMinCount]

const severityOf = (shapes: Graph, shape: Term): ReadRule['severity'] => {
  const said = value(shapes, shape, sh.severity)?.value
  return said === sh.Warning.value ? 'warning' : said === sh.Info.value ? 'info' : 'violation'
}
