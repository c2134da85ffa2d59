import { Problem } from '../../../problem.ts'
import { datasetsOf } from '../../../rdf/describe.ts'
import { Graph, values } from '../../../rdf/graph.ts'
import { dcat, dct, rdf } from '../../../rdf/namespaces.ts'
import { readRdfa } from '../../../rdf/rdfa.ts'
import { isLiteral, type Quad, type Subject } from '../../../rdf/terms.ts'
import type { JsonObject } from '../../readers/json/values.ts'
import { datasetsIn } from './nodes.ts'
import { nodesIn } from './rdf.ts'

/** What a page says of datasets in RDFa: in the words of schema.org, and in those of DCAT. */
export interface RdfaData {
  datasets: JsonObject[]
  dcat: { page: Graph; subjects: Subject[]; mended: Map<string, string> }
  /** Why a dataset that was to be there is not. */
  problem?: Problem
}

/** An element of a page that says it is a dataset, with the word it says it by. */
export const typedDataset = /\btypeof\s*=\s*(?:"[^"]*?|'[^']*?|)(?<![\w-])((?:[\w-]+:|https?:[^"'\s>]*)?(?:Dataset|DataFeed))(?![\w/-])/

/** The datasets of a page in RDFa. The reader is loaded only where an element says that it is one. */
export async function rdfaIn(html: string, url: string): Promise<RdfaData> {
  const [, word] = typedDataset.exec(html) ?? []
  if (!word) return { datasets: [], dcat: { page: new Graph(), subjects: [], mended: new Map() } }
  const { quads, mended, error } = await readRdfa(html, url)
  const page = new Graph(quads)
  const subjects = datasetsOf(page).filter(subject => isMore(page, subject))
  const found = { datasets: datasetsIn([nodesIn(page)], url), dcat: { page, subjects, mended } }
  const why =
    error ??
    (quads.some(isTyped)
      ? undefined
      : `typeof="${word}" is of no vocabulary. ` +
        (word.includes(':')
          ? `Declare the prefix: prefix="${word.split(':')[0]}: https://schema.org/"`
          : 'Say which one it is of: vocab="https://schema.org/"'))
  return why
    ? { ...found, problem: new Problem('unreadable-rdf', `${url} describes a dataset in RDFa that cannot be read: ${why}.`, { url, excerpt: excerptOf(html) }) }
    : found
}

/** True of a type of dataset in another vocabulary (void:Dataset), which is not mapped. */
const isTyped = ({ predicate, object }: Quad) => predicate.equals(rdf.type) && /^https?:.*(?:Dataset|DataFeed)$/.test(object.value)

/** On the page of a catalogue, datasets are named with no more than what leads to them. */
const isMore = (page: Graph, subject: Subject) =>
  page.quads(subject).some(({ predicate }) => ![rdf.type, dct.title, dcat.landingPage].some(each => each.equals(predicate)))

const excerptOf = (html: string) =>
  html
    .slice(Math.max(0, html.search(typedDataset) - 40))
    .trim()
    .slice(0, 300)

/** The titles of a dataset of DCAT. */
export const titlesOf = (page: Graph, subject: Subject): string[] =>
  values(page, subject, dct.title)
    .filter(isLiteral)
    .map(title => title.value.trim())
