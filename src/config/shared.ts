import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../files.ts'

/**
 * What every edition has, whatever its country: the European lists, our own words of the field, and the standards of Europe. All else in these folders is of
 * the edition that comes with the program.
 */
const shared = {
  ontologies: [
    'access-rights.ttl',
    'availabilities.ttl',
    'change-types.ttl',
    'contacts.yaml',
    'countries.ttl',
    'data-themes.ttl',
    'dataset-types.ttl',
    'distribution-statuses.ttl',
    'fihrist.ttl',
    'file-types.ttl',
    'frequencies.ttl',
    'languages.ttl',
    'licence-types.ttl',
    'licences.ttl',
    'other-codes.ttl',
    'publisher-types.ttl',
    'statuses.ttl',
    'terms.ttl',
  ],
  shapes: ['admission.ttl', 'dcat-ap-2.ttl', 'dcat-ap-hvd.ttl', 'dcat-ap.ttl', 'geodcat-ap.ttl', 'statdcat-ap.ttl'],
}

/**
 * The files of a folder of the edition, and beside them those that all editions share: path by name, in the order of names. A file of the edition takes the
 * place of a shared one of its name. Throws what keeps the folder from being read.
 */
export function filesWithShared(folder: string, kind: keyof typeof shared): Map<string, string> {
  const own = readdirSync(folder)
  const all = new Map([...shared[kind].map(name => [name, join(root, kind, name)] as const), ...own.map(name => [name, join(folder, name)] as const)])
  return new Map([...all].sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** One of them; where it would lie in the edition if there is none. */
export function fileWithShared(folder: string, kind: keyof typeof shared, name: string): string {
  const own = join(folder, name)
  return !existsSync(own) && shared[kind].includes(name) ? join(root, kind, name) : own
}
