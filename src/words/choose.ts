/** A text in the first of these languages that it has, else in the first that it was given in; undefined where there is none. */
export function choose(texts: Record<string, string>, languages: string[]): { text: string; language: string } | undefined {
  const language = [...languages, ...Object.keys(texts)].find(each => texts[each])
  return language === undefined ? undefined : { text: texts[language]!, language }
}
