import type { Recognised, Candidate } from '../../protocol.ts'
import { readJson } from '../../readers/json/answer.ts'
import { at } from '../../readers/json/fields.ts'
import { behind, firstOf, ifAnswered, objectIn, titled } from '../../readers/recognise.ts'

const servers = ['arcgis/rest/services', 'server/rest/services', 'rest/services']
const portals = ['portal/sharing/rest', 'sharing/rest']

/** ArcGIS: the search of a Hub site or its older API, the items of a portal, or the folders of a plain server. */
export const recogniseArcgis = async ({ url, bases, fetch }: Candidate): Promise<Recognised | undefined> => {
  const asked = async (address: string, parameters: Record<string, string>) =>
    objectIn(readJson(await fetch(`${address}?${new URLSearchParams(parameters)}`, 'application/json')))
  const hub = (path: string, parameters: Record<string, string>, totals: string[]) =>
    firstOf(bases, async base => {
      const answer = await asked(`${base}${path}`, parameters)
      const datasets = totals.map(total => at(answer, total)).find(total => typeof total === 'number')
      return typeof datasets === 'number' ? { url: base, sure: datasets > 0, datasets } : undefined
    })
  const named = (end: RegExp) => {
    const address = url.replace(/[?#].*$/, '').replace(/\/+$/, '')
    return end.test(address) ? [address] : []
  }
  return (
    (await hub('api/search/v1/collections/dataset/items', { limit: '1' }, ['numberMatched'])) ??
    (await hub('api/v3/datasets', { 'page[size]': '1' }, ['meta.stats.totalCount', 'meta.total'])) ??
    (await firstOf([...named(/\/sharing\/rest$/), ...behind(bases, portals)], async address => {
      if (typeof (await asked(address, { f: 'json' }))['currentVersion'] !== 'string') return undefined
      const found = await ifAnswered(() => asked(`${address}/search`, { q: 'type:"Feature Service" OR type:"Map Service"', f: 'json', num: '1' }))
      const self = await ifAnswered(() => asked(`${address}/portals/self`, { f: 'json' }))
      return { url: address, sure: true, ...(typeof found?.['total'] === 'number' && { datasets: found['total'], more: true }), ...titled(self?.['name']) }
    })) ??
    (await firstOf([...named(/\/rest\/services$/), ...behind(bases, servers)], async address => {
      const { currentVersion, folders, services } = await asked(address, { f: 'json' })
      if (typeof currentVersion !== 'number' || !Array.isArray(services)) return undefined
      // Those in folders are not counted: each would have to be asked.
      return { url: address, sure: true, datasets: services.length, ...(Array.isArray(folders) && folders.length > 0 && { more: true }) }
    }))
  )
}
