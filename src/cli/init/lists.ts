import { slugOf, type Wished } from './wished.ts'

/** What the entries of a list of the edition are, and how one is written. */
const lists: { file: string; list: string; title: string; example: string }[] = [
  {
    file: 'themes',
    list: 'theme',
    title: 'Themes',
    example: `<id/theme/water> a skos:Concept ; skos:inScheme <id/theme> ; skos:notation "water" ; skos:prefLabel "Water"@en ;
#   skos:broadMatch <http://publications.europa.eu/resource/authority/data-theme/ENVI> .`,
  },
  {
    file: 'territories',
    list: 'territory',
    title: 'Territories',
    example: `<id/territory/XX-01> a dct:Location, skos:Concept ; skos:inScheme <id/territory> ; skos:notation "XX-01" ; skos:prefLabel "North"@en ;
#   skos:broader <id/territory/XX> ; fihrist:territoryLevel "region" .`,
  },
  {
    file: 'national-licences',
    list: 'licence',
    title: 'Licences',
    example: `<id/licence/own> a dct:LicenseDocument, skos:Concept ; skos:inScheme <id/licence> ; skos:notation "own" ; skos:prefLabel "Own licence"@en ;
#   fihrist:openLicence true ; skos:closeMatch <http://publications.europa.eu/resource/authority/licence/CC_BY_4_0> .`,
  },
  {
    file: 'disaggregation-levels',
    list: 'disaggregation-level',
    title: 'Disaggregation levels',
    example:
      '<id/disaggregation-level/region> a skos:Concept ; skos:inScheme <id/disaggregation-level> ; skos:notation "region" ; skos:prefLabel "Region"@en .',
  },
  {
    file: 'seasons',
    list: 'season',
    title: 'Seasons',
    example: `<id/season/school-year> a skos:Concept ; skos:inScheme <id/season> ; skos:notation "school-year" ; skos:prefLabel "School year"@en ;
#   fihrist:startMonth 9 .`,
  },
  {
    file: 'subjects',
    list: 'subject',
    title: 'Subjects',
    example: '<id/subject/population> a skos:Concept ; skos:inScheme <id/subject> ; skos:prefLabel "population"@en ; skos:altLabel "inhabitants"@en .',
  },
]

const prefixes = `PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX fihrist: <https://w3id.org/fihrist#>
`

/** The lists of the edition: empty, but for its country and who publishes it. */
export function localLists(
  { publisher, languages }: Wished,
  country: { code: string; labels: Record<string, string>; iri: string | undefined } | undefined,
): [path: string, text: string][] {
  const said = (labels: Record<string, string>) =>
    Object.entries(labels)
      .map(([language, text]) => `${JSON.stringify(text)}@${language}`)
      .join(', ')
  const begun = ({ title, list, example }: (typeof lists)[number]) =>
    `# ${title} of the edition. An entry:\n# ${example}\n\n${prefixes}\n<id/${list}> a skos:ConceptScheme ; dct:title "${title}"@en .\n`
  const here = country
    ? `
<id/territory/${country.code}> a dct:Location, skos:Concept ; skos:inScheme <id/territory> ; skos:notation "${country.code}" ;
  skos:prefLabel ${said(country.labels)} ;${country.iri ? `\n  skos:exactMatch <${country.iri}> ;` : ''}
  fihrist:territoryLevel "country" .
`
    : ''
  const slug = slugOf(publisher)
  const names = `${JSON.stringify(publisher)}@${languages[0]}`
  const bodies = `# Bodies of the edition: those that publish. Names change, IRIs do not: a former name becomes a skos:hiddenLabel.

${prefixes}PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX org: <http://www.w3.org/ns/org#>

<id/organisation> a skos:ConceptScheme ; dct:title "Bodies"@en .

<id/organisation/${slug}> a foaf:Agent, org:Organization, skos:Concept ; skos:inScheme <id/organisation> ; skos:notation "${slug}" ;
  skos:prefLabel ${names} ; foaf:name ${names} ;
  dct:type <http://purl.org/adms/publishertype/NationalAuthority> .
`
  return [
    ['ontologies/organisations.ttl', bodies],
    ...lists.map(each => [`ontologies/${each.file}.ttl`, each.list === 'territory' ? begun(each) + here : begun(each)] as [string, string]),
  ]
}
