import { readFileSync, writeFileSync } from 'node:fs'
import { protocols } from '../src/harvest/protocols/index.ts'
import { optionsOf } from '../src/harvest/protocols/option-list.ts'

/** Writes the tables of options of docs/configuration.md from the schemas that check them: `npm run docs`. */
const file = new URL('./configuration.md', import.meta.url)

const cell = (text: string) => text.replaceAll('|', '\\|')
const begun = (sentence: string) => sentence.replace(/\.$/, '').replace(/^[A-Z](?=[a-z ])/, letter => letter.toLowerCase())

function table(name: string): string {
  const protocol = protocols[name]
  if (!protocol) throw new Error(`docs/configuration.md: there is no protocol "${name}"`)
  return [
    '| option | meaning | type | default |',
    '|---|---|---|---|',
    ...optionsOf(protocol).map(
      each => `| \`${each.name}\` | ${cell(begun(each.meaning))} | ${cell(each.type)} | ${each.default === undefined ? '' : `\`${cell(each.default)}\``} |`,
    ),
  ].join('\n')
}

/** The document with its tables of options as the schemas have them now; a protocol that is new gets a section after the others. */
export function withOptions(document: string): string {
  const missing = Object.keys(protocols).filter(name => !document.includes(`<!-- options: ${name} -->`))
  const added = missing.map(name => `\n\n### Options of \`${name}\`\n\n<!-- options: ${name} -->\n<!-- end -->`).join('')
  return document
    .replace(/[\s\S]*<!-- end -->/, sections => sections + added)
    .replace(/<!-- options: ([\w-]+) -->[\s\S]*?<!-- end -->/g, (_whole, name: string) => `<!-- options: ${name} -->\n${table(name)}\n<!-- end -->`)
}

if (import.meta.main) writeFileSync(file, withOptions(readFileSync(file, 'utf8')))
