import { z } from 'zod'
import { ntriples } from '../../../rdf/formats.ts'
import { readQuery } from '../../../store/query.ts'
import { textOf } from '../../../store/store.ts'
import { answerOf } from '../../sparql/answer.ts'
import { short } from '../told.ts'
import { tool } from '../tool.ts'

/** The SPARQL endpoint, with its limits. */
export const sparqlQuery = tool({
  name: 'sparql_query',
  title: 'SPARQL query',
  about: 'Asks the SPARQL 1.1 endpoint (SELECT, ASK, CONSTRUCT, DESCRIBE; DCAT-AP in the union of all graphs). Put a LIMIT: 100 rows are told.',
  input: z.object({ query: z.string().min(1).max(32_768) }),
  answer: async (site, { query: text }, caller) => {
    const query = await readQuery(text, site.publication.catalogue.sparql.federation)
    const isGraph = query.form === 'construct' || query.form === 'describe'
    const { answer } = await answerOf(site, query, { ...caller, mediaType: isGraph ? ntriples.mediaType : 'application/sparql-results+json' })
    return { revision: answer.revision, ...told(textOf(answer), isGraph) }
  },
})

/** Rows, or statements, that are told. */
const mostRows = 100

function told(text: string, isGraph: boolean): object {
  if (isGraph) {
    const lines = text.trim().split('\n')
    return { statements: lines.slice(0, mostRows), ...(lines.length > mostRows && { cut: `${lines.length} statements; the first ${mostRows} are told.` }) }
  }
  const { head, boolean, results } = JSON.parse(text) as {
    head: { vars?: string[] }
    boolean?: boolean
    results?: { bindings: Record<string, { value: string }>[] }
  }
  if (boolean !== undefined) return { boolean }
  const rows = results?.bindings ?? []
  return {
    variables: head.vars ?? [],
    rows: rows.slice(0, mostRows).map(row => Object.fromEntries(Object.entries(row).map(([name, { value }]) => [name, short(value, 500)]))),
    ...(rows.length > mostRows && { cut: `${rows.length} rows; the first ${mostRows} are told.` }),
  }
}
