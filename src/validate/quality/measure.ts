import type { Graph } from '../../rdf/graph.ts'
import type { Term } from '../../rdf/terms.ts'
import type { Lists } from '../../vocabulary/vocabulary.ts'
import { criteria, starsOf } from './criteria.ts'
import { rhythmOf, type Rhythm } from './freshness.ts'
import { filesOf, has, type Subjects } from './looking.ts'
import { answered, metrics } from './metrics.ts'
import { holds, pointsOf, type Measurements, type Points } from './points.ts'

/** What is measured of one dataset. */
export interface Measured {
  /** Its own metrics and those of its best file, and the criteria of scorecards. */
  measurements: Measurements
  /** The metrics of each file, by its IRI. */
  files: Record<string, Measurements>
  rhythm: Rhythm
}

/** The quality of one dataset. */
export type Quality = Measured & Points

/** What is known beside the graph. */
export interface Known {
  /** No violation of DCAT-AP 3, and of DCAT-AP 2; null where nobody has looked. */
  compliant: boolean | null
  compliant2?: boolean | null
  /** The languages that a title and a description should have. */
  languages?: string[]
}

const ofFiles = metrics.filter(({ on }) => on !== 'dataset')
const either = metrics.filter(({ on }) => on === 'either')
const bit = (found: boolean | null | undefined) => (found === null || found === undefined ? null : Number(found))

/** Measures one dataset: its own metrics, those of each of its files, and of these the best (MQA, aggregation); and the criteria of scorecards. */
export function measure(graph: Graph, dataset: Term, vocabulary: Lists, known: Known): Quality {
  const on = lookingAt(graph, dataset, vocabulary, known.languages)
  const { measurements: own, files } = metricsOf(on, known)
  const met = Object.fromEntries(criteria.flatMap(({ name, met: meets }) => (meets ? [[name, Number(meets(on))]] : [])))
  const measurements = withFiles({ measurements: { ...own, ...met, stars: starsOf(on) }, files })
  return { measurements, files, rhythm: rhythmOf(graph, dataset, on.files, vocabulary), ...pointsOf(measurements) }
}

/** The points of one dataset, where nobody asks for more. */
export const pointsAlone = (graph: Graph, dataset: Term, vocabulary: Lists, known: Known): Points =>
  pointsOf(withFiles(metricsOf(lookingAt(graph, dataset, vocabulary), known)))

const lookingAt = (graph: Graph, dataset: Term, vocabulary: Lists, languages: string[] = []): Subjects => ({
  graph,
  dataset,
  files: filesOf(graph, dataset),
  vocabulary,
  languages,
})

function metricsOf(on: Subjects, { compliant, compliant2 }: Known): Pick<Measured, 'measurements' | 'files'> {
  const own: Measurements = {}
  for (const metric of metrics) if (metric.on !== 'file' && metric.holds) own[metric.name] = Number(metric.holds(on, on.dataset))
  const files: Record<string, Measurements> = {}
  for (const file of on.files) {
    const ofFile: Measurements = {}
    for (const { name, asks, holds } of ofFiles) if (!asks || has(on, file, asks)) ofFile[name] = holds ? Number(holds(on, file)) : null
    files[file.value] = ofFile
  }
  return { measurements: { ...own, dcatApCompliance: bit(compliant), dcatAp2Compliance: bit(compliant2) }, files }
}

/** What a dataset has of its own, together with what its best file has: the one with the most points, of several the first. */
export function withFiles({ measurements, files }: Pick<Measured, 'measurements' | 'files'>): Measurements {
  const all = Object.values(files)
  const best = all.length < 2 ? all[0] : all.map(file => ({ file, points: pointsOf(file).score })).sort((a, b) => b.points - a.points)[0]!.file
  const together: Measurements = { ...measurements }
  for (const { name, on, asks } of ofFiles) {
    // What is not there has no format; whether its address answers nobody can say.
    const value = best ? best[name] : asks ? undefined : 0
    if (on === 'file' && value !== undefined) together[name] = value
  }
  // The dates count once, whether the dataset or its best file has them.
  for (const { name } of either) if (best && holds(best[name])) together[name] = 1
  return { ...together, ...(all.length > 0 && { linksAlive: alive(all) }) }
}

/** All addresses that were asked answer; null where none was. */
function alive(files: Measurements[]): number | null {
  const said = files.flatMap(file => answered.map(name => file[name])).filter(value => value !== null && value !== undefined)
  return said.length === 0 ? null : Number(said.every(holds))
}
