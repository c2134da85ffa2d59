import type { ContextDefinition, NodeObject } from 'jsonld'
import { readOwn } from '../files.ts'
import { Problem } from '../problem.ts'
import { entry } from '../table.ts'

const read = (name: string) => JSON.parse(readOwn(`src/rdf/contexts/${name}.jsonld`)) as { '@context': ContextDefinition }

/** Our own JSON-LD context, served at `/context.jsonld`. */
export const ownContext = read('dcat-ap')

const semic = read('semic')

/** The contexts we ship, by address without scheme; under a name that ends in `/*` any JSON-LD below it. Add one: a file in contexts/ and a line here. */
const shipped: Record<string, NodeObject> = {
  'w3id.org/fihrist/context.jsonld': ownContext,
  'schema.org': read('schema-org'),
  // The contexts of DCAT-AP and its profile for high-value datasets as they are published are no valid JSON-LD: one file says what all of them mean.
  'semiceu.github.io/uri.semic.eu-generated/DCAT-AP/*': semic,
  'semiceu.github.io/DCAT-AP/*': semic,
  'raw.githubusercontent.com/SEMICeu/DCAT-AP/*': semic,
  'data.europa.eu/r5r/*': semic,
}

/** A document that names a context: its text, and where it was found. */
interface Naming {
  text: string
  url: string
}

/** Finds a context that a document names by its address. Throws `unknown-context` for one we do not ship: the network is never asked. */
export function loadContext(url: string, document: Naming): NodeObject {
  if (isOfOurKind(url, document)) return ownContext
  const name = url.replace(/^https?:\/\/(www\.)?/, '').replace(/\/+$/, '')
  const below = Object.keys(shipped).find(each => each.endsWith('/*') && name.startsWith(each.slice(0, -1)) && /\.jsonld?$/.test(name))
  const found = entry(shipped, below ?? name)
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
