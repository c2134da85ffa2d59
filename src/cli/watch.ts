import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Catalogue } from '../config/catalogue.ts'
import { readSources, type Source } from '../config/sources.ts'
import { protocolOptions } from '../harvest/protocols/index.ts'
import { sentence } from '../problem.ts'
import type { CommonOptions, Context } from './context.ts'
import { log } from './log.ts'

/** Milliseconds between two looks: an editor has written a file to its end when two looks see the same. */
const lookMs = 1000

/**
 * Takes up the files of sources that somebody changes while a server runs. Where one is wrong, what it was stays, and the log says what to mend. A changed
 * catalogue.yaml, list, shape, page or word is left for the next start, and said to be: what is minted, and what is checked, hangs on them.
 */
export function watchSources(catalogue: Catalogue, context: Context, options: Pick<CommonOptions, 'quiet'>, takeUp: (sources: Source[]) => void): () => void {
  let known = stateOf(catalogue.harvesters)
  const atStart = [catalogue.file, catalogue.ontologies, catalogue.shapes, catalogue.pages, catalogue.words]
  const states = new Map(atStart.map(path => [path, stateOf(path)]))
  let seen = known
  const look = () => {
    const now = stateOf(catalogue.harvesters)
    const isWritten = now === seen
    seen = now
    if (now !== known && isWritten) {
      known = now
      try {
        const sources = readSources(catalogue, protocolOptions, context.env)
        takeUp(sources)
        log(
          context,
          {
            event: 'sources-taken-up',
            message: `The files of ${catalogue.harvesters} have changed, and are taken up: ${sources.length} ${sources.length === 1 ? 'source' : 'sources'}.`,
          },
          options,
        )
      } catch (error) {
        log(context, {
          level: 'error',
          event: 'sources-refused',
          message: `${sentence(error).replace(/\.$/, '')}. Until it is mended, the sources stay as they were.`,
        })
      }
    }
    for (const [path, state] of states) {
      const changed = stateOf(path)
      if (changed === state) continue
      states.set(path, changed)
      log(context, { event: 'edition-changed', message: `${path} has changed: it is taken up at the next start. See fihrist check first.` }, options)
    }
  }
  const timer = setInterval(look, lookMs)
  return () => clearInterval(timer)
}

/** Changes whenever a file, or one of a folder, is written, comes or goes. */
function stateOf(path: string): string {
  try {
    const names = statSync(path).isDirectory() ? readdirSync(path).sort() : ['']
    return names.map(name => `${name} ${statSync(join(path, name)).mtimeMs} ${statSync(join(path, name)).size}`).join('\n')
  } catch {
    return ''
  }
}
