import { formatByName, graphFormats, ntriples, turtle } from '../rdf/formats.ts'

interface ResultFormat {
  mediaType: string
  extension: string
  label?: string
  /** The media type that the engine is asked for, where its text is one of this type too. */
  engine?: string
}

/** The formats of each kind of answer, the preferred one first (SPARQL 1.1 Protocol, section 2.1.6). */
export const resultFormats: Record<'bindings' | 'boolean' | 'graph', ResultFormat[]> = {
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
  graph: [
    ...graphFormats,
    // A graph without a name is written in both as it is in the format that they extend.
    { ...formatByName('nquads')!, engine: ntriples.mediaType },
    { ...formatByName('trig')!, engine: turtle.mediaType },
  ],
}
