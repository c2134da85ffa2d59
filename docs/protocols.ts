import { readFileSync, writeFileSync } from 'node:fs'
import { protocols } from '../src/harvest/protocols/index.ts'
import { readsOf } from '../src/harvest/protocols/option-list.ts'

/** Writes the table of protocols of README.md from what each says that it reads: `npm run docs`. */
const file = new URL('../README.md', import.meta.url)

const table = [
  '| protocol | reads |',
  '|---|---|',
  ...Object.entries(protocols).map(([name, protocol]) => `| \`${name}\` | ${readsOf(protocol).replace(/\.$/, '').replaceAll('|', '\\|')} |`),
].join('\n')

/** The document with its table as the protocols have it now. */
export const withProtocols = (document: string): string =>
  document.replace(/<!-- protocols -->[\s\S]*?<!-- end -->/, () => `<!-- protocols -->\n${table}\n<!-- end -->`)

if (import.meta.main) writeFileSync(file, withProtocols(readFileSync(file, 'utf8')))
