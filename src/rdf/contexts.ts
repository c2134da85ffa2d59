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

/**
 * Finds a context that a document names by its address. Throws `unknown-context` for one we do not ship: the network is never asked.
 * A catalogue like ours serves our context beside its documents.
 */
export function loadContext(url: string, document: string): NodeObject {
  if (URL.canParse(document) && url === `${new URL(document).origin}/context.jsonld`) return ownContext
  const found = entry(shipped, url.replace(/^https?:\/\/(www\.)?/, '').replace(/\/+$/, ''))
  if (found) return found
  throw new Problem(
    'unknown-context',
    `The JSON-LD names the context ${url}, which is not shipped and is never fetched from the network. Put the context into the file itself.`,
    { url },
  )
}
