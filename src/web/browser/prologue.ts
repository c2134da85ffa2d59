/**
 * The line that declares a prefix, and where it goes: below the lines that declare others, or else above the query. Undefined where the query declares it.
 */
export function prologueFor(query: string, prefix: string | undefined, namespaces: Record<string, string>): { from: number; insert: string } | undefined {
  if (prefix === undefined || new RegExp(`\\bprefix\\s+${prefix}:`, 'i').test(query)) return undefined
  const declared = /^(?:[ \t]*(?:#[^\n]*|(?:base|prefix)\b[^\n]*)?\n)*/i.exec(query)![0].trimEnd()
  return { from: declared === '' ? 0 : declared.length + 1, insert: `PREFIX ${prefix}: <${namespaces[prefix]}>\n` }
}
