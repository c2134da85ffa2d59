/** Asks for the page of a query: the server makes the answer as it does where there are no scripts. */
export async function fetchAnswer(address: string, signal: AbortSignal): Promise<Document> {
  const answer = await fetch(address, { signal, headers: { Accept: 'text/html' } })
  return new DOMParser().parseFromString(await answer.text(), 'text/html')
}

/**
 * Takes over from another page what depends on the query: the answer, what is said of it, which example it is, and the links to the page in other languages.
 */
export function takeOver(page: Document): void {
  for (const place of ['#said', '.languages', '#examples ul']) {
    const theirs = page.querySelectorAll(place)
    for (const [at, mine] of document.querySelectorAll(place).entries()) mine.replaceChildren(...(theirs[at]?.childNodes ?? []))
  }
  const answer = page.getElementById('answer')
  // Too many queries, or a failure of ours: that page says what happened in its own words.
  const other = page.querySelector('.problem h1')
  if (answer) document.getElementById('answer')?.replaceChildren(...answer.childNodes)
  else if (other) document.getElementById('said')?.replaceChildren(...other.childNodes)
  else throw new Error('There is no answer in the page.')
}
