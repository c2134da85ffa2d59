import type { Source } from '../../config/sources.ts'
import type { Correction } from '../../normalise/draft.ts'
import { digest } from '../../rdf/digest.ts'
import type { Engine } from './engine.ts'

/** Keys of a source that decide nothing of what its payloads become: when and how its portal is asked, what follows of what is gone, and who is told. */
const decideNothing: readonly (keyof Source)[] = [
  'file',
  'folder',
  'schedule',
  'enabled',
  'note',
  'priority',
  'robots',
  'headers',
  'ca',
  'limits',
  'removal',
  'notify',
  'contact',
]

/**
 * Changes when anything does that decides what the payloads of a source become: then every payload is asked for and mapped anew.
 * All of the source counts, but for the keys that are known to decide nothing, so that a new key costs a mapping too many and never one too few.
 */
export function mappingDigest(source: Source, { editionDigest }: Pick<Engine, 'editionDigest'>): string {
  const deciding = Object.entries(source)
    .filter(([key, value]) => value !== undefined && !decideNothing.includes(key as keyof Source))
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return digest(`${editionDigest} ${JSON.stringify(deciding)}`)
}

/** Tells a payload, and all that decides what becomes of it, from every other: what stewards corrected in the record too. */
export const payloadDigest = (mapping: string, body: string, corrections?: Correction[]): string =>
  digest(`${mapping}\n${corrections ? `${JSON.stringify(corrections)}\n` : ''}${body}`)
