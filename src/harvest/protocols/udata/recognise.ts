import type { Recognised, Candidate } from '../../protocol.ts'
import { readJson } from '../../readers/json/answer.ts'
import { objects } from '../../readers/json/values.ts'
import { few, firstOf, ifAnswered, objectIn, titled } from '../../readers/recognise.ts'

/** udata: the list of datasets of its API 1. */
export const recogniseUdata = ({ bases, fetch }: Candidate): Promise<Recognised | undefined> =>
  firstOf(bases, async base => {
    const { data, total } = objectIn(readJson(await fetch(`${base}api/1/datasets/?page=1&page_size=5`, 'application/json')))
    if (!Array.isArray(data) || typeof total !== 'number') return undefined
    const site = objectIn(await ifAnswered(async () => readJson(await fetch(`${base}api/1/site/`, 'application/json'))))
    return { url: base, sure: total > 0, datasets: total, ...titled(site['title']), licences: few(objects(data).map(each => each['license'])) }
  })
