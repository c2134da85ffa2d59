import { add, dct, namedNode, rdf, type NamedNode } from '../../rdf/terms.ts'
import { isIso, words } from './iso-values.ts'
import { isAddress, ownIri, plainKinds, type Around } from './xml-fields.ts'
import { children, select, type Element } from './xml.ts'

const accessRight = 'http://publications.europa.eu/resource/authority/access-right/'

/** Limits of access, by INSPIRE's list or by MD_RestrictionCode → the European list of access rights. */
const access: [means: RegExp, right: string][] = [
  [/LimitationsOnPublicAccess\/noLimitations$|^unrestricted$/i, 'PUBLIC'],
  [/LimitationsOnPublicAccess\/|^(limited)?restricted$|^licen[cs]eUnrestricted$/i, 'RESTRICTED'],
  [/^(private|confidential|in-confidence|sensitiveButUnclassified|statutory)$/i, 'NON_PUBLIC'],
]

/** Words that a text about a licence has, and a text about anything else seldom. */
const licensing = /licen[cs]e|creative ?commons|\bcc[- ]?(by|0|zero)\b|odbl|open database|domaine public|public domain|etalab|رخصة|ترخيص/i
const longest = 300

/** Constraints on access → dct:accessRights of the resource; on use → the licence or the rights of what can be had, else of the resource. */
export function mapRights(resource: NamedNode, identification: Element, had: NamedNode[], around: Around): void {
  const holders = had.length > 0 ? had : [resource]
  for (const block of select(identification, 'resourceConstraints/*', isIso)) {
    const named = (name: string) => select(block, name, isIso).filter(each => words(each))
    const use = named('useConstraints').length > 0 || named('accessConstraints').length === 0
    for (const each of [...named('accessConstraints'), ...(use ? [] : named('otherConstraints'))]) {
      const right = access.find(([means]) => means.test(words(each)))?.[1]
      if (right) add(around.to, resource, dct.accessRights, namedNode(accessRight + right))
    }
    for (const each of [...named('otherConstraints'), ...named('useLimitation'), ...named('reference').flatMap(cited => select(cited, '*/title', isIso))]) {
      const [property, node] = use && isLicence(each) ? [dct.license, licence(each, around)] as const : [dct.rights, plainKinds.rights(each, around)[0]] as const
      if (node) for (const holder of holders) add(around.to, holder, property, node)
    }
  }
}

const isLicence = (node: Element) => isAddress(words(node)) || (words(node).length < longest && licensing.test(words(node)))

function licence(node: Element, around: Around): NamedNode {
  const texts = around.format.texts(node)
  const iri = isAddress(words(node)) ? namedNode(words(node)) : ownIri(around, 'licence', words(node))
  add(around.to, iri, rdf.type, dct.LicenseDocument)
  for (const text of texts) if (children(node).length > 0 && text.value !== iri.value) add(around.to, iri, dct.title, text)
  return iri
}
