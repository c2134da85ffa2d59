import { z } from 'zod'
import type { Protocol } from '../protocol.ts'

/** One option of a protocol, as people are told of it. */
export interface Option {
  name: string
  /** What may be written: `integer`, `true or false`, `` `get` or `post` `` … */
  type: string
  meaning: string
  /** As it would be written in YAML; undefined where nothing is done or taken unless it is said. */
  default?: string
}

/** What a schema says of itself. The schema is the only place where options are described. */
interface SchemaNode {
  type?: string
  format?: string
  enum?: unknown[]
  const?: unknown
  description?: string
  default?: unknown
  items?: SchemaNode
  additionalProperties?: SchemaNode | boolean
  properties?: Record<string, SchemaNode>
  anyOf?: SchemaNode[]
}

const schemaOf = ({ options }: Pick<Protocol, 'options'>) => z.toJSONSchema(options, { io: 'input', unrepresentable: 'any' }) as SchemaNode

/** What a protocol reads, in a sentence. */
export const readsOf = (protocol: Pick<Protocol, 'options'>): string => schemaOf(protocol).description ?? ''

/** The options of a protocol, in the order of its schema. */
export function optionsOf(protocol: Pick<Protocol, 'options'>): Option[] {
  return Object.entries(schemaOf(protocol).properties ?? {}).map(([name, option]) => ({
    name,
    type: typeOf(option),
    meaning: option.description ?? '',
    ...(!isNothing(option.default) && { default: written(option.default) }),
  }))
}

function typeOf({ type, format, enum: values, const: only, items, additionalProperties: each, anyOf }: SchemaNode): string {
  if (anyOf) return [...new Set(anyOf.map(typeOf))].join(' or ')
  if (values ?? only !== undefined)
    return (values ?? [only])
      .map(value => `\`${String(value)}\``)
      .join(', ')
      .replace(/, ([^,]*)$/, ' or $1')
  if (type === 'array') return `list of ${items?.enum ? typeOf(items) : plural(typeOf(items ?? {}))}`
  if (type === 'object') return `names with ${plural(typeOf(typeof each === 'object' ? each : {}))}`
  return format === 'uri' ? 'address' : (words[type ?? ''] ?? type ?? 'text')
}

const words: Record<string, string> = { string: 'text', boolean: 'true or false', integer: 'whole number', number: 'number' }
const plural = (type: string) => ({ text: 'texts', address: 'addresses', number: 'numbers', 'whole number': 'whole numbers' })[type] ?? type

const isNothing = (value: unknown) => value === undefined || (typeof value === 'object' && value !== null && Object.keys(value).length === 0)
const written = (value: unknown): string =>
  Array.isArray(value) ? `[${value.map(written).join(', ')}]` : typeof value === 'object' ? JSON.stringify(value) : String(value)
