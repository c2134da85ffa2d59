import type { Page } from 'playwright-core'
import { afterEach, expect, test } from 'vitest'
import { looking, there } from './chromium.ts'

// The editor of the query page, as somebody uses it with a keyboard in a browser.

const on = looking()

/** What the browser complained of, and what it asked of anybody. */
const said: string[] = []
const asked: string[] = []
let page: Page
async function open(path: string, options: { javaScriptEnabled?: boolean } = {}): Promise<Page> {
  const context = await on.browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })
  page = await context.newPage()
  page.on('console', message => /Content Security Policy/.test(message.text()) && said.push(message.text()))
  page.on('pageerror', error => said.push(error.message))
  page.on('request', request => asked.push(request.url()))
  await page.goto(on.site.url + path)
  return page
}
afterEach(async () => {
  await page?.context().close()
  expect(said.splice(0)).toEqual([])
  expect(asked.splice(0).filter(url => !url.startsWith(on.site.url) && !url.startsWith('data:'))).toEqual([])
})

const withQuery = (query: string) => `/fr/sparql?${new URLSearchParams({ query })}`
const code = () => page.locator('.cm-content')
const written = () => page.locator('#query').evaluate(field => (field as unknown as { value: string }).value)
const status = () => page.locator('#said')
/** Where the focus is: the element of the page, and of the editor where it is there. */
const focused = () =>
  page.evaluate<string>(`(() => {
    const outer = document.activeElement
    const inner = outer.shadowRoot?.activeElement
    return inner ? inner.className.split(' ')[0] : outer.id || outer.textContent.trim()
  })()`)
const wholeText = async (text: string) => {
  await code().click()
  await page.keyboard.press('Control+a')
  // Chromium keeps the style of a text that is typed over, in an attribute that the policy stops: nobody sees it, but it is said.
  await page.keyboard.press('Delete')
  await page.keyboard.insertText(text)
}

test.skipIf(!there)('opening the page moves the focus nowhere, and Tab goes into the editor and out of it again, as Shift+Tab does', async () => {
  await open('/fr/sparql')
  await code().waitFor()
  expect(await page.evaluate('document.activeElement === document.body')).toBe(true)
  await page.locator('#examples a').last().focus()
  const before = await written()
  const way: string[] = []
  for (let step = 0; step < 2; step++) {
    await page.keyboard.press('Tab')
    way.push(await focused())
  }
  expect(way).toEqual(['cm-content', 'Exécuter'])
  await page.keyboard.press('Shift+Tab')
  expect(await focused()).toBe('cm-content')
  await page.keyboard.press('Shift+Tab')
  expect(await focused()).toBe('Les graphes nommés et leur taille')
  expect(await written()).toBe(before)
})

test.skipIf(!there)('Ctrl+Enter runs what is written; the address of the page is then that of the query, and going back shows the one before', async () => {
  await open('/fr/sparql')
  await wholeText('SELECT * { VALUES ?x { "un" "deux" } }')
  await page.keyboard.press('Control+Enter')
  await page.locator('#answer td').first().waitFor()
  expect(await status().textContent()).toMatch(/^2\u00a0lignes · /)
  expect(await focused()).toBe('cm-content')
  expect(new URL(page.url()).searchParams.get('query')).toBe('SELECT * { VALUES ?x { "un" "deux" } }')
  expect(await page.locator('.top-wide .languages a[lang=ar]').getAttribute('href')).toContain('VALUES')

  await wholeText('ASK {}')
  await page.keyboard.press('Control+Enter')
  await page.locator('.answer-boolean').waitFor()
  await page.goBack()
  await page.locator('#answer td').first().waitFor()
  expect(await written()).toBe('SELECT * { VALUES ?x { "un" "deux" } }')
})

test.skipIf(!there)('an address with a query shows the answer at once, and an example is run when it is chosen', async () => {
  await open(withQuery('ASK {}'))
  expect(await page.locator('.answer-boolean').textContent()).toBe('Oui')
  await page.getByText('Combien de jeux de données par thème').click()
  await page.locator('.chart').waitFor()
  expect(await written()).toContain('dcat:theme')
  expect(await page.locator('#examples a[aria-current]').textContent()).toBe('Combien de jeux de données par thème')
  await page.locator('#answer td a').first().click()
  expect(new URL(page.url()).pathname).toMatch(/^\/fr\/id\/theme\//)
})

test.skipIf(!there)('what cannot be read is marked in the editor where it stands, until the next query', async () => {
  await open('/fr/sparql')
  await wholeText('SELECT *\n{ ?d a ~ }')
  await page.keyboard.press('Control+Enter')
  await page.locator('#answer [data-line]').waitFor()
  expect(await page.locator('.cm-lintRange-error').textContent()).toBe('~')
  expect(await status().textContent()).toBe('La requête SPARQL n’est pas valide')
  await wholeText('ASK {}')
  await page.keyboard.press('Control+Enter')
  await page.locator('.answer-boolean').waitFor()
  expect(await page.locator('.cm-lintRange-error').count()).toBe(0)
})

test.skipIf(!there)('a name is completed by its label, with its prefix declared', async () => {
  await open('/fr/sparql')
  await wholeText('SELECT * { ?d ')
  await page.keyboard.insertText('producteur')
  await page.locator('[aria-selected] .cm-completionLabel', { hasText: 'dct:publisher' }).waitFor()
  // A suggestion is not taken by an Enter that comes too soon after it.
  await page.waitForTimeout(500)
  await page.keyboard.press('Enter')
  await expect.poll(written).toMatch(/^PREFIX dct: <http:\/\/purl.org\/dc\/terms\/>\nSELECT \* { \?d dct:publisher/)
})

test.skipIf(!there)('a query that takes long is said to be running, and can be stopped', async () => {
  await open('/fr/sparql')
  await page.route(/query=/, () => {})
  await page.getByRole('button', { name: 'Exécuter' }).click()
  expect(await status().textContent()).toBe('Requête en cours…')
  expect(await page.locator('#answer').getAttribute('aria-busy')).toBe('true')
  await page.getByRole('button', { name: 'Arrêter' }).click()
  await expect.poll(() => status().textContent()).toBe('Requête arrêtée')
  expect(await page.getByRole('button', { name: 'Arrêter' }).isVisible()).toBe(false)
})

test.skipIf(!there)('in Arabic the page runs from right to left and the code from left to right', async () => {
  await open('/ar/sparql')
  await code().waitFor()
  expect(await page.evaluate('getComputedStyle(document.body).direction')).toBe('rtl')
  expect(
    await code().evaluate(element => (globalThis as unknown as { getComputedStyle(of: unknown): { direction: string } }).getComputedStyle(element).direction),
  ).toBe('ltr')
  expect(await code().getAttribute('aria-label')).toBe('استعلام SPARQL')
})

test.skipIf(!there)('without scripts the form asks, and the answer is a table', async () => {
  await open('/fr/sparql', { javaScriptEnabled: false })
  await page.locator('#query').fill('SELECT * { VALUES ?x { "un" } }')
  await page.getByRole('button', { name: 'Exécuter' }).click()
  expect(await page.locator('#answer td').textContent()).toBe('un')
  expect(await page.locator('#query').inputValue()).toBe('SELECT * { VALUES ?x { "un" } }')
  expect(await page.locator('.cm-content').count()).toBe(0)
})
