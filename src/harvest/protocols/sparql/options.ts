import { z } from 'zod'
import { isLegalIri } from '../../../rdf/iri.ts'

const iri = z.string().refine(text => isLegalIri(text), 'expected an IRI')

export const options = z
  .strictObject({
    graph: iri.optional().describe('The named graph that holds the datasets; what the endpoint asks by default, where it is not said.'),
    pattern: z.string().optional().describe('A pattern that the dataset `?d` has to match too: `?d dct:publisher <https://…>`, with IRIs in full.'),
    pageSize: z.number().int().min(1).max(1000).default(100).describe('Datasets listed at a time.'),
    maxRows: z.number().int().min(10).default(1000).describe('Rows that every endpoint gives: descriptions are asked for in batches that stay below it.'),
    method: z.enum(['get', 'post']).default('post').describe('How queries are sent. Some endpoints refuse `post`, and some cut long addresses.'),
  })
  .describe('SPARQL endpoints.')
export type SparqlOptions = z.infer<typeof options>
