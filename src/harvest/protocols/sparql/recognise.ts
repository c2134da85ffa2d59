import type { Recognised, Candidate } from '../../protocol.ts'
import { readJson } from '../../readers/json/answer.ts'
import { at } from '../../readers/json/fields.ts'
import { behind, firstOf, ifAnswered, objectIn } from '../../readers/recognise.ts'

const paths = ['sparql', 'api/sparql', 'query', 'sparql/query']
const dataset = '?d a <http://www.w3.org/ns/dcat#Dataset>'

/** A SPARQL endpoint that holds datasets: one is asked for, then they are counted, which may take it too long. */
export const recogniseSparql = ({ url, bases, fetch }: Candidate): Promise<Recognised | undefined> =>
  firstOf([url, ...behind(bases, paths)], async address => {
    const asked = async (query: string) => {
      const endpoint = new URL(address)
      endpoint.searchParams.set('query', query)
      return objectIn(readJson(await fetch(endpoint.href, 'application/sparql-results+json')))
    }
    const endpoint = new URL(address)
    endpoint.search = ''
    if ((await asked(`ASK { ${dataset} }`))['boolean'] !== true) return undefined
    const count = Number(at(await ifAnswered(() => asked(`SELECT (COUNT(DISTINCT ?d) AS ?n) WHERE { ${dataset} }`)), 'results.bindings.n.value'))
    return { url: endpoint.href, sure: true, ...(count > 0 && { datasets: count }) }
  })
