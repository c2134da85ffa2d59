import type { Part } from './format.ts'
import { prefixes, rdf, xsd } from './namespaces.ts'
import { isLiteral, isNamed, textOf, type Literal, type Quad, type Subject } from './terms.ts'

const prefixOf = new Map(Object.entries(prefixes).map(([prefix, namespace]) => [namespace, prefix]))

/** RDF/XML (RDF 1.1 XML Syntax), well formed whatever the statements hold: those that it cannot say are left out, and a comment says which. */
export function writeRdfXml(quads: Quad[]): string {
  const used = new Set([rdf.iri, ...quads.map(({ predicate: { value } }) => nameOf(value)?.namespace)])
  return `${head(Object.entries(prefixes).filter(([, namespace]) => used.has(namespace)))}${descriptions(quads, new Map())}</rdf:RDF>\n`
}

/** One root element around the descriptions of every graph. */
export function* rdfXmlParts(parts: Iterable<Part>): Generator<string> {
  const labels = new Map<string, string>()
  yield head(Object.entries(prefixes))
  for (const { quads } of parts) yield descriptions(quads, labels)
  yield '</rdf:RDF>\n'
}

const head = (declared: [prefix: string, namespace: string][]) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF${declared.map(([prefix, namespace]) => `\n  xmlns:${prefix}="${escaped(namespace)}"`).join('')}>\n`

/** What is said of each subject; `labels` are the names that blank nodes have in the document. */
function descriptions(quads: Quad[], labels: Map<string, string>): string {
  let text = ''
  for (const said of Map.groupBy(quads, ({ subject }) => textOf(subject)).values()) {
    const about = reference(said[0]!.subject, 'about', labels)
    const properties = said.map(quad => (about === undefined ? undefined : propertyElement(quad, labels)) ?? leftOut(quad)).join('')
    text += about === undefined ? properties : `  <rdf:Description ${about}>\n${properties}  </rdf:Description>\n`
  }
  return text
}

/** Undefined where the property has no name in XML, or the object is an IRI that XML cannot hold. */
function propertyElement({ predicate, object }: Quad, labels: Map<string, string>): string | undefined {
  const name = nameOf(predicate.value)
  const attribute = isLiteral(object) ? kindOf(object) : ` ${reference(object, 'resource', labels) ?? ''}`
  if (!name || attribute === ' ') return undefined
  const content = isLiteral(object) ? `>${escaped(object.value)}</${name.element}>` : '/>'
  return `    <${name.element}${name.declared}${attribute}${content}\n`
}

const kindOf = ({ language, datatype: { value: datatype } }: Literal) =>
  language ? ` xml:lang="${language}"` : datatype === xsd.string.value ? '' : ` rdf:datatype="${escaped(datatype)}"`

function reference(node: Subject, as: 'about' | 'resource', labels: Map<string, string>): string | undefined {
  if (isNamed(node)) return unheld.test(node.value) ? undefined : `rdf:${as}="${escaped(node.value)}"`
  const label = labels.get(node.value) ?? `b${labels.size}`
  labels.set(node.value, label)
  return `rdf:nodeID="${label}"`
}

const leftOut = ({ subject, predicate, object }: Quad) =>
  `    <!-- RDF/XML cannot say: ${[subject, predicate, object].map(term => escaped(textOf(term)).replace(/-(?=-|$)/g, '&#45;')).join(' ')} -->\n`

/** The name of an element for a property. */
interface ElementName {
  namespace: string
  element: string
  /** The declaration of its namespace, where that is none of the usual ones. */
  declared: string
}

/** A name at the end of an IRI, in letters that every edition of XML takes for such (XML 1.0, 2.3). */
const localName = /[A-Za-z_\u00C0-\u00D6\u00D8-\u00F6\u0621-\u063A\u0641-\u064A][-.\w\u00C0-\u00D6\u00D8-\u00F6\u0621-\u063A\u0641-\u064A]*$/
/** What RDF/XML means something else by (RDF 1.1 XML Syntax, 7.2.5 and 7.4), and the namespaces that no prefix may have (Namespaces in XML, 3). */
const reservedNames = new Set(
  ['RDF', 'ID', 'about', 'parseType', 'resource', 'nodeID', 'datatype', 'Description', 'li', 'aboutEach', 'aboutEachPrefix', 'bagID'].map(
    name => rdf.iri + name,
  ),
)
const reservedNamespaces = new Set(['', 'http://www.w3.org/XML/1998/namespace', 'http://www.w3.org/2000/xmlns/'])

const known = new Map<string, ElementName | undefined>()
/** Names that are kept: an edition has some hundred properties, and a portal may send any number. */
const most = 2000

function nameOf(property: string): ElementName | undefined {
  if (known.has(property)) return known.get(property)
  if (known.size >= most) known.clear()
  const name = reservedNames.has(property) || unheld.test(property) ? undefined : elementFor(property, localName.exec(property)?.index)
  known.set(property, name)
  return name
}

function elementFor(property: string, at: number | undefined): ElementName | undefined {
  const [namespace, name] = [property.slice(0, at), at === undefined ? '' : property.slice(at)]
  if (name === '' || reservedNamespaces.has(namespace)) return undefined
  const prefix = prefixOf.get(namespace)
  return { namespace, element: `${prefix ?? 'p'}:${name}`, declared: prefix === undefined ? ` xmlns:p="${escaped(namespace)}"` : '' }
}

/** What no XML can hold, not even as a reference (XML 1.0, 2.2). */
const unheld = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Cs}/u
const special = /[&<>"\r]|[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Cs}/gu
const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\r': '&#13;' }
/** A text as content or attribute; characters that XML cannot hold are left out of it. */
const escaped = (text: string) => text.replace(special, character => escapes[character] ?? '')
