import type { Recognised, Candidate } from '../../protocol.ts'
import { readJson } from '../../readers/json/answer.ts'
import { at } from '../../readers/json/fields.ts'
import { few, firstOf, objectIn } from '../../readers/recognise.ts'

/** Socrata: its discovery API, which is at the root of the host. */
export const recogniseSocrata = ({ url, bases, fetch }: Candidate): Promise<Recognised | undefined> =>
  firstOf(bases.length > 0 ? [new URL('/', url).href] : [], async base => {
    const domain = new URL(base).host
    const { results, resultSetSize } = objectIn(
      readJson(
        await fetch(
          `${base}api/catalog/v1?${new URLSearchParams({ domains: domain, search_context: domain, only: 'datasets,maps,files,hrefs', limit: '5' })}`,
          'application/json',
        ),
      ),
    )
    if (!Array.isArray(results) || typeof resultSetSize !== 'number') return undefined
    return { url: base, sure: resultSetSize > 0, datasets: resultSetSize, licences: few(results.map(each => at(each, 'metadata.license'))) }
  })
