import type { Recognised, Candidate } from '../../protocol.ts'
import { readJson } from '../../readers/json/answer.ts'
import { isObject, objects, text } from '../../readers/json/values.ts'
import { behind, few, firstOf, ifAnswered, objectIn, titled } from '../../readers/recognise.ts'

/** The usual paths of STAC APIs and static catalogues. */
const paths = ['', 'stac', 'stac/v1', 'v1', 'api/stac/v1', 'catalog.json']

/** STAC: a catalogue or the landing page of an API, which both state their version. */
export const recogniseStac = ({ url, bases, fetch }: Candidate): Promise<Recognised | undefined> =>
  firstOf([url, ...behind(bases, paths)], async address => {
    const landing = objectIn(readJson(await fetch(address, 'application/json')))
    if (landing['stac_version'] === undefined) return undefined
    const links = objects(landing['links'])
    const data = links.find(({ rel }) => text(rel) === 'data')
    const listed = objectIn(data && (await ifAnswered(async () => readJson(await fetch(new URL(text(data['href']), address).href, 'application/json')))))
    const collections = Array.isArray(listed['collections']) ? listed['collections'].filter(isObject) : undefined
    const total = listed['numberMatched']
    const children = links.filter(({ rel }) => text(rel) === 'child').length
    const more = typeof total !== 'number' && (collections ? objects(listed['links']).some(({ rel }) => text(rel) === 'next') : true)
    return {
      url: address,
      sure: true,
      datasets: typeof total === 'number' ? total : (collections?.length ?? children),
      ...(more && { more }),
      ...titled(landing['title']),
      licences: few((collections ?? []).map(each => each['license'])),
    }
  })
