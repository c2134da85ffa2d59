import { paths } from '../../../config/addresses.ts'
import type { SourceStanding } from '../../../outlets/standing.ts'
import { mostPoints } from '../../../validate/quality/metrics.ts'
import type { Page } from '../../page/page.ts'
import { NumberTiles } from '../number-tiles.tsx'

/** The four numbers of a source: what is shown of it, what is not, how good it is, and how much of it moves. */
export function SourceTiles({ page, standing, score, changed }: { page: Page; standing: SourceStanding; score: number | undefined; changed: number }) {
  const { t, number } = page.words
  const {
    source: { id },
    records,
  } = standing
  return (
    <NumberTiles
      tiles={[
        { name: t('held.published'), value: number(records.published + records.missing), to: page.to(paths.datasets, new URLSearchParams({ source: id })) },
        {
          name: t('held.quarantined'),
          value: number(records.quarantined),
          to: records.quarantined > 0 ? '#quarantine' : undefined,
          kind: records.quarantined > 0 ? 'bad' : undefined,
        },
        {
          name: t('sources.score'),
          value: score === undefined ? '–' : t('quality.points', { score: number(Math.round(score)), most: number(mostPoints) }),
          to: page.to(paths.sourceQuality(id)),
        },
        { name: t('sources.changed'), value: number(changed), to: '#runs' },
      ]}
    />
  )
}
