/** Letters of one text that a page shows: nobody reads more, and all of it is in the data. */
export const mostLetters = { text: 20_000, value: 3000, title: 600 }

/** The beginning of a text that is too long for a page. */
export const cut = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most)}…` : text)
