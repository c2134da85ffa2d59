import type { Explained, Verdict } from '../feed.ts'
import type { Placed } from '../places.ts'
import { byRule, whereOf } from '../verdicts/verdict-format.ts'

/** A verdict as a page shows it: rule by rule, in all languages, with the first places of each. */
export interface Grouped extends Omit<Verdict, 'results'> {
  /** What was looked at; nothing of a text that was pasted. */
  name: string
  at: string
  rules: {
    rule: string
    severity: Explained['severity']
    constraint: string
    message: Record<string, string>
    advice: Record<string, string>
    places: number
    first: { where: string; meant?: string; line?: number; column?: number; excerpt?: string }[]
  }[]
}

/** Places of one rule that are shown. */
const most = 10

export function grouped({ results, ...verdict }: Verdict, name: string, at: string, place: (result: Explained) => Placed | undefined): Grouped {
  return {
    ...verdict,
    name,
    at,
    rules: byRule(results).map(({ rule, severity, first, results: all }) => ({
      rule,
      severity,
      constraint: first.constraint,
      message: first.message,
      advice: first.advice,
      places: all.length,
      first: all.slice(0, most).map(result => {
        const placed = place(result)
        return {
          where: whereOf(result),
          ...(result.meant && { meant: result.meant }),
          ...(placed && { line: placed.line, excerpt: placed.excerpt }),
          ...(placed?.column !== undefined && { column: placed.column }),
        }
      }),
    })),
  }
}
