import { datasetsOf, isSaidOf } from '../rdf/describe.ts'
import { Graph } from '../rdf/graph.ts'
import type { Quad } from '../rdf/terms.ts'
import type { Vocabulary } from '../vocabulary/vocabulary.ts'
import type { Finding } from './finding.ts'
import { meantBy } from './meant.ts'
import type { Profile, Rule } from './profiles.ts'
import { rulesOf } from './profiles.ts'
import { pointsAlone } from './quality/measure.ts'
import { mostPoints, type MqaDimension } from './quality/metrics.ts'
import { rating } from './quality/points.ts'
import { validator, type Found } from './shacl.ts'

/** A finding with what its shape says to people. */
export interface Explained extends Finding {
  constraint: string
  message: Record<string, string>
  advice: Record<string, string>
  /** The IRI that somebody probably meant by a code that no list has. */
  meant?: string
}

/** What is said of a feed that was looked at and not harvested. */
export interface Verdict {
  /** No violation: the feed may have warnings. */
  conforms: boolean
  profile: string
  counts: Record<Finding['severity'], number>
  datasets: number
  results: Explained[]
  /** Means over the datasets. */
  quality: { score: number; max: number; rating: string; dimensions: Record<MqaDimension, number> }
}

/** SHACL and quality of a whole feed, as it stands: nothing is mapped or mended first. */
export const judge = (quads: Iterable<Quad>, profile: Profile, vocabulary: Vocabulary): Promise<Verdict> => feedJudge(profile, vocabulary)(quads)

/** The same for many feeds: the profile is compiled once. */
export function feedJudge(profile: Profile, vocabulary: Vocabulary): (quads: Iterable<Quad>) => Promise<Verdict> {
  const rules = rulesOf(profile)
  const validate = validator([profile], vocabulary)
  return async quads => {
    const data = new Graph(quads)
    return verdictOf(data, await validate(data), profile, rules, vocabulary)
  }
}

/** The gravest first, those of one node together, by its name. */
function inOrder(findings: Found[]): Found[] {
  // Names of nodes and rules are long and alike: each is compared once, whatever is found of it.
  const places = new Map([...new Set(findings.map(({ rule }) => rule))].sort().map((rule, at) => [rule, at]))
  const byNode = [...Map.groupBy(findings, ({ focus }) => focus)].sort(([a], [b]) => (a < b ? -1 : 1))
  const all = byNode.flatMap(([, ofNode]) => ofNode.sort((a, b) => places.get(a.rule)! - places.get(b.rule)!))
  return (['violation', 'warning', 'info'] as const).flatMap(severity => all.filter(finding => finding.severity === severity))
}

function verdictOf(data: Graph, findings: Found[], profile: Profile, rules: Map<string, Rule>, vocabulary: Vocabulary): Verdict {
  const results = inOrder(findings).map((finding): Explained => {
    const { message = {}, advice = {} } = rules.get(finding.rule) ?? {}
    const meant = finding.value === undefined ? undefined : meantBy(finding.value, vocabulary)
    return Object.assign(finding, { message, advice }, meant && { meant: meant.iri })
  })
  const counts = { violation: 0, warning: 0, info: 0 }
  for (const { severity } of results) counts[severity]++

  const violated = new Set(results.filter(result => result.severity === 'violation').map(result => result.focus))
  const datasets = datasetsOf(data)
  const qualities = datasets.map(dataset => pointsAlone(data, dataset, vocabulary, { compliant: !isSaidOf(data, dataset, violated) }))
  const mean = (of: (quality: (typeof qualities)[number]) => number) =>
    qualities.length === 0 ? 0 : Math.round(qualities.reduce((sum, quality) => sum + of(quality), 0) / qualities.length)
  const score = mean(quality => quality.score)
  const dimension = (name: MqaDimension) => mean(quality => quality.dimensions[name])
  return {
    conforms: counts.violation === 0,
    profile: profile.name,
    counts,
    datasets: datasets.length,
    results,
    quality: {
      score,
      max: mostPoints,
      rating: rating(score),
      dimensions: {
        findability: dimension('findability'),
        accessibility: dimension('accessibility'),
        interoperability: dimension('interoperability'),
        reusability: dimension('reusability'),
        contextuality: dimension('contextuality'),
      },
    },
  }
}
