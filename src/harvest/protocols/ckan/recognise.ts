import type { Recognised, Candidate } from '../../protocol.ts'
import { objects } from '../../readers/json/values.ts'
import { few, firstOf, ifAnswered, languagesIn, objectIn, titled } from '../../readers/recognise.ts'
import { actionUrl, askAction, siteOf } from './api.ts'

/** CKAN: `package_search` counts and lists. Its first datasets tell the suffixes of their languages and their licences. */
export const recogniseCkan = ({ bases, fetch }: Candidate): Promise<Recognised | undefined> =>
  firstOf(bases, async base => {
    const found = objectIn(await askAction(fetch, actionUrl(base), 'package_search', { rows: '5' }))
    if (typeof found['count'] !== 'number' || !Array.isArray(found['results'])) return undefined
    const packages = objects(found['results'])
    const status = objectIn(await ifAnswered(() => askAction(fetch, actionUrl(base), 'status_show', {})))
    const suffixes = few(packages.flatMap(each => Object.keys(each)).map(name => /^(?:title|notes)_([a-z]{2})$/.exec(name)?.[1]))
    const locale = languagesIn([status['locale_default']])
    return {
      url: `${siteOf(base)}/`,
      sure: found['count'] > 0,
      datasets: found['count'],
      // `CKAN` is the title of a portal that was never given one.
      ...(status['site_title'] !== 'CKAN' && titled(status['site_title'], locale[0])),
      languages: [...new Set([...locale, ...suffixes])],
      licences: few(packages.map(each => each['license_id'])),
      ...(suffixes.length > 0 && { options: { languages: Object.fromEntries(suffixes.map(each => [each, each])) } }),
    }
  })
