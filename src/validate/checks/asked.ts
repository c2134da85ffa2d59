import { spokenLanguages } from '../../words/words.ts'
import { verdictFormats } from '../verdicts/index.ts'

/** A request to look at a feed, as it came: nothing of it has been read. */
export interface Request {
  body: Uint8Array
  /** `Content-Type`. */
  type: string
  /** Of the address: profile, lang, format. */
  query: Record<string, string>
  /** The language of the reader. */
  language: string
  /** How the verdict is written where nobody says it: a format of verdicts/, or `grouped` for a page. */
  format: string
}

/** What is to be looked at, and how it is told. */
export interface Asked {
  /** A feed; or the address where it is. */
  feed: { body: Uint8Array; mediaType: string; name: string } | { url: string }
  profile: string | undefined
  language: string
  format: string
}

/**
 * Reads what is asked: a feed as the body, JSON that holds nothing but `url` (and `profile`, `lang`, `format`), or a form with `text`, `file` or `url`.
 * Undefined where there is no feed and no address.
 */
export async function readAsked({ body, type, query, language, format }: Request): Promise<Asked | undefined> {
  const mediaType = type.split(';')[0]!.trim().toLowerCase()
  const told = (fields: Record<string, string>): Omit<Asked, 'feed'> => {
    const lang = fields['lang'] ?? query['lang']
    const wished = fields['format'] ?? query['format']
    return {
      profile: fields['profile'] || query['profile'] || undefined,
      language: lang && spokenLanguages().includes(lang) ? lang : language,
      format: wished && Object.hasOwn(verdictFormats, wished) ? wished : format,
    }
  }
  if (mediaType === 'multipart/form-data' || mediaType === 'application/x-www-form-urlencoded') {
    const form = await new Response(body as Uint8Array<ArrayBuffer>, { headers: { 'content-type': type } }).formData().catch(() => undefined)
    const text = (name: string) => (typeof form?.get(name) === 'string' ? String(form.get(name)).trim() : '')
    const file = form?.get('file')
    const fields = told(Object.fromEntries(['profile', 'lang', 'format'].flatMap(name => (text(name) ? [[name, text(name)]] : []))))
    if (file && typeof file !== 'string' && file.size > 0)
      return { feed: { body: new Uint8Array(await file.arrayBuffer()), mediaType: file.type, name: file.name }, ...fields }
    if (text('text')) return { feed: { body: new TextEncoder().encode(text('text')), mediaType: '', name: '' }, ...fields }
    return text('url') ? { feed: { url: text('url') }, ...fields } : undefined
  }
  if (mediaType === 'application/json' && body.length < 10_000) {
    const fields = jsonFields(new TextDecoder().decode(body))
    if (fields?.['url']) return { feed: { url: fields['url'] }, ...told(fields) }
  }
  if (body.length === 0) return query['url'] ? { feed: { url: query['url'] }, ...told({}) } : undefined
  return { feed: { body, mediaType: mediaType === 'application/octet-stream' ? '' : type, name: '' }, ...told({}) }
}

/** Texts by name, of JSON that holds nothing else. */
function jsonFields(text: string): Record<string, string> | undefined {
  try {
    const read: unknown = JSON.parse(text)
    const known = ['url', 'profile', 'lang', 'format']
    if (typeof read !== 'object' || read === null || Object.entries(read).some(([name, value]) => !known.includes(name) || typeof value !== 'string'))
      return undefined
    return read as Record<string, string>
  } catch {
    return undefined
  }
}
