/** What a number is of, and where what stands behind it is. */
export interface Tile {
  name: string
  value: string
  to?: string | undefined
  kind?: 'bad' | undefined
}

/** Numbers beside each other. */
export function NumberTiles({ tiles }: { tiles: Tile[] }) {
  return (
    <dl class="number-tiles">
      {tiles.map(({ name, value, to, kind }) => (
        <div class={kind && `number-${kind}`}>
          <dt>{to ? <a href={to}>{name}</a> : name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
