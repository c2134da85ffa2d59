import { expect, test } from 'vitest'
import { looking, there } from './chromium.ts'

// The way of somebody who comes for the first time, in a real browser and without scripts: from words to a file.

const on = looking()

test.skipIf(!there).each([
  ['fr', 'espaces verts', "Espaces verts d'Agadir", 1280],
  ['ar', 'المساحات الخضراء', 'المساحات الخضراء بأكادير', 390],
])('%s: search, dataset, preview, download', async (language, words, title, width) => {
  const context = await on.browser.newContext({ javaScriptEnabled: false, viewport: { width, height: 900 }, acceptDownloads: true })
  const page = await context.newPage()
  const elsewhere: string[] = []
  page.on('request', request => {
    if (!request.url().startsWith(on.site.url) && !request.url().startsWith('data:')) elsewhere.push(request.url())
  })
  await page.goto(`${on.site.url}/${language}/datasets`)
  await page.locator('main input[name=q], .head input[name=q]').first().fill(words)
  await page.keyboard.press('Enter')
  await page.getByRole('link', { name: title }).first().click()
  expect(await page.locator('h1').innerText()).toBe(title)
  // A language has a tab without any script.
  const other = page.locator('.tongues label').nth(1)
  await other.click()
  expect(await page.locator('.tongue:visible').count()).toBe(1)
  await page.locator('.file-ways a[href*="/preview"]').first().click()
  expect(await page.locator('table.sample tbody tr').count()).toBe(12)
  expect(await page.locator('.shapes circle').count()).toBe(12)
  expect(elsewhere).toEqual([])
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('.head-go .button').first().click()])
  expect(download.suggestedFilename()).toBe('espaces_verts.geojson')
  await context.close()
})
