import { Problem, sentence } from '../../../problem.ts'
import type { Harvested, HarvestedRecord, Kept } from '../../protocol.ts'

/** The key of a record and its name. */
export interface Naming {
  key: string | undefined
  name?: unknown
  modified?: unknown
  /** Says, as the beginning of a sentence, that the record lacks its identifier. */
  nameless: string
}

/** The first of these values that can be a key: a text that is not empty, or a number. */
export const keyIn = (...values: unknown[]) =>
  values
    .map(each => (typeof each === 'number' ? String(each) : each))
    .find((each): each is string => typeof each === 'string' && each.trim() !== '')
    ?.toWellFormed()

/** A record with what the portal sent of it as its payload; or why it cannot be one. */
export function jsonRecord(
  item: unknown,
  { key, name, modified, nameless }: Naming,
  map: HarvestedRecord['map'],
): HarvestedRecord | { problem: Problem; key?: string } {
  let body: string
  try {
    body = JSON.stringify(item)
  } catch (error) {
    // JSON that is nested too deeply for JSON.stringify.
    return {
      problem: new Problem(
        'bad-record',
        `The dataset ${key ?? 'without an id'} cannot be read: ${sentence(error)}.`,
        key === undefined ? {} : { record: key },
        error,
      ),
      ...(key !== undefined && { key }),
    }
  }
  if (key === undefined)
    return {
      problem: new Problem(
        'missing-id',
        `${nameless} (${body.slice(0, 80)}): it cannot be told from others. Give it an id at the portal; until then nothing of this source is taken for ` +
          'removed.',
        { excerpt: body.slice(0, 300) },
      ),
    }
  return {
    key,
    name: typeof name === 'string' && name.trim() ? name : key,
    payload: { mediaType: 'application/json', body },
    ...(typeof modified === 'string' && { modified }),
    map,
  }
}

/** The record that a kept payload makes, by the function that made it. */
export function replayed({ payload }: Kept, recordOf: (item: unknown) => Harvested): HarvestedRecord {
  const record = recordOf(JSON.parse(payload.body))
  if ('payload' in record) return record
  throw 'problem' in record ? record.problem : new Problem('bad-record', 'What was kept is no record of this protocol.')
}
