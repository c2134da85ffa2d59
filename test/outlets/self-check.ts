import { addressesOf } from '../../src/config/addresses.ts'
import { currentRevision } from '../../src/ledger/records/revisions.ts'
import { shownAt } from '../../src/ledger/records/shown.ts'
import { openPage, writePage } from '../../src/outlets/hydra.ts'
import { profileQuads } from '../../src/outlets/profile-node.ts'
import type { Publication } from '../../src/outlets/publication.ts'
import type { Format } from '../../src/rdf/format.ts'
import { formats } from '../../src/rdf/formats.ts'
import { adms, dct, rdf } from '../../src/rdf/namespaces.ts'
import { parse } from '../../src/rdf/parse.ts'
import { lines } from '../../src/rdf/serialise.ts'
import type { Quad } from '../../src/rdf/terms.ts'

/** Statements as a set of lines: what we publish has no blank nodes, so that equal sets are isomorphic graphs. */
export const linesOf = (quads: Iterable<Quad>): Set<string> => new Set(lines(quads, false).split('\n').filter(Boolean))

/** The pages of the feed as they are sent, at the newest revision. */
export async function* pagesIn(publication: Publication, format: Format, limit = 500): AsyncGenerator<string> {
  // The same in every format, so that nothing but the writing differs.
  const address = addressesOf(publication.catalogue.base).catalogue
  for (let page = 1, last = 1; page <= last; page++) {
    const opened = openPage(publication, { address, query: new URLSearchParams({ page: String(page), limit: String(limit) }) })
    last = opened.lastPage
    yield writePage(publication, opened, address, format)
  }
}

/**
 * What is amiss in the feed, read back in each format: a statement of the ledger that is not in it; one that only some formats have; and one about a node of a
 * portal that the ledger does not have, beside its classes and the other identifiers that we give it. Empty where all is well.
 */
export async function selfCheck(publication: Publication, limit?: number): Promise<string[]> {
  const { catalogue, ledger, vocabulary } = publication
  const shown = [...shownAt(ledger, currentRevision(ledger))]
  const isYielded = (line: string) => shown.some(({ dataset, yielded }) => yielded !== undefined && line.startsWith(`<${dataset}> <${dct.identifier.value}> `))
  const held = new Set(
    shown.flatMap(({ graph, filled = [] }) => [
      ...graph.split('\n').filter(line => line !== '' && !isYielded(line)),
      ...linesOf(filled.flatMap(({ quads }) => quads)),
    ]),
  )
  const profiles = new Set(profileQuads(catalogue).map(({ subject }) => subject.value))
  const amiss: string[] = []
  let first: Set<string> | undefined
  for (const format of formats) {
    const said = new Set<string>()
    for await (const text of pagesIn(publication, format, limit)) {
      const { quads, problem } = await parse(text, { url: `${catalogue.base}/catalog.${format.extension}`, format }).then(
        read => ({ ...read, problem: undefined }),
        (error: unknown) => ({ quads: [], problem: String(error) }),
      )
      if (problem !== undefined) amiss.push(`${format.name} cannot be read: ${problem}`)
      for (const line of linesOf(quads)) said.add(line)
      if (first === undefined) {
        const isOurs = (iri: string) => iri.startsWith(catalogue.base) || profiles.has(iri) || vocabulary.concepts.has(iri) || vocabulary.schemes.has(iri)
        const portal = quads.filter(({ subject }) => !isOurs(subject.value))
        const added = portal.filter(
          ({ predicate, object }) =>
            !predicate.equals(rdf.type) && !([adms, dct].some(({ identifier }) => predicate.equals(identifier)) && object.value.startsWith(catalogue.base)),
        )
        for (const line of linesOf(added)) if (!held.has(line)) amiss.push(`only published: ${line}`)
      }
    }
    for (const line of held) if (!said.has(line)) amiss.push(`not in ${format.name}: ${line}`)
    if (first) for (const line of first) if (!said.has(line)) amiss.push(`not in ${format.name}, but in ${formats[0]!.name}: ${line}`)
    if (first) for (const line of said) if (!first.has(line)) amiss.push(`only in ${format.name}: ${line}`)
    first ??= said
  }
  return amiss
}
