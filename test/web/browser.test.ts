import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { invite } from '../../src/ledger/programme/people.ts'
import { feed } from '../harvest/protocols/dcat/feed.ts'
import { looking, there } from './chromium.ts'
import { png } from './picture.ts'

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
  '/datasets?q=cheptel+zzz',
  '/dataset/demo-statistiques-indice-de-confiance-des-menages/resource/1/preview',
  '/dataset/demo-inventaire-dossiers-examines-en-commission',
  '/themes',
  '/theme/sante',
  '/theme/sante/quality',
  '/territory/MA-09',
  '/organisations',
  '/organisation/agence-urbaine-safi-youssoufia',
  '/territories',
  '/quality',
  '/quality/hcp',
  '/profiles',
  '/profiles/dcat-ap-ma',
  '/vocabulary',
  '/developers',
  '/validate',
  '/sources',
  '/help-producers',
  '/sources/demo-equipement-eau',
  '/sources/demo-equipement-eau/runs/1',
  '/sources/demo-national/runs/2?part=repairs',
  '/record/demo-souss-massa-budget-de-la-region',
  '/record/demo-souss-massa-budget-de-la-region/versions',
  '/id/territory/MA-09',
  '/requests/new?title=eau',
  '/reuses/new',
  '/requests',
  '/reuses',
  '/inventory',
  '/about',
  '/help',
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
  await looksWell(page, path)
  expect(said).toEqual([])
  page.removeAllListeners()
})

/** Nothing that axe can see is wrong, nothing is wider than the screen, and what is said to be Arabic is. */
async function looksWell(page: Page, path: string): Promise<void> {
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
}

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
    '/territory/MA-09',
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
  ['/ar/organisation/hcp', 380],
  ['/ar/sources/demo-national', 1280],
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

test.skipIf(!there)('on paper a page is white, names the addresses of its files, and unfolds what is folded', async () => {
  const page = await on.browser.newPage()
  await page.emulateMedia({ media: 'print' })
  await page.goto(`${on.site.url}/fr/dataset/demo-souss-massa-espaces-verts-agadir`)
  expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)')
  expect(await page.evaluate("getComputedStyle(document.querySelector('.file-ways .button[href^=http]'), '::after').content")).toContain('http')
  expect(await page.evaluate("document.querySelector('details:not([open]) p, details:not([open]) dl').checkVisibility({ contentVisibilityAuto: true })")).toBe(
    true,
  )
  expect(await page.isVisible('header .top-fold')).toBe(false)
  await page.close()
})

test.skipIf(!there)('in the colours of the system a filter that is chosen looks otherwise than one that is not', async () => {
  const page = await on.browser.newPage({ forcedColors: 'active' })
  await page.goto(`${on.site.url}/fr/datasets?theme=agriculture`)
  const colourOf = (value: string) => page.evaluate(`getComputedStyle(document.querySelector('${value} .value-box')).backgroundColor`)
  expect(await colourOf('.value[aria-current]')).not.toBe(await colourOf('.value:not([aria-current])'))
  expect(await page.evaluate("getComputedStyle(document.querySelector('main .search button')).borderTopStyle")).toBe('solid')
  await page.close()
})

/** One page for all addresses that are looked at alike: to open another takes longer than to look at one. */
const opened = new Map<string, Promise<Page>>()
function pageLike(colorScheme: 'light' | 'dark', width: number): Promise<Page> {
  const look = `${colorScheme} ${width}`
  const page = opened.get(look) ?? on.browser.newContext({ colorScheme, viewport: { width, height: 900 }, bypassCSP: false }).then(context => context.newPage())
  opened.set(look, page)
  return page
}

/** Somebody's browser: what he sees of the catalogue, in French. */
const somebody = async () => (await on.browser.newContext({ locale: 'fr-FR', viewport: { width: 1280, height: 900 } })).newPage()
const words = 'quatre chevaux sans selle'
const inviteFor = (email: string, hours: number) => {
  const [word, now] = [`word-${email}-${hours}`, Date.now()]
  invite(
    on.site.house.ledger,
    { email, name: 'Salma', role: 'admin', body: null, language: 'fr' },
    word,
    new Date(now + hours * 3_600_000).toISOString(),
    new Date(now).toISOString(),
  )
  return `${on.site.url}/fr/steward/invitation/${word}`
}
/** A steward who follows his invitation and chooses a passphrase. */
async function letIn(email: string): Promise<Page> {
  const page = await somebody()
  await page.goto(inviteFor(email, 1))
  await page.fill('#passphrase', words)
  await page.fill('#again', words)
  await page.click('form.form button')
  return page
}
/** People take their time to write. */
const send = async (page: Page) => {
  await page.waitForTimeout(2100)
  await page.click('form.form button:text-is("Envoyer")')
}

test.skipIf(!there)(
  'a request goes from a citizen by a steward into the inventory, and back with its answer',
  async () => {
    const citizen = await somebody()
    await citizen.goto(`${on.site.url}/fr/requests/new`)
    // What exists already is told while the title is written.
    await citizen.locator('#title').pressSequentially('barrages')
    await citizen.locator('#suggested a').first().waitFor()
    await citizen.fill('#title', 'Débit des oueds')
    await citizen.fill('#text', 'Par station et par jour')
    await send(citizen)
    expect(await citizen.textContent('main')).toContain('Reçue')

    const rod = await letIn('rod@example.ma')
    await rod.click('text=Débit des oueds')
    const matter = rod.url()
    await rod.click('button:text-is("Publier")')
    const two = await letIn('two@example.ma')
    await two.goto(matter)
    await rod.goto(matter)
    await rod.click('summary:has-text("Prévoir")')
    await rod.fill('#plan-date', '2027-06-30')
    await rod.click('details[open] button')
    // Of two who decide at once the second is told, and keeps what he wrote.
    await two.click('summary:has-text("Refuser")')
    await two.selectOption('#refuse-exception', 'secret')
    await two.fill('#refuse-answer', 'Le secret statistique.')
    await two.click('details[open] button')
    expect(await two.textContent('main')).toContain('Quelqu’un d’autre a décidé entre-temps.')
    expect(await two.inputValue('#refuse-answer')).toBe('Le secret statistique.')

    await on.site.harvest('demo-tenu')
    await citizen.goto(`${on.site.url}/fr/requests`)
    await citizen.click('text=Débit des oueds')
    expect(await citizen.textContent('main')).toMatch(/Publication prévue\s*:\s*30 juin 2027/)
    await citizen.click('section[aria-labelledby=planned] a')
    expect(await citizen.textContent('h1')).toContain('Débit des oueds')
  },
  60_000,
)

test.skipIf(!there)(
  'a reuse with its picture is shown once a steward has read it',
  async () => {
    const citizen = await somebody()
    await citizen.goto(`${on.site.url}/fr/reuses/new`)
    await citizen.fill('#title', 'Carte des forêts')
    await citizen.selectOption('#type', 'visualisation')
    await citizen.fill('#text', 'Une carte')
    await citizen.fill('#address', 'https://foret.example.org/')
    await citizen.fill('#datasets', 'demo-souss-massa-foret-arganier')
    await citizen.setInputFiles('#picture', { name: 'carte.png', mimeType: 'image/png', buffer: png(40, 30) })
    await send(citizen)
    const rod = await letIn('rod@example.ma')
    await rod.click('text=Carte des forêts')
    await rod.click('button:text-is("Publier")')
    await citizen.goto(`${on.site.url}/fr/dataset/demo-souss-massa-foret-arganier`)
    await citizen.click('text=Carte des forêts')
    // A page may be there before its pictures are.
    await expect.poll(() => citizen.evaluate(`document.querySelector('.picture img')?.naturalWidth`), { timeout: 10_000 }).toBe(40)
  },
  60_000,
)

test.skipIf(!there)(
  'what a steward corrects is shown as such, through a harvest and a rebuild; an invitation that has expired lets nobody in',
  async () => {
    await on.site.feed(feed(['a']))
    const rod = await letIn('rod@example.ma')
    await rod.goto(`${on.site.url}/fr/steward/records/small-jeu-a`)
    await rod.selectOption('#property', 'title')
    await rod.fill('#value', 'Débits corrigés')
    await rod.click('button:text-is("Corriger")')
    await on.site.feed(feed(['a'], { edition: 2 }))
    const reader = await somebody()
    const isCorrected = async () => {
      await reader.goto(`${on.site.url}/fr/dataset/small-jeu-a`)
      expect(await reader.textContent('h1')).toContain('Débits corrigés')
      expect(await reader.textContent('section[aria-labelledby=corrected]')).toMatch(/Titre \(Français\) – responsables du catalogue/)
    }
    await isCorrected()
    await on.site.rebuild('small')
    await isCorrected()
    await reader.goto(inviteFor('late@example.ma', -1))
    expect(await reader.textContent('main')).toContain('Cette invitation n’existe pas, a servi ou a expiré.')
  },
  60_000,
)

test.skipIf(!there)(
  'the pages of stewards are for everybody too',
  async () => {
    const rod = await letIn('rod@example.ma')
    for (const width of [1280, 360]) {
      await rod.setViewportSize({ width, height: 900 })
      for (const path of ['', '/inventory', '/inventory/new', '/sources/demo-national', '/records/demo-souss-massa-foret-arganier', '/people', '/log']) {
        const address = `/${width === 360 ? 'ar' : 'fr'}/steward${path}`
        await rod.goto(on.site.url + address)
        await looksWell(rod, address)
      }
    }
  },
  60_000,
)
