import { Problem } from '../../../problem.ts'
import { datasetsOf, describeCatalogue } from '../../../rdf/describe.ts'
import { Graph } from '../../../rdf/graph.ts'
import { dct } from '../../../rdf/namespaces.ts'
import { parse } from '../../../rdf/parse.ts'
import { isLiteral } from '../../../rdf/terms.ts'
import { nextPage, totalOf } from '../../formats/dcat/paging.ts'
import type { Stream } from '../../http/fetch.ts'
import type { Recognised, Candidate } from '../../protocol.ts'
import { behind, few, firstOf, languagesIn } from '../../readers/recognise.ts'

/** The usual paths of catalogues in DCAT. */
const paths = ['catalog.ttl', 'catalog.rdf', 'catalog.xml', 'catalog.jsonld', '.well-known/dcat', '.well-known/datacatalog', '.well-known/void']
/** Bytes of a feed that are read to recognise it. */
const headBytes = 2_000_000

/** DCAT: RDF with datasets, at the address itself, at those that its page names as its other forms, or where such catalogues are wont to be. */
export const recogniseDcat = ({ url, bases, feeds, open }: Candidate): Promise<Recognised | undefined> =>
  firstOf([url, ...feeds, ...behind(bases, paths)], async address => {
    const { body, cut, ...answer } = await headOf(
      await open(address, 'text/turtle, application/n-triples;q=0.9, application/rdf+xml;q=0.8, application/ld+json;q=0.7, */*;q=0.1'),
    )
    const page = new Graph((await parse(body, answer)).quads)
    const seen = datasetsOf(page).length
    if (seen === 0) return undefined
    const total = totalOf(page)
    const catalogue = new Graph(describeCatalogue(page))
    const objects = (of: typeof page, property: typeof dct.title) => of.objects(null, property)
    const languages = objects(page, dct.language).map(({ value }) => value)
    const title = Object.fromEntries(
      objects(catalogue, dct.title)
        .filter(isLiteral)
        .map(each => [each.language.slice(0, 2) || 'und', each.value]),
    )
    return {
      url: address,
      sure: true,
      datasets: Math.max(total ?? 0, seen),
      ...((cut || (total === undefined && linksOn(page, answer.url))) && { more: true }),
      ...(Object.keys(title).length > 0 && { title }),
      languages: languagesIn([...languages, ...Object.keys(title)]),
      licences: few(objects(page, dct.license).map(({ value }) => value)),
    }
  })

async function headOf({ url, mediaType, body }: Stream): Promise<{ url: string; mediaType: string; body: Uint8Array; cut: boolean }> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body) {
    chunks.push(chunk)
    if ((size += chunk.length) > headBytes) break
  }
  return { url, mediaType, body: Buffer.concat(chunks), cut: size > headBytes }
}

function linksOn(page: Parameters<typeof nextPage>[0], url: string): boolean {
  try {
    return nextPage(page, url) !== undefined
  } catch (error) {
    if (error instanceof Problem) return false
    throw error
  }
}
