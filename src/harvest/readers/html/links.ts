import { Parser } from 'htmlparser2'

/** Where the links of a page of HTML lead, as they are written: quoted or not, with blanks, their entities read. */
export function hrefsIn(html: string): string[] {
  const found: string[] = []
  const parser = new Parser(
    {
      onopentag(name, { href }) {
        if (name === 'a' && href?.trim()) found.push(href.trim())
      },
    },
    { lowerCaseTags: true, lowerCaseAttributeNames: true, decodeEntities: true },
  )
  parser.end(html)
  return found
}
