import { instances } from '../../rdf/graph.ts'
import { compact, prefixes, rdf, rdfs } from '../../rdf/namespaces.ts'
import type { Subject } from '../../rdf/terms.ts'
import { textsOf } from '../../rdf/texts.ts'
import { choose } from '../../words/choose.ts'
import type { Page } from '../page/page.ts'

/** What the editor completes: the prefixes, the classes and properties that the lists describe, and the concepts of the lists. */
export interface Terms {
  /** The namespace of each prefix. */
  prefixes: Record<string, string>
  /** Name with its prefix, label in the language of the page, and whether it is a class. */
  terms: [name: string, label: string, isClass: boolean][]
  /** IRI, label in the language of the page, and the label of its list. */
  concepts: [iri: string, label: string, list: string][]
}

export function termsOf({ site, reading }: Page): Terms {
  const { graph, schemes, label } = site.publication.vocabulary
  const described = (subjects: Subject[], isClass: boolean): Terms['terms'] =>
    subjects.map(subject => [compact(subject.value), choose(textsOf(graph, subject, rdfs.label), reading)?.text ?? '', isClass])
  return {
    prefixes,
    terms: [...described(instances(graph, rdf.Property), false), ...described(instances(graph, rdfs.Class), true)],
    concepts: [...schemes.values()].flatMap(scheme =>
      scheme.concepts.map(({ iri }): Terms['concepts'][number] => [iri, label(iri, reading) ?? iri, label(scheme.iri, reading) ?? '']),
    ),
  }
}
