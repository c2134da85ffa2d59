import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Problem } from '../../problem.ts'

/** A page that the keepers of an edition write: Markdown, a file a language (`about.fr.md`), of which the first heading is its title. */
export interface TextPage {
  slug: string
  titles: Record<string, string>
  /** What stands below the title, in Markdown, by language. */
  bodies: Record<string, string>
}

/** The order of the pages that most catalogues have; others follow by name. A page with a hyphen in its name is below another, which leads to it. */
const order = ['about', 'help', 'contact', 'accessibility', 'legal', 'privacy']
const placeOf = ({ slug }: TextPage) => (order.includes(slug) ? order.indexOf(slug) : order.length)

/** The pages of a folder, in the order in which the foot of all pages names them. Throws `configuration` for a file without a title. */
export function readTexts(folder: string): TextPage[] {
  const pages = new Map<string, TextPage>()
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    const [, slug, language] = /^([a-z][a-z-]*)\.([a-z]{2,3}(?:-[A-Za-z0-9]+)*)\.md$/.exec(name) ?? []
    if (slug === undefined || language === undefined) continue
    const file = join(folder, name)
    const [, title, body] = /^\s*#[ \t]+(.+?)[ \t]*(?:\r?\n([\s\S]*))?$/.exec(readFileSync(file, 'utf8')) ?? []
    if (title === undefined) throw new Problem('configuration', `${file}: the first line must be the title of the page: "# About this catalogue".`, { file })
    const page = pages.get(slug) ?? { slug, titles: {}, bodies: {} }
    page.titles[language] = title
    page.bodies[language] = body ?? ''
    pages.set(slug, page)
  }
  return [...pages.values()].sort((a, b) => placeOf(a) - placeOf(b) || (a.slug < b.slug ? -1 : 1))
}

/** Whether the foot of all pages leads to it. */
export const isInFoot = ({ slug }: TextPage): boolean => !slug.includes('-')
