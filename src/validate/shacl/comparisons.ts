import { textOf, type Term } from '../../rdf/terms.ts'
import { compare, leastOf, rankOf, type Rank } from './order.ts'
import type { Failure } from './result.ts'
import type { Test } from './shape.ts'

/** What a difference (negative, zero or positive) is to be. */
type Within = (difference: number) => boolean

const isWithin = (within: Within, one: Rank | undefined, other: Rank | undefined) => {
  const difference = compare(one, other)
  return difference !== undefined && within(difference)
}

/** Each value is within a limit (section 4.3). */
export const bound =
  (within: Within) =>
  (limit: Term): Test => {
    const rank = rankOf(limit)
    return { each: value => isWithin(within, rankOf(value), rank) }
  }

/** More failing pairs than these are told at one focus node by their value alone: ten thousand dates beside ten thousand others would be a hundred million. */
const mostPairs = 1000

/** One result for each value and each value of another property that it is not less than, or cannot be compared with (sections 4.5.3 and 4.5.4). */
export const lessThan =
  (within: Within) =>
  (property: Term): Test => ({
    all(values, focus, { data }) {
      const others = values.length === 0 ? [] : data.objects(focus, property).map(rankOf)
      const least = leastOf(others)
      const failures: Failure[] = []
      for (const value of values) {
        const rank = rankOf(value)
        if (least.every(other => isWithin(within, rank, other))) continue
        if (failures.length > mostPairs) failures.push({ value })
        else for (const other of others) if (!isWithin(within, rank, other)) failures.push({ value })
      }
      return failures
    },
  })

/** One result for each value that only one of the two has (section 4.5.1). */
export const differing = (values: readonly Term[], others: readonly Term[]): Failure[] => [...without(values, others), ...without(others, values)]

function without(values: readonly Term[], others: readonly Term[]): Failure[] {
  const known = new Set(others.map(textOf))
  return values.filter(value => !known.has(textOf(value))).map(value => ({ value }))
}

/** One result for each value that both have (section 4.5.2). */
export function shared(values: readonly Term[], others: readonly Term[]): Failure[] {
  const known = new Set(others.map(textOf))
  return known.size === 0 ? [] : values.filter(value => known.has(textOf(value))).map(value => ({ value }))
}
