import { z } from 'zod'
import { Problem } from '../../problem.ts'
import { compact, graph, hydra, isBlank, isLiteral, isNamed, namedNode, value, values, adms, dct, skos, type Graph, type Quad, type Subject, type Term } from '../../rdf/terms.ts'
import { datasetsOf, describe, describeCatalogue } from '../../rdf/describe.ts'
import { digest } from '../../rdf/digest.ts'
import { isPublicIri, mendIri } from '../../rdf/iri.ts'
import { parse, type Parsed } from '../../rdf/parse.ts'
import { lines } from '../../rdf/serialise.ts'
import { skolemise } from '../../rdf/skolemise.ts'
import type { Repair } from '../../normalise/draft.ts'
import type { Page } from '../fetch.ts'
import type { HarvestedRecord, Protocol } from '../protocol.ts'

const options = z.strictObject({
  /** Follow the links to further pages. */
  paging: z.boolean().default(true),
})
type DcatOptions = z.infer<typeof options>

const accept = 'text/turtle, application/n-quads;q=0.9, application/trig;q=0.9, application/n-triples;q=0.9, application/rdf+xml;q=0.8, application/ld+json;q=0.7, */*;q=0.1'

/** DCAT in any RDF format: one file, or pages linked by Hydra. Everything the portal said of a dataset is kept, mapped or not. */
export const dcatFeed: Protocol = {
  options,
  async *harvest(source, { fetch, expect }) {
    const { paging } = source.options as DcatOptions
    const seen = new Set<string>()
    const bodies = new Set<string>()
    let found = 0
    for (let url: string | undefined = source.url; url;) {
      seen.add(url)
      const page: Page = await fetch(url, accept)
      const body = digest(page.body)
      if (bodies.has(body)) throw new Problem('repeated-page', `${url} is the same as an earlier page: the feed repeats itself. Ask the portal to honour the page number.`, { url })
      bodies.add(body)
      const parsed = await parse(page.body, { url: page.url, mediaType: page.mediaType })
      const whole = flat(graph(parsed.quads))
      const total = Number(totalOf(whole))
      if (total) expect(total)
      const catalogue = describeCatalogue(whole)
      if (catalogue.length > 0) yield { catalogue }
      for (const subject of datasetsOf(whole)) {
        found++
        yield record(whole, subject, parsed.mended)
      }
      // A broken text lost what came after the break, and with it the link to the next page: the source was not read to its end.
      if (parsed.problem) throw parsed.problem
      const next = paging ? nextPage(whole, page.url) : undefined
      if (next && seen.has(next)) throw new Problem('repeated-page', `${url} names ${next} as its next page, which was read before: the feed runs in a circle.`, { url })
      url = next
    }
    if (found === 0) throw new Problem('empty-source', `${source.url} was read and holds no dcat:Dataset. Check the source's url: the feed of the whole catalogue is needed.`, { url: source.url })
  },
}

/** All graphs of a page as one. */
function flat(page: Graph): Graph {
  if (page.getGraphs(null, null, null).every(name => name.termType === 'DefaultGraph')) return page
  const all = graph()
  for (const quad of page) all.addQuad(quad.subject, quad.predicate, quad.object)
  return all
}

function record(page: Graph, subject: Subject, mended: Parsed['mended']): HarvestedRecord | { problem: Problem } {
  const described = describe(page, subject)
  const key = keyOf(described, subject)
  const body = lines([...skolemise(described, hash => `urn:blank:${hash}`)] as Quad[], false)
  return {
    key, name: nameOf(described, subject),
    payload: { mediaType: 'application/n-triples', body },
    map: mint => {
      const iri = isNamed(subject as Term) ? (mendIri(subject.value) ?? subject.value) : ''
      const dataset = isPublicIri(iri) ? namedNode(iri) : namedNode(mint.dataset)
      const renamed = graph()
      const own = (term: Term) => (term.equals(subject as Term) ? dataset : term)
      for (const quad of described as Iterable<Quad>) renamed.addQuad(own(quad.subject) as never, quad.predicate as never, own(quad.object) as never)
      return { dataset, graph: skolemise(renamed, hash => `${mint.record}#${hash}`), repairs: mendedIn(renamed, mended) }
    },
  }
}

/** What tells the dataset from others in every run: its IRI; else its identifier; else its publisher and title. */
function keyOf(described: Graph, subject: Subject): string {
  if (!isBlank(subject as Term)) return subject.value
  const identifier = value(described, subject, dct.identifier)?.value ?? values(described, subject, adms.identifier).map(each => value(described, each as Subject, skos.notation)?.value).find(Boolean)
  if (identifier) return `identifier:${identifier}`
  const words = [dct.title, dct.publisher].flatMap(property => values(described, subject, property)).filter(each => !isBlank(each)).map(each => each.value).sort()
  return `blank:${digest(words.length > 0 ? words.join('\n') : lines([...skolemise(described, hash => `urn:blank:${hash}`)] as Quad[], false))}`
}

function nameOf(described: Graph, subject: Subject): string {
  const identifier = value(described, subject, dct.identifier)?.value ?? ''
  const last = isBlank(subject as Term) ? '' : decodeURIComponentSafely(subject.value.replace(/[/#]+$/, '').split(/[/#]/).pop() ?? '')
  const title = value(described, subject, dct.title)?.value ?? ''
  return [last, identifier.replace(/^https?:.*\//, ''), title].find(name => /[a-z]{3}/i.test(name) && !/^[0-9a-f-]{20,}$/i.test(name)) ?? ''
}

function decodeURIComponentSafely(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** IRIs that had to be mended before the page could be parsed, where this record uses them. */
function mendedIn(described: Graph, mended: Parsed['mended']): Repair[] {
  return [...mended].flatMap(([after, before]) => {
    const [quad] = described.getQuads(null, null, namedNode(after) as never, null)
    return quad ? [{ rule: 'iri-mended', property: compact(quad.predicate.value), before, after }] : []
  })
}

/** Links to the next page, as the two designs of Hydra and their users write them: an IRI, a literal, or an IRI relative to the page. */
function nextPage(page: Graph, url: string): string | undefined {
  const links = [hydra.next, hydra.nextPage].flatMap(property => page.getObjects(null, property as never, null)).map(link => link.value.trim()).filter(Boolean)
  // Some feeds describe several pages at once: the one that says it is this page is believed.
  const own = [hydra.next, hydra.nextPage].flatMap(property => page.getObjects(url as never, property as never, null)).map(link => link.value.trim())
  const link = own[0] ?? links.sort()[0]
  if (!link) return undefined
  const encoded = mendIri(URL.canParse(link) ? link : (URL.parse(link, url)?.href ?? ''))
  if (!encoded) throw new Problem('page-link', `${url} names "${link.slice(0, 200)}" as its next page, which is no address.`, { url })
  const next = new URL(encoded)
  if (next.protocol !== 'http:' && next.protocol !== 'https:') throw new Problem('page-link', `${url} names ${link.slice(0, 200)} as its next page: only http and https are followed.`, { url })
  const here = new URL(url)
  if (next.host === here.host) return next.href
  // A portal behind a proxy often writes its inner address: the page is asked where the feed was found.
  const moved = new URL(here)
  moved.search = next.search
  return moved.href === here.href ? next.href : moved.href
}

function totalOf(page: Graph): string | undefined {
  return page.getObjects(null, hydra.totalItems as never, null).map(total => total as Term).filter(isLiteral).map(total => total.value).sort((a, b) => Number(b) - Number(a))[0]
}

