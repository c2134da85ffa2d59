import type { VNode } from 'preact'
import { Problem } from '../../problem.ts'
import { ntriples } from '../../rdf/formats.ts'
import { readQuery } from '../../store/query.ts'
import { resultFormats } from '../../store/result-formats.ts'
import { textOf, type Wanted } from '../../store/store.ts'
import { irisIn, readResult, shownGraph, shownResult, type ShownAnswer } from '../page/answer.ts'
import { namesOf } from '../page/names.ts'
import type { Page } from '../page/page.ts'
import type { Asked, Download, Fault } from '../views/query/answer.tsx'
import { QueryView } from '../views/query/query.tsx'
import { answerOf } from './answer.ts'
import { exampleQueries } from './examples.ts'
import { labelsOf } from './labels.ts'

/** The query page before anything was asked. */
export const queryPage = (page: Page, asked?: Asked): VNode => <QueryView page={page} examples={exampleQueries(page)} asked={asked} />

/** A query, and how it is to be answered. */
type Wish = { query: string } & Pick<Wanted, 'dataset' | 'timeoutS' | 'client' | 'signal'>

/** The query page with the answer to a query, or with what is wrong with it; and its status. */
export async function answeredPage(page: Page, { query: text, ...wanted }: Wish): Promise<{ view: VNode; status: number }> {
  const began = performance.now()
  const asked = { query: text, ms: 0 }
  try {
    const query = await readQuery(text, page.site.publication.catalogue.sparql.federation)
    const isGraph = query.form === 'construct' || query.form === 'describe'
    const kind = isGraph ? 'graph' : query.form === 'ask' ? 'boolean' : 'bindings'
    const { answer } = await answerOf(page.site, query, { ...wanted, mediaType: isGraph ? ntriples.mediaType : resultFormats[kind][0]!.mediaType })
    asked.ms = performance.now() - began
    const shown = isGraph ? await shownGraph(textOf(answer)) : await withNames(page, textOf(answer))
    return { view: queryPage(page, { ...asked, answer: shown, downloads: downloadsOf(resultFormats[kind]), cut: answer.cut !== undefined }), status: 200 }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return { view: queryPage(page, { ...asked, fault: faultOf(page, error) }), status: error.status }
  }
}

/** A result with the names of what stands in it. */
async function withNames(page: Page, json: string): Promise<ShownAnswer> {
  const result = readResult(json)
  const iris = irisIn(result)
  return shownResult(page, result, namesOf(page, iris, await labelsOf(page.site, iris)))
}

const downloadsOf = (formats: { mediaType: string; extension: string; label?: string }[]): Download[] =>
  formats.map(({ mediaType, extension, label }) => ({ mediaType, extension, label: label ?? extension.toUpperCase() }))

/** What is wrong, in the words of the page; where it is said at what place, with the place. */
function faultOf({ words }: Page, { code, message, said, place: { line, column, excerpt } }: Problem): Fault {
  return {
    title: words.t(`problem.${code}`),
    // What has a sentence of its own is not only a matter of what cannot stand there.
    ...(line !== undefined && column !== undefined && { place: { line, column, excerpt, told: said !== undefined && !/\.(?:misplaced|ends)/.test(said.key) } }),
    ...(words.has(`trouble.${code}.mend`) && { advice: words.t(`trouble.${code}.mend`) }),
    detail: said ? words.t(said.key, said.values) : message,
    ...(!said && { language: 'en' }),
  }
}
