import { add } from '../../../rdf/graph.ts'
import { dct } from '../../../rdf/namespaces.ts'
import type { NamedNode } from '../../../rdf/terms.ts'
import type { XmlTarget } from '../../readers/xml/fields.ts'
import { select, type Element } from '../../readers/xml/xml.ts'
import { accessRightOf, mapStatedRights } from '../rights.ts'
import { isIso, words } from './values.ts'

/** Constraints on access → dct:accessRights of the resource; on use → the licence or the rights of what can be had, else of the resource. */
export function mapRights(resource: NamedNode, identification: Element, had: NamedNode[], target: XmlTarget): void {
  const stated = select(identification, 'resourceConstraints/*', isIso).flatMap(block => {
    const named = (path: string) => select(block, path, isIso).filter(each => words(each))
    const isAccess = named('accessConstraints').length > 0 && named('useConstraints').length === 0
    for (const each of named('accessConstraints')) {
      const right = accessRightOf(words(each))
      if (right) add(target.to, resource, dct.accessRights, right)
    }
    return [...named('otherConstraints'), ...named('reference/*/title'), ...named('useLimitation')].map(node => ({ node, isAccess }))
  })
  mapStatedRights(resource, stated, had, target)
}
