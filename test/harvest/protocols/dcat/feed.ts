/** A feed in Turtle of datasets that have nothing wrong with them; `edition` changes what they say. */
export function feed(ids: string[], { next, total, edition = 1 }: { next?: string; total?: number; edition?: number } = {}): string {
  const members = ids.map(id => `<https://data.example.org/dataset/${id}>`).join(', ')
  const page =
    next === undefined && !total
      ? ''
      : `<#page> a hydra:PagedCollection ${next === undefined ? '' : `; hydra:next "${next}"`} ${total ? `; hydra:totalItems ${total}` : ''} .\n`
  return `${prefixes}<https://data.example.org/> a dcat:Catalog ; dct:title "Catalogue"@fr ${members && `; dcat:dataset ${members}`} .\n${page}${ids.map(id => datasetTurtle(id, edition, '')).join('')}`
}

const prefixes = `@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix hydra: <http://www.w3.org/ns/hydra/core#> .
`

export const datasetTurtle = (id: string, edition = 1, head = prefixes) => `${head}
<https://data.example.org/dataset/${id}> a dcat:Dataset ;
  dct:title "Jeu ${id}"@fr ; dct:description "Description ${id}, version ${edition}"@fr ;
  dct:publisher [ a foaf:Agent ; foaf:name "Producteur"@fr ] ;
  dcat:distribution [ a dcat:Distribution ; dcat:accessURL <https://data.example.org/${id}.csv> ] .
`

/** The same as N-Quads, its publisher a blank node; `more` are lines after it. */
export const datasetLines = (id: string, edition = 1, more = '') =>
  [
    '<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/ns/dcat#Dataset>',
    `<http://purl.org/dc/terms/title> "Jeu ${id}"@fr`,
    `<http://purl.org/dc/terms/description> "Description ${id}, version ${edition}"@fr`,
    `<http://purl.org/dc/terms/publisher> _:p${id}`,
    `<http://www.w3.org/ns/dcat#distribution> <https://data.example.org/dataset/${id}/csv>`,
  ]
    .map(said => `<https://data.example.org/dataset/${id}> ${said} <https://data.example.org/graph> .\n`)
    .join('') +
  `_:p${id} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://xmlns.com/foaf/0.1/Agent> .\n_:p${id} <http://xmlns.com/foaf/0.1/name> "Producteur"@fr .\n` +
  `<https://data.example.org/dataset/${id}/csv> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/ns/dcat#Distribution> .\n<https://data.example.org/dataset/${id}/csv> <http://www.w3.org/ns/dcat#accessURL> <https://data.example.org/${id}.csv> .\n${more}`

/** An LDP container of these members. */
export const container = (members: string[], more = '') =>
  `@prefix ldp: <http://www.w3.org/ns/ldp#> .\n<> a ldp:BasicContainer ; ldp:contains ${members.map(each => `<${each}>`).join(', ')} .\n${more}`
