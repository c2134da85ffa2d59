import type { Source } from '../../../config/sources.ts'
import { Problem } from '../../../problem.ts'
import { decode } from '../../../rdf/decode.ts'
import { digest } from '../../../rdf/digest.ts'
import { parseJson } from '../../../rdf/json.ts'
import { recordOf as dcatRecord } from '../../formats/dcat/record.ts'
import { mapDataset, type OnPage } from '../../formats/schema-org/mapping.ts'
import { datasetsIn } from '../../formats/schema-org/nodes.ts'
import { rdfaIn, titlesOf } from '../../formats/schema-org/rdfa.ts'
import type { Fetch } from '../../http/fetch.ts'
import type { HarvestedRecord } from '../../protocol.ts'
import { readHtml } from '../../readers/html/data.ts'
import { jsonRecord } from '../../readers/json/record.ts'
import { items, text, type JsonObject } from '../../readers/json/values.ts'

/** A host with or without `www.` is the same site. */
export const hostOf = (url: string) => new URL(url).host.replace(/^www\./, '')

/** The records of one page; where it only says where its JSON-LD is, those that stand there. */
export async function readPage(url: string, source: Source, fetch: Fetch, follow = true): Promise<(HarvestedRecord | { problem: Problem })[]> {
  const answer = await fetch(url, 'text/html, application/xhtml+xml, application/ld+json;q=0.9, */*;q=0.1')
  const body = decode(answer.body, answer.mediaType).replace(/^\uFEFF/, '')
  const isJson = /\bjson\b/.test(answer.mediaType) || /^\s*[[{]/.test(body)
  const html = isJson ? { jsonld: [body], items: [], language: '', base: answer.url, alternates: [] } : readHtml(body, answer.url)
  const problems: Problem[] = []
  const documents = html.jsonld.flatMap(written => {
    try {
      return [parsed(written)]
    } catch (error) {
      // JSON-LD that cannot be read is a problem only where it was to describe a dataset.
      if (/\bDataset\b|\bDataFeed\b/.test(written))
        problems.push(
          new Problem(
            'not-json',
            `${url} describes a dataset in JSON-LD that is broken or cut off. Ask the portal to mend it.`,
            { url, excerpt: written.trim().slice(0, 300) },
            error,
          ),
        )
      return []
    }
  })
  const first = datasetsIn([...documents, ...html.items], html.base)
  const rdfa = isJson ? undefined : await rdfaIn(body, answer.url)
  const found = [...first, ...(rdfa?.datasets ?? []).filter(each => !isDescribed(first, namesOf(each)))]
  const inDcat = rdfa
    ? rdfa.dcat.subjects
        .filter(subject => !isDescribed(found, [subject.value, ...titlesOf(rdfa.dcat.page, subject)]))
        .map(subject => dcatRecord(rdfa.dcat.page, subject, rdfa.dcat.mended, rdfa.problem !== undefined))
    : []
  if (rdfa?.problem && first.length === 0) problems.push(rdfa.problem)
  if (
    found.length + inDcat.length === 0 &&
    problems.length === 0 &&
    follow &&
    !isJson &&
    html.alternates[0] &&
    hostOf(html.alternates[0]) === hostOf(source.url)
  )
    return readPage(html.alternates[0], source, fetch, false)
  const own = 'canonical' in html && html.canonical && hostOf(html.canonical) === hostOf(url) ? html.canonical : url
  const language = /^([a-z]{2,3})(?:[-_]|$)/i.exec(html.language)?.[1]?.toLowerCase() ?? source.language
  const records = found.map(dataset => recordOf({ page: own, language, dataset: found.length === 1 ? dataset : marked(dataset, own) }))
  return [...once([...records, ...inDcat]), ...problems.map(problem => ({ problem }))]
}

/** Whether a page describes a dataset already in another syntax. */
const isDescribed = (before: JsonObject[], names: string[]) => before.some(each => namesOf(each).some(name => names.includes(name)))
/** The names of a dataset on its page: identifier, address, name. */
const namesOf = (dataset: JsonObject) =>
  ['@id', 'url', 'name']
    .flatMap(field => [dataset[field]].flat())
    .map(text)
    .filter(Boolean)

/** Parses JSON as pages hold it: within comments, with entities, with raw line breaks or commas too many. */
function parsed(written: string): unknown {
  const bare = written
    .trim()
    .replace(/^(?:\/\/\s*)?(?:<!--|<!\[CDATA\[)|(?:\/\/\s*)?(?:-->|\]\]>)$/g, '')
    .trim()
    .replace(/;$/, '')
  try {
    return parseJson(bare)
  } catch {
    return parseJson(
      bare
        .replace(/[\u0000-\u001f]+/g, ' ')
        .replace(/,(\s*[}\]])/g, '$1')
        .replace(/^\{&quot;[\s\S]*$/, all => all.replaceAll('&quot;', '"').replaceAll('&amp;', '&')),
    )
  }
}

/** Gives each of several datasets of a page an IRI, made of its identifier or its name where it has none. */
function marked(dataset: JsonObject, page: string): JsonObject {
  if (text(dataset['@id']) || text(dataset['url'])) return dataset
  return { ...dataset, '@id': `${page}#${digest(items(dataset['identifier'])[0] ?? text(dataset['name'])).slice(0, 12)}` }
}

/** A dataset that stands twice on a page: what comes first is kept. */
function once<Record extends HarvestedRecord | { problem: Problem }>(records: Record[]): Record[] {
  const seen = new Set<string>()
  return records.filter(record => {
    if (!('payload' in record) || !seen.has(record.key)) {
      if ('payload' in record) seen.add(record.key)
      return true
    }
    return false
  })
}

/** Known by its `@id`, else by its address, else by its page. */
export function recordOf(sent: OnPage): HarvestedRecord | { problem: Problem } {
  const { page, dataset } = sent
  const key = text(dataset['@id']) || (URL.canParse(text(dataset['url']), page) ? new URL(text(dataset['url']), page).href : page)
  return jsonRecord(
    sent,
    { key, name: text(dataset['name']) || undefined, modified: text(dataset['dateModified']) || undefined, nameless: 'A dataset has no address' },
    mapDataset(sent, key),
  )
}
