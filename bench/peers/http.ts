import { Agent, request } from 'node:http'
import { Late, limitS, type Peer } from './peer.ts'

const agent = new Agent({ keepAlive: true })
let asked = 0

/**
 * A SPARQL endpoint. `fresh` puts a comment after each query that no other has, so that nothing kept answers it. Each query comes from another address, as it
 * does behind a proxy: what one client may ask in a minute is no matter here.
 */
export const endpoint = (name: string, url: string, fresh = false): Peer => ({
  name,
  ask: sparql =>
    new Promise((resolve, reject) => {
      const number = asked++
      const accept = /\b(?:describe|construct)\b/i.test(sparql) ? 'application/n-triples' : 'application/sparql-results+json'
      const body = new URLSearchParams({ query: fresh ? `${sparql}\n# ${number}` : sparql }).toString()
      const headers = {
        accept,
        'content-type': 'application/x-www-form-urlencoded',
        'content-length': Buffer.byteLength(body),
        'x-forwarded-for': `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`,
      }
      const signal = AbortSignal.timeout(limitS * 1000)
      const failed = (error: Error) => reject(signal.aborted ? new Late(`over ${limitS} s`) : error)
      request(url, { method: 'POST', agent, headers, signal }, response => {
        const pieces: Buffer[] = []
        response.on('data', (piece: Buffer) => pieces.push(piece))
        response.on('error', failed)
        response.on('end', () =>
          response.statusCode === 200 ? resolve() : reject(new Error(`${response.statusCode} ${Buffer.concat(pieces).toString().slice(0, 200)}`)),
        )
      })
        .on('error', failed)
        .end(body)
    }),
})
