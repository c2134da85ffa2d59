import { sentence } from '../problem.ts'
import { expand, rdf } from './namespaces.ts'
import { legal } from './rdfxml.ts'
import { deepest, ownStatements } from './reader.ts'
import { markedBase, unmarking } from './relative.ts'
import { quad, type NamedNode, type Quad, type Term } from './terms.ts'

/** Elements that HTML lets stand without an end tag. */
const unclosed = /^(?:area|base|br|col|colgroup|dd|dt|embed|hr|img|input|li|link|meta|option|p|param|rp|rt|source|tbody|td|tfoot|th|thead|tr|track|wbr)$/i

/** What a page of HTML says in its attributes (RDFa 1.1). `error` is why it could not be read to its end, in words. */
export async function readRdfa(html: string, url: string): Promise<{ quads: Quad[]; mended: Map<string, string>; error?: string }> {
  const mended = new Map<string, string>()
  if (isDeeper(html)) return { quads: [], mended, error: `its elements are nested more than ${deepest} deep` }
  const { RdfaParser } = await import('rdfa-streaming-parser')
  const quads: Quad[] = []
  const [own, plain] = [ownStatements(), unmarking(url, mended)]
  const parser = new RdfaParser({ baseIRI: markedBase(url), contentType: 'text/html' })
  return new Promise(resolve => {
    parser.on('data', each => quads.push(plain(legal(declared(own(each)), mended))))
    parser.on('error', error => resolve({ quads, mended, error: sentence(error).replace(/\.$/, '') }))
    parser.on('end', () => resolve({ quads, mended }))
    parser.end(html)
  })
}

/** Prefixes that everybody uses and this page does not declare stand for what they do elsewhere. */
function declared(each: Quad): Quad {
  const named = <T extends Term>(term: T): T | NamedNode => (/^https?:/.test(term.value) ? term : (expand(term.value) ?? term))
  return each.predicate.equals(rdf.type) ? quad(each.subject, each.predicate, named(each.object)) : quad(each.subject, named(each.predicate), each.object)
}

function isDeeper(html: string): boolean {
  let depth = 0
  for (const [tag, name] of html.matchAll(/<\/?([a-z][\w:-]*)\b[^<>]*>/gi)) {
    if (unclosed.test(name!) || tag.endsWith('/>')) continue
    if (tag.startsWith('</')) depth--
    else if (++depth > deepest) return true
  }
  return false
}
