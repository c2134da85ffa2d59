import { lookup as systemLookup, type LookupAddress } from 'node:dns'
import type { LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'
import { Problem } from '../problem.ts'

/** Says whether an address may be asked: public ones may, and those the edition lists in `http.allowAddresses`. */
export type AddressRule = (address: string) => boolean

export function addressRule(allowed: string[]): AddressRule {
  const ranges = allowed.map(range => ipaddr.parseCIDR(range))
  return address => {
    const parsed = ipaddr.process(address)
    if (ranges.some(([network, bits]) => network.kind() === parsed.kind() && parsed.match(network, bits))) return true
    return parsed.range() === 'unicast'
  }
}

export const refusal = (host: string, address: string) => new Problem('address-refused',
  `The address of ${host} is ${address}, which is private. If this portal is yours, list its range in catalogue.yaml: http.allowAddresses: ["${ipaddr.isValid(address) && ipaddr.process(address).kind() === 'ipv6' ? `${address}/128` : `${address}/32`}"].`)

/** A name lookup that refuses private addresses at the moment of connecting: a name cannot change its mind in between. */
export function guardedLookup(rule: AddressRule): LookupFunction {
  return (host, options, callback) => {
    systemLookup(host, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      if (error) return callback(error, '', 0)
      const good = addresses.filter(({ address }) => rule(address))
      const first = good[0]
      if (!first) return callback(refusal(host, addresses[0]?.address ?? 'unknown'), '', 0)
      if (options.all) (callback as (error: null, all: LookupAddress[]) => void)(null, good)
      else callback(null, first.address, first.family)
    })
  }
}
