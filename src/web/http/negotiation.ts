import type { Request } from 'express'
import { Problem } from '../../problem.ts'
import type { Format } from '../../rdf/format.ts'
import { formats } from '../../rdf/formats.ts'

/** What a resource can be asked as, beside RDF. */
const plain = { html: 'text/html', json: 'application/json', csv: 'text/csv' }
export type Plain = keyof typeof plain
export type Representation = Plain | Format

const typeOf = (representation: Representation) => (typeof representation === 'string' ? plain[representation] : representation.mediaType)

/** The formats of one resource: those of one graph, and N-Quads, in which it is the record's named graph. */
export const resourceFormats = formats.filter(format => format.ofResources)

/** `x.ttl` → the name and the format its extension asks for; a name without one of our extensions stays whole. */
export function splitExtension(name: string): { name: string; format?: Format } {
  const format = resourceFormats.find(each => name.endsWith(`.${each.extension}`))
  return format ? { name: name.slice(0, -format.extension.length - 1), format } : { name }
}

/** The same, where JSON or CSV may be asked for as well. */
export function splitPlain(name: string): { name: string; format?: Representation } {
  const extension = /\.(json|csv)$/.exec(name)?.[1] as Plain | undefined
  return extension ? { name: name.slice(0, -extension.length - 1), format: extension } : splitExtension(name)
}

/** What the `Accept` header wishes for. Throws `not-acceptable`, with the list of what there is. */
export function negotiate<R extends Representation>(request: Request, offered: R[]): R {
  const types = new Map<string, R>(offered.map(each => [typeOf(each), each]))
  // Other types, generic ones among them, that clients send when they mean one of ours.
  for (const each of offered) if (typeof each !== 'string') for (const alias of each.aliases) if (!types.has(alias)) types.set(alias, each)
  const wished = request.accepts([...types.keys()])
  const found = wished && types.get(wished)
  if (found) return found
  throw new Problem('not-acceptable', `This is served as ${offered.map(typeOf).join(', ')}; "${request.get('accept')}" asks for none of them.`)
}
