/** A feed in Turtle of datasets that have nothing wrong with them; `edition` changes what they say. */
export function feed(ids: string[], { next, total, edition = 1 }: { next?: string, total?: number, edition?: number } = {}): string {
  const members = ids.map(id => `<https://data.example.org/dataset/${id}>`).join(', ')
  const page = next === undefined && !total ? '' : `<#page> a hydra:PagedCollection ${next === undefined ? '' : `; hydra:next "${next}"`} ${total ? `; hydra:totalItems ${total}` : ''} .\n`
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
