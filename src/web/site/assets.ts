import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { root } from '../../files.ts'
import { digest } from '../../rdf/digest.ts'

const { resolve } = createRequire(import.meta.url)
const beside = (file: string) => dirname(resolve(file))

/** Folders served under `/static/{build}/`, by the first segment of the path. Add one: a line. */
const folders: Record<string, string> = {
  site: join(root, 'src/web/static'),
  // What runs in the reader's browser: made of src/web/browser by `npm run build`.
  browser: join(root, 'dist/browser'),
  inter: beside('@fontsource-variable/inter/files/inter-latin-wght-normal.woff2'),
  naskh: beside('@fontsource/noto-naskh-arabic/files/noto-naskh-arabic-arabic-400-normal.woff2'),
}

/** The files that pages load from us: never from another host. */
export interface Assets {
  folders: Record<string, string>
  /** Digest of our own files: it stands in their addresses, so that they may be cached for ever. */
  build: string
  address(path: string): string
}

export function readAssets(): Assets {
  const build = digest([...textsIn(folders['site']!), ...textsIn(folders['browser']!)].join('\n')).slice(0, 8)
  return { folders, build, address: path => `/static/${build}/${path}` }
}

/** The files of a folder; none where it was not built: pages work without their scripts. */
const textsIn = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .sort()
        .map(name => readFileSync(join(folder, name), 'utf8'))
    : []
