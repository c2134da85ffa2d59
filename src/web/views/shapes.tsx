import type { Drawing, Mark, Spot } from '../../sample.ts'
import type { Page } from '../page/page.ts'

/** Width of a drawing, and its height at most and at least. */
const [wide, highest, lowest] = [640, 480, 220]
/** Steps between two lines of the net, in degrees. */
const steps = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 45, 90]

/**
 * Shapes on a net of meridians and parallels, without a map behind them: nobody is asked for one. `room`: how much of the earth is shown around them, as a
 * part of their own size. West stays west in every language.
 */
export function Shapes({ page, drawing, room = 0.08 }: { page: Page; drawing: Drawing; room?: number }) {
  const { words } = page
  const middle = (drawing.south + drawing.north) / 2
  // A degree of longitude is shorter the farther from the equator.
  const across = Math.max(0.2, Math.cos((middle * Math.PI) / 180))
  const least = 0.004
  const size = Math.max((drawing.east - drawing.west) * across, drawing.north - drawing.south, least) * (1 + 2 * room)
  const [width, height] = [
    Math.max((drawing.east - drawing.west) * across * (1 + 2 * room), size * 0.6),
    Math.max((drawing.north - drawing.south) * (1 + 2 * room), size * 0.35),
  ]
  const scale = Math.min(wide / width, highest / height)
  const high = Math.max(lowest, Math.round(height * scale))
  const west = (drawing.east + drawing.west) / 2 - wide / scale / across / 2
  const north = middle + high / scale / 2
  const at = ([x, y]: Spot): Spot => [round((x - west) * across * scale), round((north - y) * scale)]
  const [east, south] = [west + wide / scale / across, north - high / scale]
  const step = steps.find(each => (north - south) / each <= 5) ?? 90
  const degrees = (value: number, signs: [string, string]) => words.t(`shapes.${value < 0 ? signs[0] : signs[1]}`, { n: words.number(Math.abs(neat(value))) })
  const label = words.t('shapes.box', {
    west: degrees(drawing.west, ['west', 'east']),
    east: degrees(drawing.east, ['west', 'east']),
    south: degrees(drawing.south, ['south', 'north']),
    north: degrees(drawing.north, ['south', 'north']),
  })
  return (
    <figure class="shapes">
      <svg viewBox={`0 0 ${wide} ${high}`} role="img" aria-label={label} dir="ltr">
        <rect class="shapes-sheet" width={wide} height={high} />
        {ticks(west, east, step).map(x => (
          <>
            <line class="shapes-net" x1={at([x, 0])[0]} x2={at([x, 0])[0]} y1="0" y2={high} />
            <text x={at([x, 0])[0] + 3} y={high - 5}>
              {degrees(x, ['west', 'east'])}
            </text>
          </>
        ))}
        {ticks(south, north, step).map(y => (
          <>
            <line class="shapes-net" x1="0" x2={wide} y1={at([0, y])[1]} y2={at([0, y])[1]} />
            <text x="4" y={at([0, y])[1] - 4}>
              {degrees(y, ['south', 'north'])}
            </text>
          </>
        ))}
        {drawing.marks.map(mark => markOf(mark, at))}
      </svg>
      <figcaption class="soft">{label}</figcaption>
    </figure>
  )
}

function markOf({ kind, lines }: Mark, at: (spot: Spot) => Spot) {
  if (kind === 'point') {
    const [x, y] = at(lines[0]![0]!)
    return <circle class="shapes-point" cx={x} cy={y} r="4" />
  }
  const path = lines.map(line => `M${line.map(spot => at(spot).join(' ')).join('L')}${kind === 'area' ? 'Z' : ''}`).join('')
  return <path class={`shapes-${kind}`} d={path} fill-rule="evenodd" />
}

/** The multiples of a step between two values, those at the very edge left out. */
function ticks(from: number, to: number, step: number): number[] {
  const edge = (to - from) * 0.04
  const first = Math.ceil((from + edge) / step)
  return Array.from({ length: Math.max(0, Math.min(20, Math.floor((to - edge) / step) - first + 1)) }, (_, at) => neat((first + at) * step))
}

const round = (value: number) => Math.round(value * 10) / 10
const neat = (value: number) => Math.round(value * 1000) / 1000
