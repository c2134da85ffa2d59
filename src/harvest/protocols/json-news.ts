import { Problem } from '../../problem.ts'

/** How many records changed, and how many others the portal vouches for. */
export interface News { changed: number, unchanged: number }

/**
 * Asks a portal how many records it has, and how many of them changed since a date. Undefined where all must be read: where the portal counts other than we
 * hold, as some were deleted or slipped by; and where it cannot filter by date.
 */
export async function countNews(count: (since?: string) => Promise<number | undefined>, since: string | undefined, known: number): Promise<News | undefined> {
  if (since === undefined) return undefined
  try {
    const all = await count()
    if (all !== known) return undefined
    const changed = await count(since)
    return changed !== undefined && changed <= all ? { changed, unchanged: all - changed } : undefined
  } catch (error) {
    if (error instanceof Problem && ['portal-refused', 'http-status', 'unexpected-answer'].includes(error.code)) return undefined
    throw error
  }
}
