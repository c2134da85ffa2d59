import { Problem } from '../../../problem.ts'
import type { Recognised, Candidate } from '../../protocol.ts'
import { partsOf } from '../../readers/json/stream.ts'
import { isObject } from '../../readers/json/values.ts'
import { behind, few, firstOf, languagesIn, titled } from '../../readers/recognise.ts'

/** data.json: a list of datasets with identifiers and titles, at the address itself or at the root of the portal. */
export const recogniseDataJson = ({ url, bases, open }: Candidate): Promise<Recognised | undefined> =>
  firstOf([url, ...behind(bases, ['data.json'])], async address => {
    const licences: unknown[] = []
    const languages: unknown[] = []
    let datasets = 0
    let more = false
    let title: unknown
    try {
      for await (const { path, value } of partsOf(await open(address, 'application/json, */*;q=0.1'), ['$.dataset.*', '$.title', '$.language'])) {
        if (path[0] === 'title') title = value
        else if (path[0] === 'language') languages.push(value)
        else if (path[0] === 'dataset' && isObject(value) && (value['identifier'] ?? value['title']) !== undefined) {
          datasets++
          licences.push(value['license'])
          languages.push(value['language'])
        }
      }
    } catch (error) {
      // A file that is too long or broken is recognised by its first datasets.
      if (!(error instanceof Problem) || datasets === 0) throw error
      more = true
    }
    if (datasets === 0) return undefined
    const said = languagesIn(languages.flat())
    return { url: address, sure: true, datasets, ...(more && { more }), ...titled(title, said[0]), languages: said, licences: few(licences) }
  })
