import type * as RDF from '@rdfjs/types'
import type jsonld from 'jsonld'
import type { JsonLdDocument } from 'jsonld'
import type { Problem } from '../problem.ts'
import { loadContext } from './contexts.ts'
import type { Read } from './format.ts'
import { isLegalIri, legallyWritten, mendIri } from './iri.ts'
import { parseJson } from './json.ts'
import { deepest, languageTag, ownStatements } from './reader.ts'
import { asIri, isMarked, plainIri } from './relative.ts'

/** The JSON-LD library, loaded where JSON-LD is met: it takes 25 MB in each thread, and most threads never meet any. */
const loadJsonld = async (): Promise<typeof jsonld> => (await import('jsonld')).default

/** JSON-LD 1.1, with the contexts that we hold: none is fetched. */
export async function readJsonLd(text: string, base: string, mended: Map<string, string>): Promise<Read> {
  try {
    const document = withTags(parseJson(text)) as JsonLdDocument
    let refused: Problem | undefined
    const documentLoader = async (url: string) => {
      try {
        return { contextUrl: undefined, documentUrl: url, document: loadContext(plainIri(url), { text, url: base }) }
      } catch (error) {
        refused = error as Problem
        throw error
      }
    }
    const jsonld = await loadJsonld()
    const expanded = await jsonld.expand(document, { base, documentLoader }).catch(error => {
      throw refused ?? error
    })
    mendIds(expanded, mended)
    return { quads: ((await jsonld.toRDF(expanded)) as RDF.Quad[]).map(ownStatements()) }
  } catch (error) {
    return { quads: [], error }
  }
}

const isTexts = (value: unknown) => [value].flat().every(each => typeof each === 'string')

/**
 * Writes texts by language as values with a language, whether or not the context says that they are such (JSON-LD 1.1, 4.6.2): without that every one of them
 * would be lost.
 */
function withTags(node: unknown, depth = 0): unknown {
  if (depth > deepest || !node || typeof node !== 'object') return node
  if (Array.isArray(node)) return node.map(each => withTags(each, depth + 1))
  const entries = Object.entries(node)
  const isMap = entries.length > 0 && entries.every(([name, value]) => /^(?!id$)[a-z]{2}(?:[-_][a-z]{2,4})?$/i.test(name) && isTexts(value))
  if (isMap) return entries.flatMap(([tag, value]) => [value].flat().map(each => ({ '@value': each as string, '@language': tag })))
  return Object.fromEntries(entries.map(([name, value]) => [name, name === '@context' ? value : withTags(value, depth + 1)]))
}

/** jsonld leaves out every statement whose IRI is illegal, and lets language tags be as they are: mend them first. */
function mendIds(node: unknown, mended: Map<string, string>): void {
  if (Array.isArray(node)) node.forEach(each => mendIds(each, mended))
  else if (node && typeof node === 'object') {
    const object = node as Record<string, unknown>
    const id = object['@id']
    if (typeof id === 'string' && !id.startsWith('_:') && !isLegalIri(id)) {
      const better = isMarked(id) ? legallyWritten(id) : mendIri(id)
      if (better) mended.set(better, id)
      object['@id'] = better ?? asIri(id)
    }
    const tag = object['@language']
    if (typeof tag === 'string') {
      if (languageTag(tag)) object['@language'] = languageTag(tag)
      else delete object['@language']
    }
    Object.values(object).forEach(each => mendIds(each, mended))
  }
}
