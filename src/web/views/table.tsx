import type { ComponentChildren } from 'preact'

/**
 * A table that scrolls within the page where it is wider, by the keyboard too. `kind` is what its style sheet makes of it: `numbers`, smaller and closer
 * together, for one of many figures; `listed`, whose rows stand below each other on narrow screens, each cell after its `data-head`, and
 * `listed listed-short` in two lines each.
 */
export function Table({
  label,
  heads,
  kind,
  children,
}: {
  label: string
  heads: string[]
  kind?: 'numbers' | 'versions' | 'differences' | 'listed' | 'listed listed-short'
  children: ComponentChildren
}) {
  return (
    <div class="scroll" tabindex={0} role="region" aria-label={label}>
      <table class={kind}>
        <thead>
          <tr>
            {heads.map(head => (
              <th scope="col">{head}</th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  )
}
