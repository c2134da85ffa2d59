import { add, dct, namedNode, rdf, type NamedNode } from '../../rdf/terms.ts'
import { isAddress, ownIri, plainKinds, type Around } from './xml-fields.ts'
import type { Element } from './xml.ts'

const accessRight = 'http://publications.europa.eu/resource/authority/access-right/'

/** Limits of access by INSPIRE's list, by MD_RestrictionCode of ISO 19115, or by the words of OpenAIRE → the European list of access rights. */
const access: [means: RegExp, right: string][] = [
  [/LimitationsOnPublicAccess\/noLimitations$|^unrestricted$|^(info:eu-repo\/semantics\/)?open ?access$/i, 'PUBLIC'],
  [/LimitationsOnPublicAccess\/|^(limited)?restricted$|^licen[cs]eUnrestricted$|^(info:eu-repo\/semantics\/)?(restricted|embargoed) ?access$/i, 'RESTRICTED'],
  [/^(private|confidential|in-confidence|sensitiveButUnclassified|statutory)$|^(info:eu-repo\/semantics\/)?closed ?access$/i, 'NON_PUBLIC'],
]

/** Words that a text about a licence has, and a text about anything else seldom. */
const licensing = /licen[cs]e|creative ?commons|\bcc[- ]?(by|0|zero)\b|odbl|open database|domaine public|public domain|etalab|رخصة|ترخيص/i
const longest = 300

/** The entry of the European list that is meant by an access limit; undefined where none is. */
export function accessRightOf(words: string): NamedNode | undefined {
  const right = access.find(([means]) => means.test(words))?.[1]
  return right ? namedNode(accessRight + right) : undefined
}

/** What is said of use: a licence where it is one, else rights; of all that can be had, else of the resource itself. */
export function mapStatedRights(resource: NamedNode, stated: Element[], had: NamedNode[], around: Around, mayLicense = true): void {
  for (const each of stated) {
    const right = around.format.words(each) ? accessRightOf(around.format.words(each)) : undefined
    if (right) add(around.to, resource, dct.accessRights, right)
    if (right && !isAddress(around.format.words(each))) continue
    const isLicence = mayLicense && (isAddress(around.format.words(each)) || (around.format.words(each).length < longest && licensing.test(around.format.words(each))))
    const node = isLicence ? licence(each, around) : plainKinds.rights(each, around)[0]
    if (node) for (const holder of had.length > 0 ? had : [resource]) add(around.to, holder, isLicence ? dct.license : dct.rights, node)
  }
}

function licence(node: Element, around: Around): NamedNode {
  const words = around.format.words(node)
  const iri = isAddress(words) ? namedNode(words) : ownIri(around, 'licence', words)
  add(around.to, iri, rdf.type, dct.LicenseDocument)
  for (const text of around.format.texts(node)) if (text.value !== iri.value) add(around.to, iri, dct.title, text)
  return iri
}
