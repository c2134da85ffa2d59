import { digest } from '../rdf/digest.ts'
import { add, value, values } from '../rdf/graph.ts'
import { dcat, dct, fihrist, rdf, rdfs, skos, xsd } from '../rdf/namespaces.ts'
import { isLiteral, literal, namedNode, type Quad, type Subject } from '../rdf/terms.ts'
import { ownLists } from '../vocabulary/lists.ts'
import { readDate, type DateText } from './date-text.ts'
import { repair, statements, swap, type Draft } from './draft.ts'
import { isOpenEnd } from './interval-text.ts'
import { readPeriod, type Period } from './period-text.ts'
import { named } from './text.ts'

/** Periods written as text become dct:PeriodOfTime with a start and an end (DCAT-AP 3.0.1, PeriodOfTime). */
export function readPeriods(draft: Draft): void {
  const { graph } = draft
  for (const quad of statements(draft, dct.temporal)) {
    if (!isLiteral(quad.object)) {
      readLabel(draft, quad.object)
      continue
    }
    const period = readPeriod(quad.object.value, name => seasonStart(draft, name))
    if (!period) continue
    const node = namedNode(`${draft.record}#period-${digest(quad.object.value).slice(0, 12)}`)
    swap(draft, quad, node)
    add(graph, node, rdf.type, dct.PeriodOfTime)
    write(draft, node, period)
    if (period.name) add(graph, node, rdfs.label, named(draft, literal(period.name)))
    repair(draft, 'period-read', quad, quad.object, written(period))
  }
  for (const [property, side] of [
    [dcat.startDate, 'start'],
    [dcat.endDate, 'end'],
  ] as const) {
    for (const quad of statements(draft, property)) {
      if (!isLiteral(quad.object) || readDate(quad.object.value)) continue
      if (isOpenEnd(quad.object.value)) {
        leaveOpen(draft, quad)
        continue
      }
      const date = readPeriod(quad.object.value, name => seasonStart(draft, name))?.[side]
      if (!date) continue
      swap(draft, quad, term(date))
      repair(draft, 'period-read', quad, quad.object, date.value)
    }
  }
}

/** An open end is said by no date (DCAT 3, 6.15.1); a period of which nothing else is said is none. */
function leaveOpen(draft: Draft, quad: Quad): void {
  const { graph } = draft
  repair(draft, 'period-read', quad, quad.object, '..')
  graph.remove(quad)
  if (graph.quads(quad.subject).some(each => !each.predicate.equals(rdf.type))) return
  for (const each of graph.quads(null, dct.temporal, quad.subject)) {
    repair(draft, 'period-read', each, each.object, '')
    graph.remove(each)
  }
  for (const each of graph.quads(quad.subject)) graph.remove(each)
}

/** A period that has a name and no dates: the name tells them. */
function readLabel(draft: Draft, node: Subject): void {
  if ([dcat.startDate, dcat.endDate].some(property => values(draft.graph, node, property).length > 0)) return
  const label = [rdfs.label, skos.prefLabel, dct.title, rdf.value].map(property => value(draft.graph, node, property)).find(isLiteral)
  const period = label && readPeriod(label.value, name => seasonStart(draft, name))
  if (!period) return
  write(draft, node, period)
  repair(draft, 'period-read', { subject: node, predicate: dcat.startDate }, label, written(period))
}

function write({ graph }: Draft, node: Subject, { start, end }: Period): void {
  if (start) add(graph, node, dcat.startDate, term(start))
  if (end) add(graph, node, dcat.endDate, term(end))
}

const term = ({ value, type }: DateText) => literal(value, namedNode(xsd.iri + type))
const written = ({ start, end }: Period) => `${start?.value ?? '..'}/${end?.value ?? '..'}`

/** The seasons of the edition (`ontologies/seasons.ttl`). */
function seasonStart({ vocabulary, base }: Draft, name: string): number | undefined {
  const season = vocabulary.match(ownLists(base).season, name || 'YYYY/YYYY')
  return season && Number(value(vocabulary.graph, namedNode(season.iri), fihrist.startMonth)?.value)
}
