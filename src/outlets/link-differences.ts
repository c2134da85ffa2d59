import type { Link } from '../ledger/links/links.ts'
import { value, values, type Graph } from '../rdf/graph.ts'
import { dcat, dct } from '../rdf/namespaces.ts'
import type { Term } from '../rdf/terms.ts'
import type { Vocabulary } from '../vocabulary/vocabulary.ts'

/** In what a file is another than its portal says. */
export interface LinkDifference {
  kind: 'type' | 'size' | 'redirect'
  declared: string
  found: string
}

/** Types that say little of what is in them: nothing is concluded from them. */
const vague =
  /^(?:$|text\/plain|application\/(?:octet-stream|x-download|force-download|download|binary|zip|x-zip-compressed|gzip|xml|json)|text\/xml|binary\/octet-stream)/
const mediaTypes = 'https://www.iana.org/assignments/media-types/'
/** A size is another where it differs by more than a tenth: portals round. */
const tolerance = 0.1

/** Sets what was seen of an address beside what its portal says of the file: its type, its size, and whether it lies where it is said to lie. */
export function differencesOf(link: Link, graph: Graph, file: Term, vocabulary: Vocabulary): LinkDifference[] {
  const differences: LinkDifference[] = []
  const type = link.media_type ?? ''
  const formats = values(graph, file, dct.format).filter(format => vocabulary.concepts.has(format.value))
  const types = values(graph, file, dcat.mediaType).map(({ value: iri }) => iri.replace(/^https?:\/\/www\.iana\.org\/assignments\/media-types\//, ''))
  const served = [mediaTypes, mediaTypes.replace('https', 'http')].flatMap(start => vocabulary.formatsOf(start + type))
  const known = type === 'text/html' || served.length > 0
  const fits = types.includes(type) || formats.some(format => served.includes(format.value))
  const declared = formats[0] ? (vocabulary.concepts.get(formats[0].value)?.slug ?? formats[0].value) : types[0]
  if (!vague.test(type) && known && !fits && declared) differences.push({ kind: 'type', declared, found: type })
  const size = Number(value(graph, file, dcat.byteSize)?.value ?? Number.NaN)
  if (link.bytes !== null && size > 0 && Math.abs(link.bytes - size) > Math.max(size, link.bytes) * tolerance)
    differences.push({ kind: 'size', declared: String(size), found: String(link.bytes) })
  if (link.redirect !== null && hostOf(link.redirect) !== hostOf(link.url)) differences.push({ kind: 'redirect', declared: link.url, found: link.redirect })
  return differences
}

const hostOf = (url: string) => (URL.canParse(url) ? new URL(url).hostname.replace(/^www\./, '') : url)
