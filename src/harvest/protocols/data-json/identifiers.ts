import { at } from '../../readers/json/fields.ts'
import { text, type JsonObject } from '../../readers/json/values.ts'

/** What tells a record from others, as 1.1 (a text) and 3.0 (an object) write it. */
export const identifiersOf = (item: JsonObject): string[] =>
  ['identifier.notation', 'identifier.@id', 'identifier'].map(path => text(at(item, path))).filter(Boolean)
