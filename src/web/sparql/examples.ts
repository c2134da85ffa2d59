import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../files.ts'
import { choose } from '../../words/choose.ts'
import type { Page } from '../page/page.ts'
import type { Example } from '../views/query/query.tsx'

/** Questions to begin with: a file of SPARQL each, which says in its first lines what it is called (`# fr: …`). */
const folder = join(root, 'queries')

interface File {
  name: string
  titles: Record<string, string>
  query: string
}

const files: File[] = readdirSync(folder)
  .filter(name => name.endsWith('.rq'))
  .sort()
  .map(name => readExample(name.slice(0, -3), readFileSync(join(folder, name), 'utf8')))

/** An example as it is written: its titles, and the query below them. */
function readExample(name: string, text: string): File {
  const titles = Object.fromEntries([...text.matchAll(/^# ([a-z]{2,3}(?:-[A-Za-z0-9]+)*): (.+)$/gm)].map(([, language, title]) => [language!, title!]))
  return { name, titles, query: text.replace(/^(# [a-z]{2,3}(?:-[A-Za-z0-9]+)*: .+\n)+/, '').trim() }
}

/** The examples as the page asks them: relative IRIs are relative to the base of the catalogue. */
export function exampleQueries({ reading, site }: Page): Example[] {
  const { base } = site.publication.catalogue
  return files.map(({ name, titles, query }) => {
    const title = choose(titles, reading)?.text ?? name
    const prologue = /<(?!\w+:)[^<>\s]*>/.test(query) ? `BASE <${base}/>\n` : ''
    return { title, query: `# ${title}\n${prologue}${query}` }
  })
}
