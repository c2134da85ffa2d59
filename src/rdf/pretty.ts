import { Writer } from 'n3'
import type { Part } from './format.ts'
import { prefixes } from './namespaces.ts'
import { inGraph, ordered } from './serialise.ts'
import { isLiteral, type Quad } from './terms.ts'

type Pretty = 'Turtle' | 'TriG'

/** Turtle and TriG as people read them: with the prefixes that are needed, and what is said of one subject together. */
export function pretty(quads: Quad[], format: Pretty): string {
  const [namespaces, schemes] = [new Set<string>(), new Set<string>()]
  for (const { subject, predicate, object } of quads)
    for (const { value } of [subject, predicate, isLiteral(object) ? object.datatype : object]) {
      namespaces.add(value.slice(0, Math.max(value.lastIndexOf('#'), value.lastIndexOf('/')) + 1))
      schemes.add(value.slice(0, value.indexOf(':')))
    }
  // The writer takes `geo:34,-6.8` for a prefixed name where `geo` is a prefix.
  const needed = Object.fromEntries(Object.entries(prefixes).filter(([prefix, iri]) => namespaces.has(iri) && !schemes.has(prefix)))
  const writer = new Writer({ format, prefixes: needed })
  for (const { subject, predicate, object, graph } of quads) writer.addQuad(subject, predicate, object, format === 'TriG' ? graph : undefined)
  let text = ''
  writer.end((_error, result: string) => {
    text = result
  })
  return text
}

/** The prefixes once, then each graph without its own. */
export function* prettyParts(parts: Iterable<Part>, format: Pretty): Generator<string> {
  yield `${Object.entries(prefixes)
    .map(([prefix, iri]) => `@prefix ${prefix}: <${iri}>.`)
    .join('\n')}\n\n`
  for (const part of parts) yield pretty(ordered(format === 'TriG' ? inGraph(part) : part.quads), format).replace(/^@prefix [^\n]*\n/gm, '')
}
