import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { looking, there } from './chromium.ts'

// Pages in a real browser: no violation of WCAG A and AA that axe can see, in three languages, nothing wider than the screen, nothing asked of others,
// no error; and what axe does not see: the keyboard, the language of what is said, pages that move.

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const on = looking()

const pages = [
  '',
  '/datasets?q=eau&theme=agriculture',
  '/dataset/demo-souss-massa-budget-de-la-region',
  '/dataset/demo-souss-massa-foret-arganier',
  '/dataset/demo-souss-massa-espaces-verts-agadir/resource/1/preview',
  '/dataset/demo-souss-massa-foret-arganier/card',
  '/themes',
  '/organisations',
  '/organisation/agence-urbaine-safi-youssoufia',
  '/territories',
  '/quality',
  '/developers',
  '/validate',
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
/** Each page in three languages, of which every one is seen in another light and width. */
const looks = pages.flatMap(
  path =>
    [
      [`/fr${path}`, 'light', 1280],
      [`/ar${path}`, 'dark', 360],
      [`/en${path}`, path.startsWith('/sparql') ? 'dark' : 'light', 360],
      ...(path.startsWith('/sparql') || path === '' ? ([[`/ar${path}`, 'light', 1280]] as const) : []),
    ] as const,
)

test.skipIf(!there).each(looks)('%s (%s, %i wide)', async (path, colorScheme, width) => {
  const page = await pageLike(colorScheme, width)
  const said: string[] = []
  page.on('console', message => {
    // That a page is not there, or a query is none, is what it says.
    if (message.type() === 'error' && !/status of 40[04]/.test(message.text())) said.push(message.text())
  })
  page.on('pageerror', error => said.push(error.message))
  page.on('request', request => {
    if (!request.url().startsWith(on.site.url) && !request.url().startsWith('data:')) said.push(`asks ${request.url()}`)
  })
  const response = await page.goto(on.site.url + path)
  expect((await response!.body()).length).toBeLessThan(60_000)
  // What nobody says the language of is read to people in that of the page.
  if (path.startsWith('/ar')) expect(await page.evaluate(latinSentences)).toEqual([])
  // The menu of narrow screens lies over the page: it is looked at where the page is short.
  const folded = path.endsWith('/nothing') ? 'details' : 'details:not(.top-fold)'
  await page.evaluate(`for (const details of document.querySelectorAll('${folded}')) details.open = true`)
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

/** Sentences in Latin letters that are said to be Arabic. What people typed, code and addresses are nobody's sentences. */
const latinSentences = `(() => {
  const found = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.parentElement
    if (at.closest('code, pre, script, style, [dir=ltr], .code, mark') || at.closest('[lang]').lang !== 'ar') continue
    const text = node.textContent.replace(/https?:\\S+/g, '')
    if (/(?:[A-Za-zÀ-ÿ]{2,}[ '’,-]+){3,}[A-Za-zÀ-ÿ]{2,}/.test(text)) found.push(node.textContent.trim())
  }
  return found
})()`

test
  .skipIf(!there)
  .each([
    '',
    '/datasets',
    '/dataset/demo-souss-massa-budget-de-la-region',
    '/organisations',
    '/sources/demo-national',
    '/validate',
    '/sparql',
    '/requests/new',
  ])('%s: nothing has the focus at first, and Tab goes through all of it and leaves it', async path => {
  const page = await pageLike('light', 1280)
  await page.goto(`${on.site.url}/fr${path}`)
  expect(await page.evaluate('document.activeElement === document.body')).toBe(true)
  const last = 'document.querySelector("footer").querySelectorAll("a")'
  const most = (await page.evaluate('document.querySelectorAll("a, button, input, select, textarea, summary, [tabindex]").length')) as number
  await page.evaluate(`globalThis.reached = false; [...${last}].at(-1).addEventListener('focus', () => (globalThis.reached = true))`)
  for (let at = 0; at < most + 20 && !(await page.evaluate('globalThis.reached')); at += 10)
    for (let press = 0; press < 10; press++) await page.keyboard.press('Tab')
  expect(await page.evaluate('globalThis.reached')).toBe(true)
})

test.skipIf(!there).each([
  ['/ar/dataset/demo-national-population-legale-rgph-2024', 1280],
  ['/ar/dataset/demo-souss-massa-budget-de-la-region', 1280],
  ['/ar/dataset/demo-souss-massa-budget-de-la-region', 380],
  ['/ar', 1280],
  ['/fr/dataset/demo-souss-massa-budget-de-la-region', 380],
])('%s (%i wide) does not move when its fonts come', async (path, width) => {
  const context = await on.browser.newContext({ viewport: { width, height: 900 } })
  const page = await context.newPage()
  await page.goto(on.site.url + path, { waitUntil: 'load' })
  await page.evaluate('document.fonts.ready')
  const moved = await page.evaluate(`new Promise(resolve => {
    let sum = 0
    new PerformanceObserver(list => { for (const { value } of list.getEntries()) sum += value }).observe({ type: 'layout-shift', buffered: true })
    requestAnimationFrame(() => setTimeout(() => resolve(sum), 60))
  })`)
  expect(moved).toBeLessThan(0.02)
  await context.close()
})

/** One page for all addresses that are looked at alike: to open another takes longer than to look at one. */
const opened = new Map<string, Promise<Page>>()
function pageLike(colorScheme: 'light' | 'dark', width: number): Promise<Page> {
  const look = `${colorScheme} ${width}`
  const page = opened.get(look) ?? on.browser.newContext({ colorScheme, viewport: { width, height: 900 }, bypassCSP: false }).then(context => context.newPage())
  opened.set(look, page)
  return page
}
