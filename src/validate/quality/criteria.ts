import { value, values } from '../../rdf/graph.ts'
import { dcat, dct, fihrist, rdfs } from '../../rdf/namespaces.ts'
import { isLiteral, isNamed, type NamedNode, type Term } from '../../rdf/terms.ts'
import { isAlike } from '../../words/choose.ts'
import { flagged, formatsOf, has, type Subjects } from './looking.ts'

export interface Criterion {
  name: string
  /** The value that one wishes for: a warning is better absent. */
  warning?: true
  /** Where there is none, it is told by what was measured at another time, or by the day. */
  met?(on: Subjects): boolean
}

const anyFile = (on: Subjects, holds: (file: Term) => boolean) => on.files.some(holds)
const licences = (on: Subjects) => [on.dataset, ...on.files].flatMap(subject => values(on.graph, subject, dct.license))
const hasOpenLicence = (on: Subjects) => licences(on).some(licence => on.vocabulary.flag(licence.value, fihrist.openLicence))
const speaks = ({ graph, dataset }: Subjects, property: NamedNode, language: string) =>
  values(graph, dataset, property).some(text => isLiteral(text) && isAlike(text.language, language))
const closed = /\/(?:NON_PUBLIC|RESTRICTED|CONFIDENTIAL|SENSITIVE)$/

/** What a programme asks of each dataset: the columns of its scorecards. Add one: a line, its words, and its metric in ontologies/fihrist.ttl. */
export const criteria: Criterion[] = [
  {
    name: 'published',
    met: on =>
      anyFile(on, file => has(on, file, dcat.accessURL, dcat.downloadURL)) &&
      !values(on.graph, on.dataset, dct.accessRights).some(rights => closed.test(rights.value)),
  },
  { name: 'openFormat', met: on => anyFile(on, file => flagged(on, file, fihrist.nonProprietary)) },
  { name: 'machineReadable', met: on => anyFile(on, file => flagged(on, file, fihrist.machineReadable)) },
  {
    name: 'bilingual',
    met: on => [dct.title, dct.description].every(property => on.languages.every(language => speaks(on, property, language))),
  },
  { name: 'licensed', met: on => licences(on).length > 0 },
  { name: 'openLicence', met: hasOpenLicence },
  { name: 'linksAlive' },
  { name: 'personalData', warning: true, met: holdsPersonalData },
]

/** A statement of rights that answers yes to the question whether there are personal data in it; and the vocabulary that is made for saying so. */
function holdsPersonalData(on: Subjects): boolean {
  if (on.graph.quads(on.dataset).some(({ predicate }) => predicate.value === 'https://w3id.org/dpv#hasPersonalData')) return true
  return values(on.graph, on.dataset, dct.rights).some(rights => {
    const said = isLiteral(rights) ? rights.value : isNamed(rights) ? (value(on.graph, rights, rdfs.label)?.value ?? '') : ''
    return /(?:personnelles|personal[ _]data|شخصية|الشخصية)\s*[:：]\s*(?:oui|yes|نعم)/iu.test(said)
  })
}

/**
 * The five stars of open data: an open licence; a format for machines; one that is nobody's; RDF, so that others can point at it; and links to the data of
 * others, as far as the metadata tell (`dct:relation` or `dct:source` of the dataset).
 */
export function starsOf(on: Subjects): number {
  if (on.files.length === 0 || !hasOpenLicence(on)) return 0
  const best = on.files.map(file => {
    if (!flagged(on, file, fihrist.machineReadable)) return 1
    if (!flagged(on, file, fihrist.nonProprietary)) return 2
    if (!formatsOf(on, file).some(format => /\/(?:RDF(?:_\w+)?|JSON_LD|N3|SPARQLQ|SPARQLQRES|OWL)$/.test(format))) return 3
    return has(on, on.dataset, dct.relation, dct.source) ? 5 : 4
  })
  return Math.max(...best)
}
