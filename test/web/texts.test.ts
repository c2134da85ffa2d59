import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { root } from '../../src/files.ts'
import { markdown } from '../../src/web/page/markdown.ts'
import { isInFoot, readTexts } from '../../src/web/site/texts.ts'
import { printed } from '../../src/words/print.ts'

const to = (path: string) => `/ar${path}`

/** The pages of a folder that holds these files. */
function pagesOf(files: Record<string, string>) {
  const folder = mkdtempSync(join(tmpdir(), 'fihrist-pages-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return readTexts(folder)
}

test('a page is a file a language, and its first heading is its title', () => {
  expect(pagesOf({ 'help.en.md': '# Help\n\nText.', 'help.fr.md': '# Aide\r\nTexte.', 'notes.txt': 'no page' })).toEqual([
    { slug: 'help', titles: { en: 'Help', fr: 'Aide' }, bodies: { en: '\nText.', fr: 'Texte.' } },
  ])
})

test('a page without a title is told by its file', () => {
  expect(() => pagesOf({ 'about.fr.md': 'Sans titre' })).toThrow(/about\.fr\.md: the first line must be the title/)
})

test('the foot names pages in the order people expect, and leaves out those below another', () => {
  const pages = pagesOf({ 'zoo.en.md': '# Z', 'legal.en.md': '# L', 'about.en.md': '# A', 'help.en.md': '# H', 'help-reuse.en.md': '# R' })
  expect(pages.filter(isInFoot).map(({ slug }) => slug)).toEqual(['about', 'help', 'legal', 'zoo'])
})

test('links of ours lead to the page in the reader’s language, files and other sites to themselves', () => {
  expect(markdown('[a](/sources) [b](/openapi.json) [c](https://example.org/) [d](mailto:x@example.org)', to)).toContain(
    '<a href="/ar/sources">a</a> <a href="/openapi.json">b</a> <a href="https://example.org/">c</a> <a href="mailto:x@example.org">d</a>',
  )
})

test('neither tags nor scripts of a text reach the page', () => {
  const text = markdown(
    '<script>alert(1)</script>\n\nA <b onclick="x">b</b> [s](javascript:alert(1)) [t](//evil.example/) ![i](https://evil.example/i.png)',
    to,
  )
  expect(text).not.toMatch(/<script|<b |javascript:|evil\.example/)
  expect(text).toContain('&lt;script&gt;')
})

test('every page of the edition is there in its three languages, with the same links', () => {
  const files = readdirSync(join(root, 'pages'))
  const slugs = new Set(files.map(name => name.split('.')[0]!))
  const linksOf = (name: string) =>
    [...readFileSync(join(root, 'pages', name), 'utf8').matchAll(/\]\((\/[^)]*|https?:[^)]*|mailto:[^)]*)\)/g)].map(([, link]) => link).sort()
  for (const slug of slugs) {
    expect(linksOf(`${slug}.ar.md`), slug).toEqual(linksOf(`${slug}.fr.md`))
    expect(linksOf(`${slug}.en.md`), slug).toEqual(linksOf(`${slug}.fr.md`))
  }
})

test('words of a French page are printed as French is, code and addresses as they were written', () => {
  const body = markdown("L'[Agence](https://example.org/l'eau) : `l'eau`", to, text => printed(text, 'fr'))
  expect(body).toContain('L’<a href="https://example.org/l&#39;eau">Agence</a>\u00a0: <code>l&#39;eau</code>')
})
