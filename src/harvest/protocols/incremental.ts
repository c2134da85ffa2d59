import { z } from 'zod'

/** Options of the protocols that can ask for what changed alone; `how` they do says the help. */
export const pace = (how: string) => ({
  incremental: z.boolean().default(true).describe(how),
  fullEveryDays: z.number().positive().default(7).describe('Days after which a full run is due.'),
})
export type Pace = { incremental?: boolean; fullEveryDays?: number }

/** The date of a record as an instant in UTC, the zone that CKAN leaves out; undefined for what is no date. */
export function instant(text: string): string | undefined {
  const zoned = /(Z|[+-]\d{2}:?\d{2})$/i.test(text) || !/T|\d \d/.test(text) ? text : `${text}Z`
  const time = Date.parse(zoned)
  return Number.isNaN(time) ? undefined : new Date(time).toISOString()
}
