import { z } from 'zod'
import { search } from '../../../ledger/records/search.ts'
import { figuresJson } from '../../../outlets/scorecard/json.ts'
import { emptyCard, scorecardsNow } from '../../../outlets/scorecard/scorecard.ts'
import { filtersIn, language } from '../asked.ts'
import { labelOf, readingIn, toldBriefly } from '../told.ts'
import { tool } from '../tool.ts'

/** The scorecard of a body, what it gains by mending, and datasets that need it most. */
export const producerQuality = tool({
  name: 'producer_quality',
  title: 'Quality of a producer',
  about: 'How good the descriptions of one body are: its scorecard (0 to 405 points, MQA), the changes that gain most, and some datasets that need work.',
  input: z.object({ publisher: z.string().min(1).max(200).describe('Slug or name of the body.'), answer_language: language }),
  answer: (site, { publisher, answer_language: wished }) => {
    const { ledger } = site.publication
    const reading = readingIn(site, wished)
    const slug = filtersIn(site, { publisher })!.publisher![0]!
    const cards = scorecardsNow(ledger)
    const card = cards.find('publisher', slug) ?? emptyCard('publisher', slug)
    const weak = search(ledger, { filters: { publisher: [slug], quality: ['bad'] }, sort: 'modified', most: 5 })
    return {
      publisher: labelOf(site, 'publisher', slug, reading),
      slug,
      address: site.addresses.organisation(slug),
      scorecard: site.addresses.qualityOf(slug),
      ...figuresJson(card.figures),
      fixes: cards.fixes(card).slice(0, 5),
      needMostWork: toldBriefly(site, weak.records, reading),
    }
  },
})
