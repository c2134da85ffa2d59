import type { Run } from '../../../ledger/runs/runs.ts'
import type { Page } from '../../page/page.ts'

/** A sign beside the colour. */
const signs: Record<Run['state'], string> = { complete: '', partial: '–', failed: '×', held: '!', running: '…' }
const [slot, high] = [12, 56]

/**
 * The latest runs as bars, the oldest first in the direction of reading: the height is what was seen, the colour and the sign are the state. The table beside
 * it has the numbers.
 */
export function RunsPicture({ page, runs }: { page: Page; runs: Run[] }) {
  const {
    words: { t, number, moment, direction },
  } = page
  const oldestFirst = runs.toReversed()
  const most = Math.max(1, ...runs.map(run => run.seen))
  const states = [...Map.groupBy(runs, run => run.state)].map(([state, all]) => `${t(`run.${state}`)} ${number(all.length)}`)
  const width = oldestFirst.length * slot
  return (
    <figure class="runs-picture">
      <svg
        viewBox={`0 0 ${width} ${high + 14}`}
        role="img"
        aria-labelledby="runs-picture-title runs-picture-text"
        width={width * 1.6}
        height={(high + 14) * 1.6}
      >
        <title id="runs-picture-title">{t('standing.picture')}</title>
        <desc id="runs-picture-text">{t('standing.picture_text', { states: states.join(direction === 'rtl' ? '، ' : ', '), most: number(most) })}</desc>
        {oldestFirst.map((run, at) => {
          const tall = Math.max(3, (run.seen / most) * high)
          const x = direction === 'rtl' ? width - (at + 1) * slot : at * slot
          const changed = Math.min(tall, ((run.added + run.updated) / most) * high)
          return (
            <g class={`run-bar run-${run.state}`}>
              <title>{`${moment(run.started)} : ${t(`run.${run.state}`)}, ${t('run.seen')} ${number(run.seen)}`}</title>
              <rect class="run-seen" x={x + 1.5} y={high - tall} width={slot - 3} height={tall} rx="1.5" />
              <rect class="run-changed" x={x + 1.5} y={high - changed} width={slot - 3} height={changed} rx="1.5" />
              <text x={x + slot / 2} y={high + 11} text-anchor="middle">
                {signs[run.state]}
              </text>
            </g>
          )
        })}
      </svg>
      <figcaption>
        {[...new Set(runs.map(run => run.state))].map(state => (
          <span class={`run-key run-${state}`}>
            {t(`run.${state}`)}
            {signs[state] && <span aria-hidden="true"> {signs[state]}</span>}
          </span>
        ))}
      </figcaption>
    </figure>
  )
}
