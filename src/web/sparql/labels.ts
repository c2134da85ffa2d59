import { Problem } from '../../problem.ts'
import { textOf } from '../../store/store.ts'
import { nameProperties } from '../page/shown.ts'
import type { Site } from '../site/site.ts'
import { keptOf } from './answer.ts'

/**
 * What the statements of the store call some IRIs, by language: files, bodies, contact points, and whatever else is described within records. None where the
 * store has no time for it: an answer can be read without.
 */
export async function labelsOf(site: Site, iris: string[]): Promise<Map<string, Record<string, string>>> {
  const found = new Map<string, Record<string, string>>()
  const asked = iris.filter(iri => !/[<>"{}|^`\\\s]/.test(iri))
  if (asked.length === 0) return found
  const query = `SELECT DISTINCT ?iri ?label WHERE {
     VALUES ?iri { ${asked.map(iri => `<${iri}>`).join(' ')} } ?iri ${nameProperties.map(({ value }) => `<${value}>`).join('|')} ?label }`
  const mediaType = 'application/sparql-results+json'
  const kept = await keptOf(site)(query, undefined, () => site.store.query(query, { mediaType })).catch((error: unknown) => {
    if (error instanceof Problem) return undefined
    throw error
  })
  if (kept === undefined) return found
  const { results } = JSON.parse(textOf(kept.answer)) as { results: { bindings: { iri: { value: string }; label: { value: string; 'xml:lang'?: string } }[] } }
  for (const { iri, label } of results.bindings) {
    const texts = found.get(iri.value) ?? {}
    texts[label['xml:lang'] ?? 'und'] ??= label.value
    found.set(iri.value, texts)
  }
  return found
}
