import { Writer } from 'n3'
import type { Part } from './format.ts'
import { prefixes } from './namespaces.ts'
import { inGraph, ordered } from './serialise.ts'
import type { Quad } from './terms.ts'

type Pretty = 'Turtle' | 'TriG'

/** Turtle and TriG as people read them: with the prefixes that are needed, and what is said of one subject together. */
export function pretty(quads: Quad[], format: Pretty): string {
  const used = new Set(
    quads
      .flatMap(quad => [quad.subject, quad.predicate, quad.object, 'datatype' in quad.object ? quad.object.datatype : undefined])
      .map(term => term?.value ?? ''),
  )
  const needed = Object.fromEntries(Object.entries(prefixes).filter(([, iri]) => used.values().some(value => value.startsWith(iri))))
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
