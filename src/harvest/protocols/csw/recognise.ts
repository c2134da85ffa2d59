import type { Recognised, Candidate } from '../../protocol.ts'
import { withParameters } from '../../readers/addresses.ts'
import { behind, few, firstOf, ifAnswered, languagesIn, titled } from '../../readers/recognise.ts'
import { attribute, children, readXml, select, textOf, type Element } from '../../readers/xml/xml.ts'
import { recogniseIsoFolder } from './folder-recognise.ts'
import { endpointOf, versions } from './request.ts'

/** Where GeoNetwork, pycsw and others have their services. */
const paths = ['csw', 'geonetwork/srv/eng/csw', 'geonetwork/srv/fre/csw', 'srv/eng/csw', 'catalogue/csw', 'pycsw/csw.py']
const accept = 'application/xml, text/xml;q=0.9, */*;q=0.1'

/** A folder of ISO files is told by the page that is read already; so it is looked for first. */
export const recogniseCsw = async (portal: Candidate): Promise<Recognised | undefined> => (await recogniseIsoFolder(portal)) ?? (await recogniseService(portal))

/** A catalogue service: its capabilities name GetRecords; a search for nothing but the number of hits counts. */
const recogniseService = ({ url, bases, fetch }: Candidate): Promise<Recognised | undefined> =>
  firstOf([url, ...behind(bases, paths)], async address => {
    const asked = (parameters: Record<string, string>) => {
      return fetch(withParameters(endpointOf(address), { service: 'CSW', ...parameters }), accept).then(answer => readXml(answer).root)
    }
    const root = await asked({ request: 'GetCapabilities' })
    if (root.name !== 'Capabilities' || !/\/cat\/csw/.test(root.space)) return undefined
    const version = root.space === versions['3.0.0'].csw ? '3.0.0' : '2.0.2'
    const hits = await ifAnswered(async () => {
      const [results] = select(
        await asked({ request: 'GetRecords', version, typeNames: 'csw:Record', resultType: 'hits', elementSetName: 'brief' }),
        'SearchResults',
      )
      return results && attribute(results, 'numberOfRecordsMatched')
    })
    const service = named(root, 'ServiceIdentification')
    const languages = languagesIn(all(root, 'Language').map(textOf))
    return {
      url: endpointOf(address),
      sure: true,
      ...(hits && /^\d+$/.test(hits) && { datasets: Number(hits) }),
      ...(version !== '2.0.2' && { options: { version } }),
      ...titled(textOf(service && named(service, 'Title')), languages[0]),
      languages,
      licences: few(
        service
          ? all(service, 'AccessConstraints')
              .map(textOf)
              .filter(text => !/^(none|otherRestrictions)$/i.test(text))
          : [],
      ),
    }
  })

/** Elements of a name, wherever they stand: versions differ in their namespaces. */
const all = (node: Element, name: string): Element[] => children(node).flatMap(each => [...(each.name === name ? [each] : []), ...all(each, name)])
const named = (node: Element, name: string): Element | undefined => all(node, name)[0]
