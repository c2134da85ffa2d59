/**
 * A text in the first of these languages that it has, else in the first that it was given in; undefined where there is none. Without a better one, a region or
 * script more or less is the same language (RFC 4647, section 3.4): `pt-BR` reads `pt`, and `de` reads `de-at`.
 */
export function choose(texts: Record<string, string>, languages: string[]): { text: string; language: string } | undefined {
  for (const language of [...languages, ...Object.keys(texts)]) {
    const found = texts[language] ? language : Object.keys(texts).find(each => texts[each] && isAlike(each, language))
    if (found !== undefined) return { text: texts[found]!, language: found }
  }
}

/** Whether two codes are one language, with a region or script more or less. */
export function isAlike(one: string, other: string): boolean {
  const [a, b] = [one.toLowerCase(), other.toLowerCase()]
  return a === b || a.startsWith(`${b}-`) || b.startsWith(`${a}-`)
}
