import { lstat, readFile, readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { filePath } from '../../config/keys.ts'
import type { Source } from '../../config/sources.ts'
import { Problem, sentence } from '../../problem.ts'
import type { Page } from '../http/answer.ts'
import type { Fetch } from '../http/fetch.ts'

/** True of a source that is a file, or a folder, of the edition itself. */
export const isLocal = ({ url }: Source): boolean => url.startsWith('file:')

/** Asks for what the source's own file names: a file of the edition, or an address. What a portal names is never read this way. */
export const readSource = (source: Source, fetch: Fetch, accept: string): Promise<Page> =>
  isLocal(source) ? readLocal(source, source.url) : fetch(source.url, accept)

/** A file of the edition, whole. Throws a Problem for one that is not there, is too large, or is a link to another place. */
export async function readLocal({ folder, limits, file: declared }: Source, url: string): Promise<Page> {
  const path = resolve(folder, filePath(url))
  try {
    const about = await lstat(path)
    if (!about.isFile()) throw new Problem('unreachable', `${path} is no plain file. Put the path of a file into the url of ${declared}.`, { file: path, url })
    if (about.size > limits.maxBytes)
      throw new Problem('too-large', `${path} is larger than ${limits.maxBytes} bytes. Divide it, or raise limits.maxBytes of the source.`, { file: path, url })
    return { url, mediaType: '', body: await readFile(path) }
  } catch (error) {
    if (error instanceof Problem) throw error
    throw new Problem(
      'unreachable',
      `${path} cannot be read: ${sentence(error)}. Check the url of ${declared}: file: and the path from catalogue.yaml.`,
      { file: path, url },
      error,
    )
  }
}

/** The plain files under a folder of the edition whose names end in one of these, as `file:` addresses in the order of their names. Links are not followed. */
export async function listLocal({ folder, url, file: declared }: Source, endings: RegExp): Promise<string[]> {
  const path = filePath(url).replace(/\/+$/, '')
  try {
    const found = await readdir(resolve(folder, path), { recursive: true, withFileTypes: true })
    return found
      .filter(each => each.isFile() && endings.test(each.name))
      .map(each => join(each.parentPath, each.name).slice(resolve(folder).length + 1))
      .sort()
      .map(each => `file:${each.split('/').map(encodeURIComponent).join('/')}`)
  } catch (error) {
    throw new Problem(
      'unreachable',
      `The folder ${resolve(folder, path)} cannot be read: ${sentence(error)}. Check the url of ${declared}: file: and the path from catalogue.yaml.`,
      { file: resolve(folder, path), url },
      error,
    )
  }
}
