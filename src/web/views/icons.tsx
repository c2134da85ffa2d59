/** The eight-pointed star: the mark of the catalogue. */
export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <path d="M16 1.5 20.2 5.8H26.2V11.8L30.5 16 26.2 20.2V26.2H20.2L16 30.5 11.8 26.2H5.8V20.2L1.5 16 5.8 11.8V5.8H11.8Z" fill="currentColor" />
      <path d="M10.5 11.5h11M10.5 16h11M10.5 20.5h6.5" stroke="var(--mark-lines)" stroke-width="2.2" stroke-linecap="round" fill="none" />
    </svg>
  )
}

/** One drawing for each of the thirteen European themes; a national theme takes that of the European one it belongs to. */
const drawings: Record<string, string> = {
  AGRI: 'M12 21V9M12 13c-4 0-6-2-6-6 4 0 6 2 6 6ZM12 10c0-4 2-6 6-6 0 4-2 6-6 6ZM12 18c3.500 0 5.500-1.500 5.500-5-3.500 0-5.500 1.500-5.500 5Z',
  ECON: 'M3 20h18M6 20v-6M11 20V9M16 20v-8M5 9l5-5 5 4 5-5',
  EDUC: 'M12 5 2 9.500 12 14l10-4.500L12 5ZM6 11.500V17c3.500 2.500 8.500 2.500 12 0v-5.500M22 9.500V15',
  ENER: 'M13 2 5 13.500h6L10 22l9-12h-6.500L13 2Z',
  ENVI: 'M5 20C4 11 9 4 20 4c1 10-5 15-12 14M5 20c2-5 5-8 9-10',
  GOVE: 'M3 20h18M4 9h16L12 4 4 9ZM6 9v8M10.500 9v8M13.500 9v8M18 9v8M4.500 17h15',
  HEAL: 'M12 20s-8-5-8-11a4.500 4.500 0 0 1 8-3 4.500 4.500 0 0 1 8 3c0 6-8 11-8 11ZM9 11h6M12 8v6',
  INTR: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM3 12h18M12 3c3 2.500 4 6 4 9s-1 6.500-4 9c-3-2.500-4-6-4-9s1-6.500 4-9Z',
  JUST: 'M12 4v16M7 20h10M5 7h14M5 7l-3 7c1 2 5 2 6 0L5 7ZM19 7l-3 7c1 2 5 2 6 0l-3-7Z',
  REGI: 'm3 6 6-2.500 6 2.500 6-2.500v14.500L15 20.500 9 18l-6 2.500V6ZM9 3.500V18M15 6v14.500',
  SOCI: 'M8.500 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7ZM2 20c0-4 2.500-6 6.500-6s6.500 2 6.500 6M16 4.500a3.500 3.500 0 0 1 0 6.500M17.500 14c3 .500 4.500 2.500 4.500 6',
  TECH: 'M8 8h8v8H8zM5 5h14v14H5zM9 2v3M15 2v3M9 19v3M15 19v3M2 9h3M2 15h3M19 9h3M19 15h3',
  TRAN: 'M4 16V7c0-2 1-3 3-3h10c2 0 3 1 3 3v9ZM4 11h16M7 20v-2M17 20v-2M4 16v1.500h16V16M7.500 14h.500M16 14h.500',
}

export function ThemeIcon({ code }: { code: string | undefined }) {
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
      <path d={drawings[code ?? ''] ?? 'M12 3l2.600 6.400L21 12l-6.400 2.600L12 21l-2.600-6.400L3 12l6.400-2.600L12 3Z'} />
    </svg>
  )
}

const signs = {
  search: 'M10.500 4a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13ZM15.500 15.500 21 21',
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
