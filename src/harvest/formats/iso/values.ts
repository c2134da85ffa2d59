import { mendIri } from '../../../rdf/iri.ts'
import { literal, type Term } from '../../../rdf/terms.ts'
import type { XmlFormat } from '../../readers/xml/fields.ts'
import { attribute, children, languageOf, select, textOf, type Element } from '../../readers/xml/xml.ts'

/** The namespaces of ISO 19139, 19115-2 and 19115-3, of their national profiles, and of GML, all under one roof: their elements go by the same names. */
export const isIso = (space: string) =>
  /^https?:\/\/(www\.isotc211\.org|standards\.iso\.org|www\.opengis\.net\/gml|www\.ngdc\.noaa\.gov|www\.geocat\.ch|bluenet3\.antcrc)/.test(space)

export const isIsoRecord = ({ space, name }: Element) => /M[DI]_Metadata$/.test(name) && isIso(space)

const xlink = 'http://www.w3.org/1999/xlink'

/** Where an anchor, or an element that refers to another, leads. */
export const hrefOf = (node: Element | undefined) => attribute(node, 'href', xlink)

/** The value of a property element: an anchor's address, a code, or the text. */
export function words(node: Element): string {
  const [value] = children(node).filter(({ name }) => name !== 'PT_FreeText')
  if (!value) return hrefOf(node) || (children(node).length > 0 ? '' : textOf(node))
  const href = hrefOf(value)
  return (/^https?:/i.test(href) && mendIri(href)) || attribute(value, 'codeListValue') || textOf(value)
}

/** The text of the first element at a path, whatever address an anchor there has. */
export const plain = (node: Element, path: string): string => {
  const [found] = select(node, path, isIso)
  return found ? textOf(children(found).find(({ name }) => name !== 'PT_FreeText') ?? found) : ''
}

/** A code of the first element at a path. */
export const code = (node: Element, path: string): string => {
  const [found] = select(node, path, isIso)
  const value = found && (children(found)[0] ?? found)
  return attribute(value, 'codeListValue') || textOf(value)
}

/** How a record writes its texts: in its own language, and in those that `PT_FreeText` adds. */
export function isoFormat(root: Element): XmlFormat {
  const language = shortTag(code(root, 'language') || code(root, 'defaultLocale/PT_Locale/language')) ?? ''
  const locales = new Map(
    select(root, 'locale|otherLocale|defaultLocale/PT_Locale', isIso).map(
      locale => [attribute(locale, 'id'), shortTag(code(locale, 'languageCode|language')) ?? ''] as const,
    ),
  )
  return {
    within: isIso,
    words,
    texts: node => {
      const found = new Map<string, string>()
      const main = textOf(children(node).find(({ name }) => name !== 'PT_FreeText')) || (children(node).length === 0 ? textOf(node) : '')
      if (main) found.set(language, main)
      for (const each of select(node, 'PT_FreeText/textGroup/LocalisedCharacterString', isIso)) {
        const locale = attribute(each, 'locale').replace('#', '')
        const tag = locales.get(locale) || shortTag(locale.replace(/^locale-/, '')) || languageOf(each)
        if (textOf(each) && tag && !found.has(tag)) found.set(tag, textOf(each))
      }
      // A text whose language is not stated: normalising finds it, and lists a repair.
      return [...found].map(([tag, text]): Term => literal(text, tag || undefined))
    },
  }
}

/** `fre`, `fra`, `FR`, `fre; FRA` → `fr`; undefined for what is no language. */
function shortTag(text: string): string | undefined {
  try {
    // `eng; USA` and `fre_FR` state a country, too.
    const language = /^([a-z]{2,3})(?:\s*[;,_-]\s*[a-z]{2,3})?$/i.exec(text.trim())?.[1]
    return language && Intl.getCanonicalLocales(language)[0]
  } catch {
    return undefined
  }
}
