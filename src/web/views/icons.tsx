/** The eight-pointed star: the mark of the catalogue. */
export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <path d="M16 1.5 20.2 5.8H26.2V11.8L30.5 16 26.2 20.2V26.2H20.2L16 30.5 11.8 26.2H5.8V20.2L1.5 16 5.8 11.8V5.8H11.8Z" fill="currentColor" />
      <path d="M10.5 11.5h11M10.5 16h11M10.5 20.5h6.5" stroke="var(--mark-lines)" stroke-width="2.2" stroke-linecap="round" fill="none" />
    </svg>
  )
}

/** What a theme without a drawing has: a star. */
const star = 'M12 3l2.600 6.400L21 12l-6.400 2.600L12 21l-2.600-6.400L3 12l6.400-2.600L12 3Z'

/** The drawing of a theme, which stands in its list (`fihrist:icon`). */
export function ThemeIcon({ drawing }: { drawing: string | undefined }) {
  return (
    <svg
      class="icon"
      viewBox="0 0 24 24"
      aria-hidden="true"
      focusable="false"
      fill="none"
      stroke="currentColor"
      stroke-width="1.6"
      stroke-linecap="round"
      stroke-linejoin="round"
    >
      <path d={drawing ?? star} />
    </svg>
  )
}

const signs = {
  search: 'M10.500 4a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13ZM15.500 15.500 21 21',
  menu: 'M4 7h16M4 12h16M4 17h16',
  down: 'M12 3v12M7 10.500l5 5 5-5M4 20h16',
  away: 'M14 4h6v6M20 4l-9 9M18 14v5a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V7a1 1 0 0 1 1-1h5',
  yes: 'm5 12.500 4.500 4.500L19 7.500',
  no: 'm6 6 12 12M18 6 6 18',
  unknown: 'M5 12h14',
}

/** A small sign beside a word. */
export function Sign({ of }: { of: keyof typeof signs }) {
  return (
    <svg
      class={`sign sign-${of}`}
      viewBox="0 0 24 24"
      aria-hidden="true"
      focusable="false"
      fill="none"
      stroke="currentColor"
      stroke-width="2"
      stroke-linecap="round"
      stroke-linejoin="round"
    >
      <path d={signs[of]} />
    </svg>
  )
}
