import { Parser } from 'htmlparser2'
import { entry } from '../../../table.ts'
import type { JsonObject } from '../json/values.ts'

/** The machine-readable parts of a page of HTML. */
export interface HtmlData {
  /** The texts of its JSON-LD blocks. */
  jsonld: string[]
  /** Its microdata: the items that stand for themselves, written as JSON-LD would be (HTML Living Standard, 5). `itemref` is not followed. */
  items: JsonObject[]
  /** The language that it says it is in; empty where it does not. */
  language: string
  /** The base of relative addresses. */
  base: string
  /** The page's own address, where it names one. */
  canonical?: string
  /** The same content as JSON-LD elsewhere. */
  alternates: string[]
}

/** An element that is open: the item it opened, or the property whose text is being read. */
interface Open {
  item?: JsonObject | undefined
  reading?: { item: JsonObject; names: string[]; text: string } | undefined
}

/** Attributes that hold the value of a property, by element. */
const valueIn: Record<string, string> = {
  meta: 'content',
  a: 'href',
  area: 'href',
  link: 'href',
  img: 'src',
  audio: 'src',
  video: 'src',
  source: 'src',
  embed: 'src',
  iframe: 'src',
  track: 'src',
  object: 'data',
  data: 'value',
  meter: 'value',
  time: 'datetime',
}

/** The deepest nesting of properties in each other's text; deeper ones are an attack. */
const maxNesting = 20

/** Reads a page in one pass, however deep it is nested or badly closed. */
export function readHtml(html: string, url: string): HtmlData {
  const found: HtmlData = { jsonld: [], items: [], language: '', base: url, alternates: [] }
  const open: Open[] = []
  // The innermost item and the properties that are read are asked for at every tag: each has a stack of its own.
  const scopes: JsonObject[] = []
  const readers: NonNullable<Open['reading']>[] = []
  let script: string | undefined
  const resolved = (address: string) => (URL.canParse(address.trim(), found.base) ? new URL(address.trim(), found.base).href : address)
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (name === 'script') script = /^application\/ld\+json\b/i.test(attributes['type']?.trim() ?? '') ? '' : undefined
        else if (name === 'html') found.language ||= attributes['lang']?.trim() ?? ''
        else if (name === 'base' && attributes['href'] && URL.canParse(attributes['href'], url)) found.base = new URL(attributes['href'], url).href
        else if (name === 'link') readLink(found, attributes, resolved)
        const names = words(attributes['itemprop'])
        const around = scopes.at(-1)
        const element: Open = {}
        open.push(element)
        if (attributes['itemscope'] !== undefined) {
          const types = words(attributes['itemtype'])
          element.item = { ...(types.length > 0 && { '@type': types }), ...(attributes['itemid'] && { '@id': resolved(attributes['itemid']) }) }
          if (around && names.length > 0) say(around, names, element.item)
          else found.items.push(element.item)
          scopes.push(element.item)
        } else if (around && names.length > 0) {
          const place = entry(valueIn, name)
          const value = place && attributes[place]
          if (value !== undefined && value !== '') say(around, names, /^(href|src|data)$/.test(place!) ? resolved(value) : value)
          else if (name !== 'meta' && readers.length < maxNesting) readers.push((element.reading = { item: around, names, text: '' }))
        }
      },
      ontext(text) {
        if (script !== undefined) script += text
        for (const reader of readers) reader.text += text
      },
      onclosetag(name) {
        if (name === 'script' && script !== undefined) {
          found.jsonld.push(script)
          script = undefined
        }
        const element = open.pop()
        if (element?.item) scopes.pop()
        if (element?.reading) {
          readers.splice(readers.indexOf(element.reading), 1)
          say(element.reading.item, element.reading.names, element.reading.text.replace(/\s+/g, ' ').trim())
        }
      },
    },
    { lowerCaseTags: true, lowerCaseAttributeNames: true, decodeEntities: true },
  )
  parser.end(html)
  return found
}

const words = (text: string | undefined) => (text ?? '').split(/\s+/).filter(Boolean)

/** A property said more than once has a list. */
function say(item: JsonObject, names: string[], value: unknown): void {
  if (value === '') return
  for (const name of names) {
    const before = item[name]
    item[name] = before === undefined ? value : Array.isArray(before) ? [...(before as unknown[]), value] : [before, value]
  }
}

function readLink(found: HtmlData, { rel, href, type }: Record<string, string>, resolved: (address: string) => string): void {
  const relations = words(rel?.toLowerCase())
  if (!href) return
  if (relations.includes('canonical')) found.canonical ??= resolved(href)
  else if (/^application\/ld\+json\b/i.test(type ?? '') && (relations.includes('alternate') || relations.includes('describedby')))
    found.alternates.push(resolved(href))
}
