import type { RuleTally } from '../../ledger/runs/report.ts'
import type { Rule } from '../../validate/profiles.ts'
import { changes, type Fix } from '../../validate/quality/fixes.ts'

/** One thing to correct in the datasets of a portal: the rules that say so, the worst first, and the change that gains points by it. */
export interface ToCorrect {
  rules: RuleTally[]
  fix?: Fix
}

const severities = ['violation', 'warning', 'info']

/**
 * What the people of a portal can correct, each fact once: rules about one property of one kind of thing stand together, with what the change gains, and a
 * change that no rule asks for stands alone. Errors come first, then what gains most points, then what concerns most records.
 */
export function toCorrect(broken: RuleTally[], fixes: Fix[], rules: Map<string, Rule>): ToCorrect[] {
  const left = new Set(fixes)
  const told = [...Map.groupBy(broken, ({ rule }) => factOf(rules.get(rule), rule)).values()].map((alike): ToCorrect => {
    const property = rules.get(alike[0]!.rule)?.property
    const fix = property && fixes.find(each => left.has(each) && isAbout(each, property))
    if (!fix) return { rules: alike }
    left.delete(fix)
    return { rules: alike, fix }
  })
  const rank = ({ rules: [first] }: ToCorrect) => (first ? severities.indexOf(first.severity) : severities.length)
  const records = ({ rules: [first] }: ToCorrect) => first?.records ?? 0
  return [...told, ...[...left].map(fix => ({ rules: [], fix }))].sort(
    (a, b) => rank(a) - rank(b) || (b.fix?.points ?? 0) - (a.fix?.points ?? 0) || records(b) - records(a),
  )
}

/** What rules are named for that are not about the dataset itself (`distribution-license`). */
const others = /^(?:distribution|service|series|record|location|agent|contact|checksum|catalogue)(?=-)/

/** The kind of thing and its property: that is one fact, whichever profile asks for it. */
const factOf = (rule: Rule | undefined, iri: string): string => (rule?.property ? `${others.exec(rule.name)?.[0] ?? 'dataset'} ${rule.property}` : iri)

const isAbout = ({ change }: Fix, property: string): boolean =>
  changes.some(({ name, properties = [] }) => name === change && properties.some(({ value }) => value === property))
