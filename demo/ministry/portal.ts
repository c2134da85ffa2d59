// A ministry that publishes one RDF/XML file, kept by hand, at /dcat/catalogue.rdf.

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { RequestListener } from 'node:http'

const CATALOGUE = new URL('./catalogue.rdf', import.meta.url)

/** The catalogue with the addresses of files that the samples serve: its own, and those of the national portal. */
export const ministryCatalogue = ({ own, national }: { own: string; national: string }): Buffer =>
  Buffer.from(
    readFileSync(CATALOGUE, 'utf8')
      .replaceAll(/https:\/\/eau\.example(\/fichiers\/[^"<]+\.(?:csv|xlsx|geojson)")/g, `${own}$1`)
      .replaceAll(/https:\/\/portail-national\.example\/data(\/[^"<]+\.(?:csv|xlsx|geojson)["<])/g, `${national}$1`),
  )

/** The portal as a request listener; tests may give it another file. It answers 304 to a known ETag. */
export function ministryPortal(catalogue: Buffer = readFileSync(CATALOGUE)): RequestListener {
  const etag = `"${createHash('sha1').update(catalogue).digest('hex')}"`
  return (request, response) => {
    const path = (request.url ?? '/').replace(/\?.*$/, '')
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { 'Content-Type': 'text/plain; charset=utf-8' })
      response.end('Method Not Allowed\n')
    } else if (path !== '/dcat/catalogue.rdf') {
      response.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' })
      response.end('Not Found\n')
    } else if (request.headers['if-none-match'] === etag) {
      response.writeHead(304, { ETag: etag })
      response.end()
    } else {
      response.writeHead(200, { 'Content-Type': 'application/rdf+xml', 'Content-Length': catalogue.length, ETag: etag })
      response.end(catalogue)
    }
  }
}
