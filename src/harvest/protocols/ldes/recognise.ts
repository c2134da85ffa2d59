import { Graph } from '../../../rdf/graph.ts'
import { dct, rdf } from '../../../rdf/namespaces.ts'
import { parse } from '../../../rdf/parse.ts'
import { isLiteral, namedNode } from '../../../rdf/terms.ts'
import type { Recognised, Candidate } from '../../protocol.ts'
import { behind, firstOf, languagesIn } from '../../readers/recognise.ts'

const stream = namedNode('https://w3id.org/ldes#EventStream')
const paths = ['ldes', 'feed', 'dcat-feed']

/** A linked data event stream: RDF that says it is one. How many members it has is known only at its end. */
export const recogniseLdes = ({ url, bases, feeds, fetch }: Candidate): Promise<Recognised | undefined> =>
  firstOf([url, ...feeds, ...behind(bases, paths)], async address => {
    const page = new Graph(
      (await parse((await fetch(address, 'text/turtle, application/trig;q=0.9, application/ld+json;q=0.8, */*;q=0.1')).body, { url: address })).quads,
    )
    const [self] = page.subjects(rdf.type, stream)
    if (!self) return undefined
    const titles = page.objects(self, dct.title).filter(isLiteral)
    return {
      url: address,
      sure: true,
      ...(titles.length > 0 && { title: Object.fromEntries(titles.map(each => [each.language.slice(0, 2) || 'und', each.value])) }),
      languages: languagesIn(titles.map(({ language }) => language)),
    }
  })
