import type { Member } from './page.ts'

/** The newest that a stream said of one thing. */
export interface Latest {
  at: string
  member: string
  /** Where it says so; null where it said that the thing is deleted. */
  page: string | null
  /** It is a dataset, or what is found as one is, and no part of one. */
  dataset?: boolean
  /** It is a service: a dataset as long as it is not the way to a file. */
  service?: true
  /** The services that are ways to its files. */
  ways?: string[]
  /** What its description names: some of it may be things of the stream too. */
  parts?: string[]
}

/** What is kept of a stream between runs: a line for each thing and each closed page, and nothing of what they say. */
export interface Index {
  things: Record<string, Latest>
  /** Pages that never change again, with where they lead. */
  closed: Record<string, string[]>
}

export const emptyIndex = (): Index => ({ things: {}, closed: {} })

export const copyOf = ({ things, closed }: Index): Index => ({ things: { ...things }, closed: { ...closed } })

/** Takes a member in; true where it is newer than what is known of its thing, or has no time. */
export function learn({ things }: Index, { about, at, iri, deletes }: Member, page: string): boolean {
  const known = things[about]
  const where = deletes ? null : page
  if (known && known.at > at) return false
  const news = !known || at > known.at || at === '' || known.member !== iri
  // A stream re-divides its pages from time to time: the same member then stands on another page.
  things[about] = news ? { at, member: iri, page: where } : { ...known, page: where }
  return news
}
