import { z } from 'zod'
import { dimensions, search } from '../../../ledger/records/search.ts'
import { language } from '../asked.ts'
import { labelOf, readingIn } from '../told.ts'
import { tool } from '../tool.ts'

/** What datasets can be narrowed by. */
export const listValues = tool({
  name: 'list_values',
  title: 'Themes, bodies, places',
  about: 'The themes, publishers, territories, sources, formats, licences, languages, ratings or ages (updated) that datasets have, with how many have each.',
  input: z.object({
    list: z.enum(dimensions),
    contains: z.string().max(100).optional().describe('Only those whose name holds this.'),
    answer_language: language,
  }),
  answer: (site, { list, contains, answer_language: wished }) => {
    const reading = readingIn(site, wished)
    const all = search(site.publication.ledger, { most: 0, values: Infinity }).facets[list].map(({ value, count }) => ({
      slug: value,
      name: labelOf(site, list, value, reading),
      datasets: count,
    }))
    const wanted = all.filter(({ slug, name }) => !contains || [slug, name].some(each => each.toLowerCase().includes(contains.toLowerCase())))
    return { total: wanted.length, values: wanted.slice(0, 100), ...(wanted.length > 100 && { more: 'Name a part of what you look for in "contains".' }) }
  },
})
