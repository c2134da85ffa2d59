import { decode } from '../../../rdf/decode.ts'
import type { Recognised, Candidate } from '../../protocol.ts'
import { readJson } from '../../readers/json/answer.ts'
import { at } from '../../readers/json/fields.ts'
import { isObject, text } from '../../readers/json/values.ts'
import { behind, few, firstOf, languagesIn, objectIn } from '../../readers/recognise.ts'
import { children, languageOf, readXml, type Element } from '../../readers/xml/xml.ts'

/** Where statistical offices have their SDMX REST APIs (.Stat Suite, NSI web service, Fusion Registry). */
const paths = ['rest', 'sdmx/rest', 'ws/rest', 'ws/public/sdmxapi/rest', 'sdmx/v2']
/** What 2.1 and 3.0 put before the list of dataflows. */
const lists = { '2.1': '/dataflow/all/all/latest?detail=allstubs', '3.0': '/structure/dataflow/*/*/~?detail=allstubs' }

/** SDMX REST APIs: a message of structures with dataflows, as XML or JSON. */
export const recogniseSdmx = ({ url, bases, fetch }: Candidate): Promise<Recognised | undefined> =>
  firstOf([apiOf(url), ...behind(bases, paths)], address =>
    firstOf(Object.keys(lists) as (keyof typeof lists)[], async version => {
      const answer = await fetch(
        `${address}${lists[version]}`,
        'application/vnd.sdmx.structure+xml;version=2.1, application/xml;q=0.9, application/vnd.sdmx.structure+json;q=0.8, application/json;q=0.7',
      )
      const found = /^\s*\{/.test(decode(answer.body.subarray(0, 200), answer.mediaType)) ? inJson(objectIn(readJson(answer))) : inXml(readXml(answer).root)
      return found && { url: address, sure: found.datasets > 0, ...found, ...(version !== '2.1' && { options: { version } }) }
    }),
  )

const apiOf = (url: string) =>
  url
    .replace(/[?#].*$/, '')
    .replace(/\/(structure\/)?dataflow(\/.*)?$/, '')
    .replace(/\/+$/, '')

function inJson(message: Record<string, unknown>): (Pick<Recognised, 'languages'> & { datasets: number }) | undefined {
  const flows = [at(message, 'data.dataflows'), message['dataflows']].find(Array.isArray)
  if (flows) return { datasets: flows.length, languages: languagesIn(flows.flatMap(flow => (isObject(flow) ? Object.keys(objectIn(flow['names'])) : []))) }
  // The messages of SDMX-JSON 1.0's forerunner name dataflows by their addresses.
  const references = Object.values(objectIn(message['references'])).filter(each => isObject(each) && text(each['class'] ?? each['urn']).includes('Dataflow'))
  return references.length > 0 ? { datasets: references.length } : undefined
}

function inXml(root: Element): (Pick<Recognised, 'languages'> & { datasets: number }) | undefined {
  if (root.name !== 'Structure' || !/sdmx/i.test(root.space)) return undefined
  const flows = all(root, 'Dataflow')
  return {
    datasets: flows.length,
    languages: languagesIn(
      few(
        flows
          .flatMap(flow => children(flow))
          .filter(({ name }) => name === 'Name')
          .map(languageOf),
      ),
    ),
  }
}

const all = (node: Element, name: string): Element[] => children(node).flatMap(each => (each.name === name ? [each] : all(each, name)))
