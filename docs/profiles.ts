import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../src/files.ts'
import { compact } from '../src/rdf/namespaces.ts'
import { loadProfile, profileNames } from '../src/validate/profiles.ts'
import { levels, standardOf, type Standard } from '../src/validate/standard.ts'

/** Writes the tables of docs/profiles.md from the shapes: `npm run docs`. */
const file = new URL('./profiles.md', import.meta.url)

const cell = (text = '') => text.replaceAll('|', '\\|').replaceAll('\n', ' ')
const english = (texts: Record<string, string>) => cell(texts['en'])

const summary = (standards: Standard[]): string =>
  [
    '| profile | what | version | stands on | rules |',
    '|---|---|---|---|---|',
    ...standards.map(({ name, title, version, above, classes }) => {
      const rules = classes.flatMap(({ properties }) => properties.flatMap(property => property.rules))
      const below = above.map(iri => iri.split('/').at(-1)).filter(each => each !== 'dcat')
      return (
        `| [\`${name}\`](#${name}) | ${english(title)} | ${version ?? ''} | ${below.map(each => `\`${each}\``).join(', ')} | ` +
        `${new Set(rules.map(rule => rule.iri)).size} |`
      )
    }),
  ].join('\n')

const section = ({ name, description, classes }: Standard): string =>
  [
    `## ${name}`,
    '',
    english(description),
    '',
    `| of | ${levels.join(' | ')} |`,
    '|---|---|---|---|',
    ...classes.map(({ label, targets, properties }) => {
      const of = (level: string) =>
        [...new Set(properties.filter(property => property.level === level).map(({ path }) => `\`${cell(compact(path))}\``))].join(', ')
      return `| ${english(label) || targets.join(', ')} | ${levels.map(of).join(' | ')} |`
    }),
  ].join('\n')

/** The document with its tables as the shapes have them now. */
export async function withProfiles(document: string): Promise<string> {
  const folder = join(root, 'shapes')
  const standards = (await Promise.all(profileNames(folder).map(name => loadProfile(folder, 'https://data.example.org', name)))).map(standardOf)
  const text = [summary(standards), ...standards.map(section)].join('\n\n')
  return document.replace(/<!-- profiles -->[\s\S]*<!-- end -->/, () => `<!-- profiles -->\n${text}\n<!-- end -->`)
}

if (import.meta.main) writeFileSync(file, await withProfiles(readFileSync(file, 'utf8')))
