import { isObject } from '../readers/json/values.ts'

/** How deep a list may lie in what holds it, and how many entries of a level are looked into. */
const [deepest, mostLooked] = [4, 200]

/**
 * The rows of a JSON file: the longest list of objects in it, wherever it lies, or the longest object of objects, whose keys are a column then. Undefined where
 * there is neither.
 */
export function recordsIn(read: unknown): Record<string, unknown>[] | undefined {
  let longest: Record<string, unknown>[] = []
  const look = (value: unknown, depth: number): void => {
    if (typeof value !== 'object' || value === null || depth > deepest) return
    const rows = rowsOf(value)
    if (rows.length > longest.length) longest = rows
    for (const each of Object.values(value).slice(0, mostLooked)) look(each, depth + 1)
  }
  look(read, 0)
  return longest.length > 0 ? longest : undefined
}

/** An object whose values are objects is a table by its keys; one that is a single object of plain values is none. */
function rowsOf(value: object): Record<string, unknown>[] {
  if (Array.isArray(value)) return value.every(isObject) ? value : []
  const entries = Object.entries(value)
  return entries.length > 1 && entries.every(([, each]) => isObject(each)) ? entries.map(([key, each]) => ({ key, ...(each as object) })) : []
}
