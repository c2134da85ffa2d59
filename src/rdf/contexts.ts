import type { ContextDefinition, NodeObject } from 'jsonld'
import { readOwn } from '../files.ts'
import { Problem } from '../problem.ts'
import { entry } from '../table.ts'

const read = (name: string) => JSON.parse(readOwn(`src/rdf/contexts/${name}.jsonld`)) as { '@context': ContextDefinition }

/** Our own JSON-LD context, served at `/context.jsonld`. */
export const ownContext = read('dcat-ap')

/** The contexts we ship, by address without scheme. Add one: a file in contexts/ and a line here. */
const shipped: Record<string, NodeObject> = {
  'w3id.org/fihrist/context.jsonld': ownContext,
  'schema.org': read('schema-org'),
}

/** A document that names a context: its text, and where it was found. */
interface Naming {
  text: string
  url: string
}

/** Finds a context that a document names by its address. Throws `unknown-context` for one we do not ship: the network is never asked. */
export function loadContext(url: string, document: Naming): NodeObject {
  if (isOfOurKind(url, document)) return ownContext
  const found = entry(shipped, url.replace(/^https?:\/\/(www\.)?/, '').replace(/\/+$/, ''))
  if (found) return found
  throw new Problem(
    'unknown-context',
    `The JSON-LD names the context ${url}, which is not shipped and is never fetched from the network. Put the context into the file itself.`,
    { url },
  )
}

/**
 * A catalogue like ours serves our context beside its documents, or, where they are read at another address than its base, beside the catalogue and the records
 * that they name.
 */
function isOfOurKind(url: string, { text, url: at }: Naming): boolean {
  const base = /^(https?:.*)\/context\.jsonld$/.exec(url)?.[1]
  return base !== undefined && ((URL.canParse(at) && base === new URL(at).origin) || text.includes(`"${base}/record/`) || text.includes(`"${base}/catalog"`))
}
