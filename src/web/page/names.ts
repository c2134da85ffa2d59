import { recordsNamed } from '../../ledger/records/records.ts'
import { compact } from '../../rdf/namespaces.ts'
import { choose } from '../../words/choose.ts'
import { cut, mostLetters } from './cut.ts'
import type { Page } from './page.ts'
import { facetLabel } from './query.ts'

/** What an IRI is called for people, and the page of ours that it leads to, if there is one. */
export interface Name {
  text: string
  /** The language of the text where it is not the page's. */
  language?: string | undefined
  path?: string
}

/**
 * The names of those IRIs that the catalogue knows: datasets and records by their title, concepts and sources by their label, terms by their short name.
 * `labels` are those that somebody else found, by language.
 */
export function namesOf(page: Page, all: string[], labels: Map<string, Record<string, string>>): Map<string, Name> {
  const { addresses, publication } = page.site
  const ids = all.flatMap(iri => idIn(page, iri) ?? [])
  const records = recordsNamed(publication.ledger, all, ids)
  const byId = new Map(records.map(record => [record.id, record]))
  const byDataset = new Map(records.map(record => [record.dataset, record]))
  const names = new Map<string, Name>()
  for (const iri of all) {
    const id = idIn(page, iri)
    const record = byDataset.get(iri) ?? (id === undefined ? undefined : byId.get(id))
    const texts = publication.vocabulary.concepts.get(iri)?.labels ?? publication.vocabulary.schemes.get(iri)?.labels ?? labels.get(iri)
    if (record)
      names.set(iri, {
        ...chosen(page, record.title, record.id),
        path: addresses.isRecord(iri) ? addresses.pathOf(iri) : addresses.pathOf(addresses.dataset(record.id)),
      })
    else if (compact(iri) !== iri) names.set(iri, { text: compact(iri) })
    else if (texts) names.set(iri, { ...chosen(page, texts, iri), ...(leads(page, iri) && { path: addresses.pathOf(iri) }) })
    else if (addresses.isMinted(iri)) names.set(iri, mintedName(page, iri))
  }
  return names
}

/** The id of the record that an IRI of ours names; what is described within a record has a name of its own. */
const idIn = ({ site }: Page, iri: string) => (iri.includes('#') ? undefined : site.addresses.idIn(iri))

function chosen(page: Page, texts: Record<string, string>, fallback: string): Name {
  const found = choose(texts, page.reading)
  if (!found) return { text: fallback }
  return { text: cut(found.text, mostLetters.title), ...(found.language !== page.language && found.language !== 'und' && { language: found.language }) }
}

/** Whether an IRI leads to a page of ours: what is described within a record does to that of the record. */
const leads = ({ site: { addresses } }: Page, iri: string) => addresses.isMinted(iri) && !addresses.isGraph(iri) && !addresses.pathOf(iri).startsWith('//')

/** Sources by their title, runs by their number; anything else of ours by its address. */
function mintedName(page: Page, iri: string): Name {
  const { addresses, source } = page.site
  const path = addresses.pathOf(iri)
  const named = addresses.sourceIn(iri)
  if (named && source(named.source)) {
    const title = facetLabel(page, 'source', named.source)
    return { text: named.run === undefined ? title : page.words.t('sparql.run_of', { n: named.run, source: title }), path }
  }
  return { text: path, ...(leads(page, iri) && { path }) }
}
