import { mendIri } from '../../rdf/iri.ts'

/** An address as seen from where it stood; undefined for one that leads nowhere. */
export const absolute = (address: string, base: string): string | undefined =>
  address && URL.canParse(address, base) ? mendIri(new URL(address, base).href) : undefined

/** An address without some parameters of its query; what stays is written as it was: a server may tell `map=/opt/x` from `map=%2Fopt%2Fx`. */
export function withoutParameters(url: string, names: Pick<RegExp, 'test'>): string {
  const [, path = url, query = '', hash = ''] = /^([^?#]*)(?:\?([^#]*))?(#.*)?$/s.exec(url) ?? []
  const kept = query.split('&').filter(each => each !== '' && !names.test(each.split('=')[0]!))
  return `${path}${kept.length > 0 ? `?${kept.join('&')}` : ''}${hash}`
}

/** An address with parameters, in the place of those that have the same names. */
export function withParameters(url: string, parameters: Record<string, string>): string {
  const names = new Set(Object.keys(parameters).map(name => name.toLowerCase()))
  const bare = withoutParameters(url, { test: (name: string) => names.has(name.toLowerCase()) }).replace(/#.*$/s, '')
  return `${bare}${bare.includes('?') ? '&' : '?'}${new URLSearchParams(parameters)}`
}
