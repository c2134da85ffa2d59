import { paths } from '../../../config/addresses.ts'
import { columns, hasPoints, shareOf } from '../../../outlets/scorecard/figures.ts'
import { pageOf } from '../../../outlets/scorecard/names.ts'
import { listOf } from '../../page/lists.ts'
import type { Page } from '../../page/page.ts'
import type { ScopeDimension, ScopeFigures } from '../../page/scope-figures.ts'
import { NumberTiles, type Tile } from '../number-tiles.tsx'

interface Told {
  page: Page
  dimension: ScopeDimension
  slug: string
  figures: ScopeFigures
}

/** A body, a theme or a place in numbers, each of which leads to what stands behind it. */
export function ScopeTiles({ page, dimension, slug, figures: { card, rank, unopened, late, requests } }: Told) {
  const { t, number } = page.words
  const shares = (card ? ['openFormat', 'fresh'] : []).flatMap((name): Tile[] => {
    const share = shareOf(card!.figures, name)
    const { met } = columns.find(each => each.name === name)!
    return share === undefined
      ? []
      : [
          {
            name: t(`criterion.${name}`),
            value: t('scorecard.percent', { share: number(Math.round(share * 100)) }),
            to: listOf(page, [[dimension, slug]], met),
          },
        ]
  })
  const asked = new URLSearchParams(dimension === 'publisher' ? { body: slug } : { [dimension]: slug })
  // The inventory is kept by bodies; of a theme or a place the list of datasets tells.
  const closed =
    dimension === 'publisher'
      ? page.to(paths.inventory, asked)
      : page.to(
          paths.datasets,
          new URLSearchParams([
            [dimension, slug],
            ['availability', 'announced'],
            ['availability', 'none'],
          ]),
        )
  const tiles: Tile[] = [
    ...shares,
    ...(card && hasPoints(card.figures)
      ? [
          {
            name: rank ? t('organisations.rank', { rank: number(rank.at), of: number(rank.of) }) : t('quality.title'),
            value: t('home.points', { count: Math.round(card.figures.points.score) }),
            to: page.to(pageOf(card, paths)),
          },
        ]
      : []),
    {
      name: t(late > 0 ? 'organisations.announced_late' : 'organisations.announced', { count: late }),
      value: number(unopened),
      to: unopened > 0 ? closed : undefined,
      kind: late > 0 ? 'bad' : undefined,
    },
    { name: t('organisations.requests'), value: number(requests), to: requests > 0 || dimension === 'publisher' ? page.to(paths.requests, asked) : undefined },
  ]
  return <NumberTiles tiles={tiles} />
}
