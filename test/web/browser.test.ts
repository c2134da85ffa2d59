import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { looking, there } from './chromium.ts'

// Pages in a real browser: no violation of WCAG A and AA that axe can see, in both directions of writing, nothing wider than the screen,
// and nothing that the security policy had to stop.

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const on = looking()

const pages = [
  '',
  '/datasets?q=eau&theme=agriculture',
  '/dataset/demo-souss-massa-budget-de-la-region',
  '/dataset/demo-souss-massa-foret-arganier',
  '/dataset/demo-souss-massa-espaces-verts-agadir/resource/1/preview',
  '/sources',
  '/help-producers',
  '/sources/demo-equipement-eau',
  '/sources/demo-equipement-eau/runs/1',
  '/sources/demo-national/runs/2?part=repairs',
  '/record/demo-souss-massa-budget-de-la-region/versions',
  '/id/territory/MA-09',
  '/requests/new?title=eau',
  '/reuses/new',
  '/requests',
  '/inventory',
  '/steward/sign-in',
  '/nothing',
  '/sparql',
  `/sparql?${new URLSearchParams({ query: 'SELECT ?list (COUNT(?c) AS ?n) { ?c <http://www.w3.org/2004/02/skos/core#inScheme> ?list } GROUP BY ?list' })}`,
  `/sparql?${new URLSearchParams({ query: 'SELECT * { ?d a ~ }' })}`,
]
const looks = ['fr', 'ar', 'en'].flatMap(language =>
  // What English has of its own is the editor's.
  pages
    .filter(path => language !== 'en' || path.startsWith('/sparql'))
    .flatMap(
      path =>
        [
          [`/${language}${path}`, 'light', 1280],
          [`/${language}${path}`, 'dark', 360],
        ] as const,
    ),
)

test.skipIf(!there).each(looks)('%s (%s, %i wide)', async (path, colorScheme, width) => {
  const page = await pageLike(colorScheme, width)
  const said: string[] = []
  page.on('console', message => {
    if (/Content Security Policy/.test(message.text())) said.push(message.text())
  })
  page.on('pageerror', error => said.push(error.message))
  await page.goto(on.site.url + path)
  await page.evaluate(`for (const details of document.querySelectorAll('details')) details.open = true`)
  await page.evaluate(axe)
  const violations = await page.evaluate(async () => {
    const { violations } = await (
      globalThis as unknown as { axe: { run(options: object): Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }> } }
    ).axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], resultTypes: ['violations'] })
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]!.html} ${nodes[0]!.failureSummary}`)
  })
  expect(violations).toEqual([])
  expect(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')).toBeLessThanOrEqual(0)
  expect(said).toEqual([])
  page.removeAllListeners()
})

/** One page for all addresses that are looked at alike: to open another takes longer than to look at one. */
const opened = new Map<string, Promise<Page>>()
function pageLike(colorScheme: 'light' | 'dark', width: number): Promise<Page> {
  const look = `${colorScheme} ${width}`
  const page = opened.get(look) ?? on.browser.newContext({ colorScheme, viewport: { width, height: 900 }, bypassCSP: false }).then(context => context.newPage())
  opened.set(look, page)
  return page
}
