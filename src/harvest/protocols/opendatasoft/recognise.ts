import type { Recognised, Candidate } from '../../protocol.ts'
import { at } from '../../readers/json/fields.ts'
import { few, firstOf, languagesIn } from '../../readers/recognise.ts'
import { apis, askPage, siteOf } from './api.ts'

/** Opendatasoft: the newest edition of its API that answers. */
export const recogniseOpendatasoft = ({ bases, fetch }: Candidate): Promise<Recognised | undefined> =>
  firstOf(bases, base =>
    firstOf(
      apis.map(({ name }) => name),
      async name => {
        const { items, total } = await askPage(fetch, siteOf(base), { api: apis.find(api => api.name === name)!, size: 5, offset: 0 })
        if (total === undefined) return undefined
        const told = (path: string) => items.map(item => at(item, `metas.default.${path}`))
        return {
          url: `${siteOf(base)}/`,
          sure: total > 0,
          datasets: total,
          languages: languagesIn([told('language'), told('metadata_languages')].flat(2)),
          licences: few(told('license')),
        }
      },
    ),
  )
