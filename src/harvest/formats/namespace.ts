import type { Element } from '../readers/xml/xml.ts'

/** The namespace of an envelope is inherited by what does not name its own. */
const inherited = new Set(['', 'http://www.openarchives.org/OAI/2.0/', 'http://www.opengis.net/cat/csw/2.0.2', 'http://www.opengis.net/cat/csw/3.0'])

/** The root of a format, the namespace it should name, and that of what is in it. */
const meant: [root: RegExp, space: string, within: string][] = [
  [/^(?:resource|oai_datacite)$/, 'http://datacite.org/schema/kernel-4', 'http://datacite.org/schema/kernel-4'],
  [/^dc$/, 'http://www.openarchives.org/OAI/2.0/oai_dc/', 'http://purl.org/dc/elements/1.1/'],
  [/^(?:Brief|Summary)?Record$/, 'http://www.opengis.net/cat/csw/2.0.2', 'http://purl.org/dc/terms/'],
  [/^M[DI]_Metadata$/, 'http://www.isotc211.org/2005/gmd', 'http://www.isotc211.org/2005/gmd'],
]

/** A record that does not name the namespace of its format, in the one that is meant; any other as it is. What of it names another one keeps that. */
export function inNamespace(root: Element): Element {
  const found = meant.find(([name]) => name.test(root.name))
  if (!found) return root
  const [, space, within] = found
  const lacks = (each: Element) => inherited.has(each.space) && each.space !== space
  const named = (each: Element, own: string): Element => ({
    ...each,
    ...(lacks(each) && { space: own, prefix: own === space ? '' : 'in' }),
    children: each.children.map(inner => (typeof inner === 'string' ? inner : named(inner, within))),
  })
  return lacks(root) || root.children.some(each => typeof each !== 'string' && each.space === '') ? named(root, space) : root
}
