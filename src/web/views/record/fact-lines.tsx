import type { ComponentChildren } from 'preact'
import { paths } from '../../../config/addresses.ts'
import type { Filled } from '../../../ledger/identity/gaps.ts'
import type { Graph } from '../../../rdf/graph.ts'
import { skos, vcard } from '../../../rdf/namespaces.ts'
import { isLiteral, type NamedNode, type Term } from '../../../rdf/terms.ts'
import { choose } from '../../../words/choose.ts'
import type { Page } from '../../page/page.ts'
import { facetLabel } from '../../page/query.ts'
import { textsOf, valuesOf } from '../../page/reading.ts'
import { contactWays, type FactKind, periodEnd, periodStart, type ShownLine } from '../../page/shown.ts'
import { Away, Fact } from '../parts.tsx'
import { NamedAll } from './named.tsx'

/** The lines of facts about a node of a graph; those of which it says nothing are left out, and those that another portal fills say which. */
export function FactLines({
  page,
  graph,
  node,
  lines,
  filled = [],
}: {
  page: Page
  graph: Graph
  node: Term
  lines: ShownLine<FactKind>[]
  filled?: Filled[]
}) {
  return (
    <>
      {[...Map.groupBy(lines, ([label]) => label)].map(([label, parts]) => (
        <Fact name={page.words.t(`fact.${label}`)}>
          {parts.flatMap(([, properties, kind]) => {
            const terms = valuesOf(graph, node, properties)
            return terms.length === 0 ? [] : [...shownAs[kind](page, graph, terms), <AfterAnother page={page} filled={filled} properties={properties} />]
          })}
        </Fact>
      ))}
    </>
  )
}

/** Whose word a fact is that the dataset's own portal does not tell. */
export function AfterAnother({ page, filled, properties }: { page: Page; filled: Filled[]; properties: NamedNode[] }) {
  const found = filled.find(({ property }) => properties.some(each => each.value === property))
  if (!found) return null
  return (
    <a class="soft after-another" href={page.to(paths.record(found.record))}>
      {page.words.t('siblings.filled', { source: facetLabel(page, 'source', found.source) })}
    </a>
  )
}

/** How the values of each kind are shown. */
const shownAs: Record<FactKind, (page: Page, graph: Graph, terms: Term[]) => ComponentChildren[]> = {
  name: (page, graph, terms) => [<NamedAll page={page} graph={graph} terms={terms} />],
  date: (page, _graph, terms) => terms.filter(isLiteral).map(({ value }) => <time datetime={value}>{page.words.date(value)}</time>),
  firstDate: (page, graph, terms) => shownAs.date(page, graph, terms).slice(0, 1),
  size: ({ words }, _graph, [bytes]) => (Number(bytes?.value) > 0 ? [words.size(Number(bytes?.value))] : []),
  link: (_page, _graph, terms) => terms.map(({ value }) => <Away href={value} />),
  code: (_page, _graph, terms) => terms.map(codeOf),
  media: (_page, _graph, terms) => [<bdi dir="ltr">{shortened(terms.map(({ value }) => value.replace(mediaTypes, '')).join(', '))}</bdi>],
  period: (page, graph, terms) => terms.map(term => <Period page={page} graph={graph} period={term} />),
  contact: (page, graph, terms) => terms.map(term => <Contact page={page} graph={graph} contact={term} />),
  notation: (_page, graph, terms) => terms.flatMap(term => (isLiteral(term) ? [term] : valuesOf(graph, term, [skos.notation]))).map(codeOf),
}

const mediaTypes = /^https?:\/\/www\.iana\.org\/assignments\/media-types\//

/** The long names of office formats say no more than their format does. */
const shortened = (types: string) => (types.length > 40 ? `${types.slice(0, 38)}…` : types)

const codeOf = ({ value }: Term) => (
  <bdi class="code" dir="ltr">
    {value}
  </bdi>
)

function Period({ page, graph, period }: { page: Page; graph: Graph; period: Term }) {
  const { t, date } = page.words
  if (isLiteral(period)) return <bdi>{period.value}</bdi>
  const [from] = valuesOf(graph, period, periodStart)
  const [to] = valuesOf(graph, period, periodEnd)
  if (from && to) return <span>{t('fact.from_to', { from: date(from.value), to: date(to.value) })}</span>
  if (from) return <span>{t('fact.from', { from: date(from.value) })}</span>
  if (to) return <span>{t('fact.until', { to: date(to.value) })}</span>
  return (
    <span>
      <NamedAll page={page} graph={graph} terms={[period]} />
    </span>
  )
}

function Contact({ page, graph, contact }: { page: Page; graph: Graph; contact: Term }) {
  if (isLiteral(contact)) return <bdi>{contact.value}</bdi>
  const name = choose(textsOf(graph, contact, vcard.fn), page.reading)
  return (
    <span class="contact">
      {name && <bdi>{name.text}</bdi>}
      {valuesOf(graph, contact, contactWays).map(({ value }) => (
        <Away href={value} />
      ))}
    </span>
  )
}
