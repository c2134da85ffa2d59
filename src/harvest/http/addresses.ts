import { lookup as systemLookup, type LookupAddress, type LookupAllOptions } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'
import { Problem } from '../../problem.ts'

/** Says whether an address may be asked: public ones may, and those the edition lists in `http.allowAddresses`. */
export type AddressRule = (address: string) => boolean

export function addressRule(allowed: string[]): AddressRule {
  const ranges = allowed.map(range => ipaddr.parseCIDR(range))
  return address => {
    const parsed = ipaddr.process(address)
    if (ranges.some(([network, bits]) => network.kind() === parsed.kind() && parsed.match(network, bits))) return true
    return parsed.range() === 'unicast' && (parsed.kind() === 'ipv4' || parsed.match(globalUnicast))
  }
}

/** All that is given out to the world (RFC 4291, 2.4): what lies beside it may be an IPv4 address in old clothes, as `::127.0.0.1`. */
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3')

export const refusal = (host: string, address: string) =>
  new Problem(
    'address-refused',
    `The address of ${host} is ${address}, which is private. If this portal is yours, list its range in catalogue.yaml: ` +
      `http.allowAddresses: ["${address}/${ipaddr.isValid(address) && ipaddr.process(address).kind() === 'ipv6' ? 128 : 32}"].`,
  )

/** The host of an address; of IPv6 without brackets. */
export const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '')

/** What asks for the addresses of a name. */
export type Resolve = (host: string, options: LookupAllOptions, callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void) => void

/** A name lookup that refuses private addresses at the moment of connecting: a name cannot change its mind in between. */
export function guardedLookup(rule: AddressRule, resolve: Resolve = systemLookup): LookupFunction {
  return (host, options, callback) => {
    resolve(host, { ...options, all: true } as LookupAllOptions, (error, addresses) => {
      if (error) return callback(error, '', 0)
      const good = addresses.filter(({ address }) => rule(address))
      const first = good[0]
      if (!first) return callback(refusal(host, addresses[0]?.address ?? 'unknown'), '', 0)
      if (options.all) (callback as (error: null, all: LookupAddress[]) => void)(null, good)
      else callback(null, first.address, first.family)
    })
  }
}

/**
 * For requests through a proxy, which looks names up by itself: a name that is private as seen from here is refused all the same. One that only
 * the proxy knows is left to the proxy.
 */
export async function checkName(host: string, lookup: LookupFunction): Promise<void> {
  if (isIP(host)) return
  const error = await new Promise<Error | null>(done => {
    lookup(host, { all: true }, done)
  })
  if (error instanceof Problem) throw error
}
