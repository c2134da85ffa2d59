import { z } from 'zod'
import { readYaml } from '../config/yaml.ts'
import { root } from '../files.ts'
import { expand } from '../rdf/namespaces.ts'
import type { NamedNode } from '../rdf/terms.ts'
import { fold } from '../vocabulary/fold.ts'

/** The languages that headings, the template and what is said of an inventory are in. */
export const inventoryLanguages = ['fr', 'ar', 'en'] as const
export type InventoryLanguage = (typeof inventoryLanguages)[number]
/** A language of inventories: English where there are none in the language. */
export const spoken = (language: string): InventoryLanguage => inventoryLanguages.find(each => each === language) ?? 'en'

const inLanguages = z.strictObject({ fr: z.string(), ar: z.string(), en: z.string() })
const kinds = [
  'text',
  'words',
  'list',
  'date',
  'period',
  'statement',
  'standard',
  'format',
  'address',
  'licence',
  'contact',
  'opening',
  'status',
  'none',
] as const
/** The reference lists that columns name: keys of vocabulary/lists.ts. */
const columnLists = [
  'organisation',
  'frequency',
  'territory',
  'disaggregationLevel',
  'theme',
  'fileType',
  'language',
  'accessRight',
  'licence',
  'status',
] as const

const columnOf = z.strictObject({
  heading: inLanguages,
  also: z.array(z.string()),
  property: z
    .string()
    .transform(name => expand(name)!)
    .optional(),
  read: z.enum(kinds),
  language: z.string().optional(),
  list: z.enum(columnLists).optional(),
  values: z.strictObject({ fr: z.array(z.string()), ar: z.array(z.string()), en: z.array(z.string()) }).optional(),
  /** What it is called in sentences and forms, where that is another than its heading without its signs. */
  name: z.strictObject({ fr: z.string().optional(), ar: z.string().optional(), en: z.string().optional() }).optional(),
  /** False for a column that is read and that the template does not have. */
  template: z.boolean().default(true),
  help: inLanguages.optional(),
})

/** A column of an inventory: what it is called, what it becomes and how it is read. */
export type Column = z.infer<typeof columnOf> & { id: string }

const read = readYaml(`${root}/src/inventory/columns.yaml`, z.record(z.string(), columnOf), {})

/** The columns in the order of the template (columns.yaml). */
export const columns: Column[] = Object.entries(read).map(([id, column]) => ({ ...column, id }))

/** The table of docs/mapping.md. */
export const inventoryFields = columns.flatMap(({ heading, property, read, language }) =>
  property ? [[[...new Set(Object.values(heading))], property, `${read}${language ? ` in ${language}` : ''}`] as [string[], NamedNode, string]] : [],
)

export const columnById = new Map(columns.map(column => [column.id, column]))

export const isRequired = (column: Column): boolean => column.heading.fr.endsWith('*')

const headings = new Map(
  columns.flatMap(column => [...Object.values(column.heading), ...column.also, column.id].map(heading => [fold(heading), column] as const)).reverse(),
)

/** The column that a heading means; `own` are the source's own headings, by column. */
export function columnNamed(heading: string, own: Record<string, string>): Column | undefined {
  const folded = fold(heading)
  const named = Object.keys(own).find(each => fold(each) === folded)
  return named === undefined ? headings.get(folded) : columnById.get(own[named]!)
}
