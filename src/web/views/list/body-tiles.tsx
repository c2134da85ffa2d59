import { paths } from '../../../config/addresses.ts'
import { columns, shareOf } from '../../../outlets/scorecard/figures.ts'
import type { BodyFigures } from '../../page/body-figures.ts'
import { listOf } from '../../page/lists.ts'
import type { Page } from '../../page/page.ts'
import { NumberTiles, type Tile } from '../number-tiles.tsx'

/** A body in numbers, each of which leads to what stands behind it. */
export function BodyTiles({ page, slug, figures: { card, rank, of, announced, late, requests } }: { page: Page; slug: string; figures: BodyFigures }) {
  const { t, number } = page.words
  const body = new URLSearchParams({ body: slug })
  const shares = (card ? ['openFormat', 'fresh'] : []).flatMap((name): Tile[] => {
    const share = shareOf(card!.figures, name)
    const { met } = columns.find(each => each.name === name)!
    return share === undefined
      ? []
      : [
          {
            name: t(`criterion.${name}`),
            value: t('scorecard.percent', { share: number(Math.round(share * 100)) }),
            to: listOf(page, [['publisher', slug]], met),
          },
        ]
  })
  const tiles: Tile[] = [
    ...shares,
    ...(card
      ? [
          {
            name: t('organisations.rank', { rank: number(rank), of: number(of) }),
            value: t('home.points', { count: Math.round(card.figures.points.score) }),
            to: page.to(paths.qualityOf(encodeURIComponent(slug))),
          },
        ]
      : []),
    {
      name: t(late > 0 ? 'organisations.announced_late' : 'organisations.announced', { count: late }),
      value: number(announced),
      to: announced > 0 ? page.to(paths.inventory, body) : undefined,
      kind: late > 0 ? 'bad' : undefined,
    },
    { name: t('organisations.requests'), value: number(requests), to: page.to(paths.requests, body) },
  ]
  return <NumberTiles tiles={tiles} />
}
