import { SaxesParser } from '@rubensworks/saxes'
import { Problem, sentence } from '../../../problem.ts'
import { decode } from '../../../rdf/decode.ts'
import { mendXml } from '../../../rdf/rdfxml.ts'
import { languageTag } from '../../../rdf/reader.ts'

/** An element with its namespace as an IRI: prefixes are the portal's own affair. Text and elements in document order; comments are left out. */
export interface Element {
  space: string
  name: string
  prefix: string
  attributes: { space: string; name: string; prefix: string; value: string }[]
  children: (Element | string)[]
  /** The document broke off inside it: something of it may be missing. */
  cut?: true
}

/** A document as far as it could be read. */
export interface XmlPage {
  root: Element
  /** Why it could not be read to its end: elements that were open at that place are marked as cut. */
  problem?: Problem
}

/** The deepest nesting of elements; deeper documents are an attack. */
const maxDepth = 1000

/**
 * Reads a portal's answer as XML 1.0 with namespaces, in the encoding it declares. Entities that a document defines itself are refused and
 * none is ever fetched, so that neither bombs nor our own files come in by them. What portals get wrong (a bare `&`, control characters) is
 * mended first. Throws a Problem `portal-refused` for HTML, `not-xml` where not even the root can be read.
 */
export function readXml({ url, mediaType = '', body }: { url: string; mediaType?: string; body: Uint8Array | string }): XmlPage {
  const text = typeof body === 'string' ? body : decode(body, mediaType).replace(/^\uFEFF/, '')
  if (/^(?:\s|<\?xml[^>]*>|<!--[\s\S]*?-->)*<(?:!doctype html|html)\b/i.test(text)) {
    throw new Problem(
      'portal-refused',
      `${url} answered with a page of HTML and not with XML: a firewall, a login or a wrong address. ` +
        `Check the source's url, or ask the portal to let this address through.`,
      { url, excerpt: text.trim().slice(0, 300) },
    )
  }
  const first = parse(text)
  const better = first.error === undefined ? text : mendXml(text)
  const { root, error } = better === text ? first : parse(better)
  const place = { url, excerpt: text.trim().slice(0, 300) }
  if (error === undefined && root) return { root }
  const what = error === undefined ? 'there is no element in it' : sentence(error).replace(/\.$/, '')
  const problem = new Problem('not-xml', `${url} answered with XML that is broken or cut off: ${what}. Ask the portal to mend it.`, place, error)
  if (!root) throw problem
  return { root, problem }
}

function parse(text: string): { root?: Element; error?: unknown } {
  const parser = new SaxesParser({ xmlns: true })
  const open: Element[] = []
  let root: Element | undefined
  parser.on('error', error => {
    throw error
  })
  parser.on('opentagstart', () => {
    if (open.length === maxDepth) throw new Error(`elements are nested more than ${maxDepth} deep`)
  })
  parser.on('opentag', ({ uri, local, prefix, attributes }) => {
    const element: Element = {
      space: uri,
      name: local,
      prefix,
      children: [],
      attributes: Object.values(attributes)
        .filter(each => each.uri !== xmlns)
        .map(each => ({ space: each.uri, name: each.local, prefix: each.prefix, value: each.value })),
    }
    open.at(-1)?.children.push(element)
    root ??= element
    open.push(element)
  })
  const say = (text: string) => {
    open.at(-1)?.children.push(text)
  }
  parser.on('text', say)
  parser.on('cdata', say)
  parser.on('closetag', () => {
    open.pop()
  })
  try {
    parser.write(text).close()
    return { ...(root && { root }) }
  } catch (error) {
    for (const element of open) element.cut = true
    return { ...(root && { root }), error }
  }
}

const xmlns = 'http://www.w3.org/2000/xmlns/'
const xml = 'http://www.w3.org/XML/1998/namespace'
const isElement = (node: Element | string): node is Element => typeof node !== 'string'

/** The elements inside it: all, those of a namespace, or those of a name in it. */
export const children = (node: Element, space?: string, name?: string): Element[] =>
  node.children.filter(isElement).filter(each => (space === undefined || each.space === space) && (name === undefined || each.name === name))

export const child = (node: Element | undefined, space: string, name: string): Element | undefined => (node ? children(node, space, name)[0] : undefined)

/** Elements of a name at any depth, in document order. */
export const descendants = (node: Element, space: string, name: string): Element[] =>
  node.children.filter(isElement).flatMap(each => [...(each.space === space && each.name === name ? [each] : []), ...descendants(each, space, name)])

/** The text of an element and of all inside it, blanks around it cut off; empty where there is none. */
export const textOf = (node: Element | undefined): string => (node ? allText(node).trim() : '')
const allText = (node: Element): string => node.children.map(each => (isElement(each) ? allText(each) : each)).join('')

/** The value of an attribute; one without a prefix is in no namespace. Empty where there is none. */
export const attribute = (node: Element | undefined, name: string, space = ''): string =>
  node?.attributes.find(each => each.name === name && each.space === space)?.value.trim() ?? ''

/** The language that `xml:lang` gives; empty where it gives none, or what is no language (BCP 47). */
export const languageOf = (node: Element | undefined): string => languageTag(attribute(node, 'lang', xml))

// Elements at a path of local names within a family of namespaces, such as `citation/*/title`. A step is a name, several (`a|b`), `*` for
// any element, or `.` for the node itself.
export function select(node: Element, path: string, within: (space: string) => boolean = () => true): Element[] {
  let found = [node]
  for (const step of path.split('/')) {
    const names = step.split('|')
    if (step !== '.') found = found.flatMap(each => children(each).filter(({ space, name }) => within(space) && (step === '*' || names.includes(name))))
  }
  return found
}

/** An element as a document of its own: every namespace it needs is declared. */
export function writeXml(
  node: Element,
  bound = new Map([
    ['', ''],
    ['xml', xml],
  ]),
): string {
  const own = new Map<string, string>()
  const here = new Map(bound)
  const bind = (prefix: string, space: string) => {
    if (here.get(prefix) === space) return
    here.set(prefix, space)
    own.set(prefix, space)
  }
  bind(node.prefix, node.space)
  for (const { prefix, space } of node.attributes) if (prefix) bind(prefix, space)
  const declared = [...own].map(([prefix, space]) => ` ${prefix ? `xmlns:${prefix}` : 'xmlns'}="${escapeValue(space)}"`)
  const attributes = node.attributes.map(({ prefix, name, value }) => ` ${prefix ? `${prefix}:` : ''}${name}="${escapeValue(value)}"`)
  const tag = `${node.prefix ? `${node.prefix}:` : ''}${node.name}`
  const inside = node.children.map(each => (isElement(each) ? writeXml(each, here) : escape(each))).join('')
  return `<${tag}${declared.join('')}${attributes.join('')}${inside ? `>${inside}</${tag}>` : '/>'}`
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escape = (text: string) => text.replace(/[&<>\r]/g, each => entities[each] ?? '&#13;')
const escapeValue = (text: string) => text.replace(/[&<>"\t\n\r]/g, each => entities[each] ?? `&#${each.charCodeAt(0)};`)
