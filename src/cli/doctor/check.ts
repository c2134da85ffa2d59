import type { Catalogue } from '../../config/catalogue.ts'
import type { Source } from '../../config/sources.ts'

/** What the checks look at. */
export interface Patient {
  catalogue: Catalogue
  sources: Source[]
  /** The data folder. */
  data: string
  now: Date
}

/** What a check found: what it saw, and what is to be done where something is wrong. */
export interface Diagnosis {
  state: 'well' | 'warning' | 'wrong'
  says: string
  todo?: string
}

/** Looks at one thing. What it throws is what is wrong. */
export type Check = (patient: Patient) => Diagnosis[] | Promise<Diagnosis[]>

export const well = (says: string): Diagnosis => ({ state: 'well', says })
export const warning = (says: string, todo: string): Diagnosis => ({ state: 'warning', says, todo })
export const wrong = (says: string, todo: string): Diagnosis => ({ state: 'wrong', says, todo })

/** `1234567` → `1.2 MB`. */
export function size(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)))
  return `${(bytes / 1000 ** power).toFixed(power === 0 ? 0 : 1)} ${units[power]}`
}
