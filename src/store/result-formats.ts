import { graphFormats } from '../rdf/formats.ts'

/** The formats of each kind of answer, the preferred one first (SPARQL 1.1 Protocol, section 2.1.6). */
export const resultFormats: Record<'bindings' | 'boolean' | 'graph', { mediaType: string; extension: string }[]> = {
  bindings: [
    { mediaType: 'application/sparql-results+json', extension: 'json' },
    { mediaType: 'application/sparql-results+xml', extension: 'xml' },
    { mediaType: 'text/csv', extension: 'csv' },
    { mediaType: 'text/tab-separated-values', extension: 'tsv' },
  ],
  boolean: [
    { mediaType: 'application/sparql-results+json', extension: 'json' },
    { mediaType: 'application/sparql-results+xml', extension: 'xml' },
    { mediaType: 'text/csv', extension: 'csv' },
    { mediaType: 'text/tab-separated-values', extension: 'tsv' },
  ],
  graph: graphFormats,
}
