import { z } from 'zod'
import { readYaml } from '../../../config/yaml.ts'
import { root } from '../../../files.ts'
import type { InventoryLanguage } from './columns.ts'

const words = z.looseObject({ helpColumns: z.array(z.string()) }).transform(all => all as { helpColumns: string[] } & Record<string, string>)
const all = readYaml(`${root}/src/words/inventory.yaml`, z.record(z.string(), words), {}) as Record<
  InventoryLanguage,
  { helpColumns: string[] } & Record<string, string>
>

/** The words of inventories in a language, or in English where there are none. */
export const wordsIn = (language: string) => all[language as InventoryLanguage] ?? all.en
/** A language that there are words in. */
export const spoken = (language: string): InventoryLanguage => (language in all ? (language as InventoryLanguage) : 'en')

/** A sentence with its blanks filled in. */
export const say = (sentence: string, values: Record<string, string | number>): string =>
  sentence.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''))
