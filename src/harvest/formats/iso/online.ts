import { readNumber } from '../../../normalise/number-text.ts'
import { readBytes } from '../../../normalise/numbers.ts'
import { namedNode, type Term } from '../../../rdf/terms.ts'
import { linkOf, type XmlTarget } from '../../readers/xml/fields.ts'
import { children, select, textOf, type Element } from '../../readers/xml/xml.ts'
import type { Online } from '../online.ts'
import { code, isIso, words } from './values.ts'

/** The links of an ISO record, each with the formats of its distributor. */
export function* isoLinks(root: Element, target: XmlTarget): Generator<Online> {
  const represented = select(root, 'identificationInfo/*/spatialRepresentationType', isIso)
    .map(each => representations.find(known => known.toLowerCase() === code(each, '.').toLowerCase()))
    .flatMap(known => (known ? namedNode(`http://inspire.ec.europa.eu/metadata-codelist/SpatialRepresentationType/${known}`) : []))
  for (const distribution of select(root, 'distributionInfo/*', isIso)) {
    const formats = formatsOf(distribution, 'distributionFormat')
    for (const distributor of select(distribution, 'distributor/*', isIso)) {
      const own = formatsOf(distributor, 'distributorFormat')
      yield* transfersOf(select(distributor, 'distributorTransferOptions/*', isIso), own.length > 0 ? own : formats, represented, target)
    }
    yield* transfersOf(
      select(distribution, 'transferOptions/*', isIso),
      formats.length > 0 ? formats : select(distribution, 'distributor/*', isIso).flatMap(each => formatsOf(each, 'distributorFormat')),
      represented,
      target,
    )
  }
}

/** MD_SpatialRepresentationTypeCode, as INSPIRE's list has it. */
const representations = ['vector', 'grid', 'textTable', 'tin', 'stereoModel', 'video']

const formatsOf = (node: Element, name: string) =>
  [`${name}/MD_Format/name`, `${name}/MD_Format/formatSpecificationCitation/*/title`]
    .flatMap(path => select(node, path, isIso))
    .map(words)
    .filter(Boolean)

function* transfersOf(transfers: Element[], formats: string[], represented: Term[], { format }: XmlTarget): Generator<Online> {
  for (const transfer of transfers) {
    // ISO 19115 gives sizes in megabytes, where no unit is written.
    const stated = textOf(select(transfer, 'transferSize', isIso)[0])
    const bytes = Math.round((readNumber(stated) ?? 0) * 1e6) || (/\p{L}/u.test(stated) ? readBytes(stated) : undefined)
    for (const online of select(transfer, 'onLine/*', isIso)) {
      const [linkage] = select(online, 'linkage', isIso)
      const [url] = linkOf(textOf(linkage && (children(linkage)[0] ?? linkage)))
      if (!url) continue
      const texts = (path: string) => select(online, path, isIso).flatMap(each => format.texts(each))
      const protocol = select(online, 'protocol', isIso)
        .flatMap(each => [words(each), textOf(each)])
        .join(' ')
      yield {
        url,
        protocol,
        use: code(online, 'function'),
        names: texts('name'),
        descriptions: texts('description'),
        formats,
        represented,
        ...(bytes && bytes > 0 && { bytes }),
      }
    }
  }
}
