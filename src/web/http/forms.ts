import type { VNode } from 'preact'
import { addressesOf } from '../../config/addresses.ts'
import { writeDocument, type Document } from '../../outlets/document.ts'
import type { Form, Text } from '../../outlets/outlet.ts'
import type { Format, Part } from '../../rdf/format.ts'
import { markup } from '../page/markup.ts'
import type { Page } from '../page/page.ts'

/** One representation of a thing (RFC 9110, section 3.2): how it is asked for, and how it is written. */
export interface Representation<Thing = unknown> extends Omit<Form, 'extension'> {
  /** The extension that asks for it, whatever the reader accepts; a page has none. */
  extension?: string
  /** It is for people, in the language of the page. */
  isPage?: boolean
  /** Parameters of its content type. */
  parameters?: string
  /** The name under which it is saved. */
  fileName?(thing: Thing): string
  write(thing: Thing, page: Page): Text | Promise<Text>
}

export const html = <Thing>(view: (thing: Thing, page: Page) => VNode): Representation<Thing> => ({
  mediaType: 'text/html',
  isPage: true,
  write: (thing, page) => htmlText(view(thing, page)),
})

export const htmlText = (view: VNode): string => `<!doctype html>\n${markup(view)}`

export const json = <Thing>(value: (thing: Thing, page: Page) => unknown): Representation<Thing> => ({
  mediaType: 'application/json',
  extension: 'json',
  write: (thing, page) => jsonText(value(thing, page)),
})

export const jsonText = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`

/** A drawing in the language of the page. */
export const picture = <Thing>(view: (thing: Thing, page: Page) => VNode): Representation<Thing> => ({
  mediaType: 'image/svg+xml',
  extension: 'svg',
  isPage: true,
  write: (thing, page) => markup(view(thing, page)),
})

/** A table that is saved as a file. */
export const csv = <Thing>(table: (thing: Thing, page: Page) => Iterable<string>, fileName: (thing: Thing) => string): Representation<Thing> => ({
  mediaType: 'text/csv',
  extension: 'csv',
  parameters: 'charset=utf-8; header=present',
  fileName,
  write: table,
})

/** The same document in each of these formats. */
export const rdf = <Thing>(formats: Format[], document: (thing: Thing, page: Page) => Document | Iterable<Part>): Representation<Thing>[] =>
  formats.map(format => {
    const { mediaType, extension, otherExtensions, aliases } = format
    return {
      mediaType,
      extension,
      otherExtensions,
      aliases,
      write: (thing, page) => writeDocument(document(thing, page), format, addressesOf(page.origin).context),
    }
  })
