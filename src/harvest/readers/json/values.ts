import { guess } from '../../../normalise/text.ts'
import { mendIri } from '../../../rdf/iri.ts'
import { xsd } from '../../../rdf/namespaces.ts'
import { literal, namedNode, type Term } from '../../../rdf/terms.ts'
import type { TextRules } from '../target.ts'

/** An object of JSON, as it came: nothing is known of what it holds. */
export type JsonObject = Record<string, unknown>

export type Kind = 'text' | 'words' | 'list' | 'link' | 'date' | 'epoch' | 'duration' | 'decimal' | 'integer'

export function term(value: string, kind: Kind, { language }: TextRules): Term {
  if (kind === 'date') return date(value)
  if (kind === 'epoch') return epoch(value)
  if (kind === 'list') return literal(value)
  if (kind === 'duration' || kind === 'decimal' || kind === 'integer') return literal(value, namedNode(xsd.iri + kind))
  // An address is kept as it was written, blanks and all: normalising mends it, and lists that it did.
  if (/^(https?|mqtts?|s3|urn|mailto):/i.test(value) && mendIri(value)) return namedNode(value)
  // A link that is no address is kept as text: normalising makes an IRI of it, or a finding says what it should be.
  return kind === 'link' ? literal(value) : literal(value, guess(value, language) || undefined)
}

export const date = (value: string) => literal(value, /T\d/.test(value) ? xsd.dateTime : xsd.date)

/** Seconds or milliseconds since 1970. */
function epoch(value: string): Term {
  const ms = Number(value) * (Math.abs(Number(value)) < 1e11 ? 1000 : 1)
  return /^-?\d+(\.\d+)?$/.test(value) && Math.abs(ms) < 8e15 ? literal(new Date(ms).toISOString(), xsd.dateTime) : date(value)
}

/**
 * A field in every language there is: flat suffixed fields (`title_fr`), language maps (ckanext-fluent, ckanext-scheming), some of them written as JSON in a
 * text.
 */
export function inLanguages(fields: JsonObject, name: string, { languages = {} }: TextRules): [language: string, value: unknown][] {
  const found: [language: string, value: unknown][] = []
  const take = (language: string, value: unknown) => {
    if (items(value).length > 0 && /^[a-z]{2,3}([-_][a-z0-9]+)*$/i.test(language)) found.push([language.replaceAll('_', '-'), value])
  }
  for (const [suffix, language] of Object.entries(languages)) take(language, fields[`${name}_${suffix}`])
  for (const place of [`${name}_translated`, name, `${name}_multilang`]) {
    const map = fromJson(fields[place])
    if (isObject(map)) for (const [language, value] of Object.entries(map)) take(language, value)
  }
  return found
}

/** A text in every language there is, then the plain field in the portal's language. */
export function texts(fields: JsonObject, name: string, rules: TextRules): Term[] {
  const value = Array.isArray(fields[name]) ? (fields[name] as unknown[]).flat() : fields[name]
  const all = typeof value === 'object' ? [value].flat() : []
  if (all.some(isValueObject)) return all.flatMap(each => (isValueObject(each) ? literalsIn(each) : texts({ [name]: each }, name, rules)))
  const found = new Map<string, string>()
  for (const [language, each] of inLanguages(fields, name, rules)) found.set(language, text(each))
  const tagged = [...found].map(([tag, value]) => literal(value, tag))
  const plain = isObject(fromJson(value)) ? '' : text(value)
  // The language of the plain field is not stated: normalising finds it, and lists a repair.
  return plain && !found.has(guess(plain, rules.language)) && ![...found.values()].includes(plain)
    ? [...tagged, literal(plain, (rules.stated && guess(plain, rules.language)) || undefined)]
    : tagged
}

/** True of a value object of JSON-LD (1.1, 4.2.4): a text that may state its language. */
export const isValueObject = (value: unknown): value is JsonObject => isObject(value) && value['@value'] !== undefined

/** A value object as a literal; none where its text is empty. A language that is no tag is left out. */
export function literalsIn(value: JsonObject): Term[] {
  const tag = text(value['@language']).replaceAll('_', '-')
  return text(value) ? [literal(text(value), /^[a-z]{2,8}(-[a-z0-9]{1,8})*$/i.test(tag) ? tag : undefined)] : []
}

export const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The objects of a list; some portals send one alone, or its bare name. */
export function objects(value: unknown): JsonObject[] {
  if (isValueObject(value)) return [{ name: value }]
  if (isObject(value)) return [value]
  if (Array.isArray(value))
    return value.flatMap(each => (isValueObject(each) ? [{ name: each }] : isObject(each) ? [each] : text(each) ? [{ name: text(each) }] : []))
  return items(value).map(name => ({ name }))
}

/**
 * A value as a text, whatever type it was sent as; empty where there is none. A lone surrogate, which JSON can write (RFC 8259, 8.2), is replaced: no address
 * can hold it.
 */
export function text(value: unknown): string {
  if (typeof value === 'string') return value.trim().toWellFormed()
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (isValueObject(value)) return text(value['@value'])
  return Array.isArray(value)
    ? value
        .filter(each => !Array.isArray(each))
        .map(text)
        .filter(Boolean)
        .join(', ')
    : ''
}

/** A field's values: a list, a list written as JSON, or one value. */
export function items(value: unknown): string[] {
  if (value === undefined || value === null) return []
  if (Array.isArray(value)) return value.map(text).filter(Boolean)
  const one = text(value)
  if (!/^\s*\[/.test(one)) return one ? [one] : []
  try {
    const list: unknown = JSON.parse(one)
    return Array.isArray(list) ? list.map(text).filter(Boolean) : [one]
  } catch {
    return [one]
  }
}

/** Some portals write a list or an object as JSON in a text. */
export function fromJson(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value
  try {
    return JSON.parse(value) as unknown
  } catch {
    return value
  }
}
