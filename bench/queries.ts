/** Ten questions that catalogues are asked; `first` is the IRI of a dataset. */
export const queriesOf = (first: string): Record<string, string> => ({
  lookup: `SELECT * { <${first}> ?p ?o }`,
  describe: `DESCRIBE <${first}>`,
  listing: 'SELECT ?d ?t { ?d a dcat:Dataset ; dct:title ?t } LIMIT 100',
  newest: 'SELECT ?d ?m { ?d a dcat:Dataset ; dct:modified ?m } ORDER BY DESC(?m) LIMIT 20',
  formats: 'SELECT ?f (COUNT(*) AS ?n) { ?x dct:format ?f } GROUP BY ?f ORDER BY DESC(?n)',
  publishers: 'SELECT ?p (COUNT(*) AS ?n) { ?d a dcat:Dataset ; dct:publisher ?p } GROUP BY ?p ORDER BY DESC(?n)',
  text: 'SELECT ?d ?t { ?d a dcat:Dataset ; dct:title ?t FILTER CONTAINS(LCASE(?t), "42") } LIMIT 20',
  path: 'SELECT (COUNT(*) AS ?n) { ?d dcat:distribution/dct:format ?f }',
  quality: 'SELECT (AVG(?v) AS ?mean) { ?m dqv:value ?v }',
  sizes: 'SELECT ?x ?s { ?x dcat:byteSize ?s FILTER (?s > 1000) } ORDER BY DESC(?s) LIMIT 20',
})
