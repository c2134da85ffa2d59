import { ownLists } from '../../vocabulary/lists.ts'
import type { Page } from '../page/page.ts'
import type { Example } from '../views/sparql.tsx'

const prefixes = (...names: string[]) => names.map(name => `PREFIX ${name}: <${namespaces[name]}>\n`).join('')
const namespaces: Record<string, string> = {
  dcat: 'http://www.w3.org/ns/dcat#',
  dct: 'http://purl.org/dc/terms/',
  skos: 'http://www.w3.org/2004/02/skos/core#',
  foaf: 'http://xmlns.com/foaf/0.1/',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
  prov: 'http://www.w3.org/ns/prov#',
  fihrist: 'https://w3id.org/fihrist#',
}

/** Questions to begin with, their labels asked for in the language of the page. Add one: a line here, and its title in the locale files. */
const queries: Record<string, (language: string, base: string) => string> = {
  newest: language => `${prefixes('dcat', 'dct')}
SELECT ?dataset (COALESCE(SAMPLE(?own), SAMPLE(?any)) AS ?title) ?modified WHERE {
  ?dataset a dcat:Dataset ; dct:title ?any ; dct:modified ?modified .
  OPTIONAL { ?dataset dct:title ?own . FILTER (langMatches(lang(?own), "${language}")) }
}
GROUP BY ?dataset ?modified
ORDER BY DESC(?modified)
LIMIT 20`,
  publishers: language => `${prefixes('dcat', 'dct', 'skos')}
SELECT ?name (COUNT(DISTINCT ?dataset) AS ?datasets) WHERE {
  ?dataset a dcat:Dataset ; dct:publisher ?publisher .
  ?publisher skos:prefLabel ?name .
  FILTER (langMatches(lang(?name), "${language}"))
}
GROUP BY ?name
ORDER BY DESC(?datasets) ?name`,
  formats: () => `${prefixes('dcat', 'dct')}
SELECT ?format (COUNT(DISTINCT ?distribution) AS ?files) WHERE {
  ?dataset dcat:distribution ?distribution .
  ?distribution dct:format ?format .
}
GROUP BY ?format
ORDER BY DESC(?files)`,
  themes: (language, base) => `${prefixes('dcat', 'skos')}
SELECT ?theme (COUNT(DISTINCT ?dataset) AS ?datasets) WHERE {
  ?concept skos:inScheme <${ownLists(base).theme}> ; skos:prefLabel ?theme .
  ?dataset dcat:theme ?concept .
  FILTER (langMatches(lang(?theme), "${language}"))
}
GROUP BY ?theme
ORDER BY DESC(?datasets) ?theme`,
  describe: () => `${prefixes('dcat', 'dct')}
CONSTRUCT {
  ?dataset dct:title ?title ; dct:license ?licence ; dcat:downloadURL ?file .
} WHERE {
  ?dataset a dcat:Dataset ; dct:title ?title ; dcat:distribution ?distribution .
  ?distribution dcat:downloadURL ?file .
  OPTIONAL { ?distribution dct:license ?licence }
}
LIMIT 100`,
  runs: () => `${prefixes('prov', 'foaf', 'fihrist')}
SELECT ?dataset ?run ?started ?state ?source WHERE {
  ?record foaf:primaryTopic ?dataset .
  ?version prov:specializationOf ?record ; prov:wasGeneratedBy ?run ; prov:hadPrimarySource ?source .
  ?run prov:startedAtTime ?started ; fihrist:state ?state .
}
ORDER BY DESC(?started) ?dataset
LIMIT 100`,
}

export function exampleQueries({ words, language, site }: Page): Example[] {
  return Object.entries(queries).map(([name, query]) => {
    const title = words.t(`sparql.example.${name}`)
    return { title, query: `# ${title}\n${query(language, site.publication.catalogue.base)}\n` }
  })
}
