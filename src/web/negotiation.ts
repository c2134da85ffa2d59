import type { Request } from 'express'
import { Problem } from '../problem.ts'
import { formats, type Format } from '../rdf/formats.ts'

/** What a resource can be asked as. */
export type Representation = 'html' | Format

/** The formats of one resource: those of one graph, and N-Quads, in which it is the record's named graph. */
export const resourceFormats = formats.filter(format => format.name !== 'trig')

/** `x.ttl` → the name and the format its extension asks for; a name without one of our extensions stays whole. */
export function splitExtension(name: string): { name: string, format?: Format } {
  const format = resourceFormats.find(each => name.endsWith(`.${each.extension}`))
  return format ? { name: name.slice(0, -format.extension.length - 1), format } : { name }
}

/** Generic types that clients send when they mean one of ours. */
const aliases: Record<string, Format['name']> = { 'application/json': 'jsonld', 'application/xml': 'rdfxml', 'text/xml': 'rdfxml', 'text/n3': 'turtle' }

/** What the `Accept` header wishes for. Throws `not-acceptable`, with the list of what there is. */
export function negotiate(request: Request, offered: Representation[]): Representation {
  const types = new Map<string, Representation>(offered.map(each => [each === 'html' ? 'text/html' : each.mediaType, each]))
  for (const [alias, name] of Object.entries(aliases)) {
    const format = offered.find(each => each !== 'html' && each.name === name)
    if (format) types.set(alias, format)
  }
  const wished = request.accepts([...types.keys()])
  const found = wished && types.get(wished)
  if (found) return found
  throw new Problem('not-acceptable', `This is served as ${offered.map(each => (each === 'html' ? 'text/html' : each.mediaType)).join(', ')}; "${request.get('accept')}" asks for none of them.`)
}
