import { add } from '../../rdf/graph.ts'
import { dct, rdf } from '../../rdf/namespaces.ts'
import { namedNode, type NamedNode } from '../../rdf/terms.ts'
import { mintedIri } from '../readers/target.ts'
import { isAddress, plainKinds, type XmlTarget } from '../readers/xml/fields.ts'
import type { Element } from '../readers/xml/xml.ts'

const accessRight = 'http://publications.europa.eu/resource/authority/access-right/'

/**
 * Limits of access by INSPIRE's list, by MD_RestrictionCode of ISO 19115, by the words of OpenAIRE or the list of COAR → the European list of access rights.
 */
const access: [means: RegExp, right: string][] = [
  [/LimitationsOnPublicAccess\/noLimitations$|^unrestricted$|^(info:eu-repo\/semantics\/)?open ?access$|coar\/access_right\/c_abf2$/i, 'PUBLIC'],
  [/LimitationsOnPublicAccess\/|^(limited)?restricted$|^licen[cs]eUnrestricted$/i, 'RESTRICTED'],
  [/^(info:eu-repo\/semantics\/)?(restricted|embargoed) ?access$|coar\/access_right\/c_(16ec|f1cf)$/i, 'RESTRICTED'],
  [
    /^(private|confidential|in-confidence|sensitiveButUnclassified|statutory)$|^(info:eu-repo\/semantics\/)?closed ?access$|coar\/access_right\/c_14cb$/i,
    'NON_PUBLIC',
  ],
]

/** Words that a text about a licence has, and a text about anything else seldom. */
const licensing = /licen[cs]e|creative ?commons|\bcc[- ]?(by|0|zero)\b|odbl|open database|domaine public|public domain|etalab|رخصة|ترخيص/i
const maxLicenceLength = 300

/** The entry of the European list that is meant by an access limit; undefined where none is. */
export function accessRightOf(words: string): NamedNode | undefined {
  const right = access.find(([means]) => means.test(words))?.[1]
  return right ? namedNode(accessRight + right) : undefined
}

/**
 * What is said of use or access: a licence, else rights; of all that can be had, else of the resource itself. An address is a licence; where there is
 * none, the first text about one is: the others explain it.
 */
export function mapStatedRights(resource: NamedNode, stated: { node: Element; isAccess?: boolean }[], had: NamedNode[], target: XmlTarget): void {
  const words = ({ node }: { node: Element }) => target.format.words(node)
  const limits = stated.filter(each => accessRightOf(words(each)))
  for (const each of limits) add(target.to, resource, dct.accessRights, accessRightOf(words(each))!)
  const ofUse = stated.filter(each => !each.isAccess && !limits.includes(each))
  const addresses = ofUse.filter(each => isAddress(words(each)))
  const licences = addresses.length > 0 ? addresses : ofUse.filter(each => words(each).length < maxLicenceLength && licensing.test(words(each))).slice(0, 1)
  for (const each of stated) {
    if (limits.includes(each) && !isAddress(words(each))) continue
    const isLicence = licences.includes(each)
    const node = isLicence ? licence(each.node, target) : plainKinds.rights(each.node, target)[0]
    if (node) for (const holder of had.length > 0 ? had : [resource]) add(target.to, holder, isLicence ? dct.license : dct.rights, node)
  }
}

function licence(node: Element, target: XmlTarget): NamedNode {
  const words = target.format.words(node)
  const iri = isAddress(words) ? namedNode(words) : mintedIri(target, 'licence', words)
  add(target.to, iri, rdf.type, dct.LicenseDocument)
  for (const text of target.format.texts(node)) if (text.value !== iri.value) add(target.to, iri, dct.title, text)
  return iri
}
