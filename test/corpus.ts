import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { root } from '../src/files.ts'

const place = resolve(root, process.env['FIHRIST_CORPUS'] ?? '../shared/corpus')

/** The media types that the recorded files are sent with, by the ends of their names. */
export const recordedTypes: Record<string, string> = {
  '.ttl': 'text/turtle',
  '.rdf': 'application/rdf+xml',
  '.xml': 'application/rdf+xml',
  '.jsonld': 'application/ld+json',
  '.trig': 'application/trig',
  '.nt': 'application/n-triples',
  '.json': 'application/json',
  '.html': 'text/html',
}

/** The folder of real portal responses and official test suites, which is no part of the project; undefined where it is absent. */
export const corpus: string | undefined = existsSync(place) ? place : undefined
