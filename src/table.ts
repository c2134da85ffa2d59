/**
 * What a table has for a word of somebody else's. Every object of JavaScript also answers to `constructor`, `toString` and their like: those are no entries.
 */
export const entry = <Value>(table: Record<string, Value>, word: string): Value | undefined => (Object.hasOwn(table, word) ? table[word] : undefined)
