declare module 'eld/extrasmall' {
  /** Detects the language of a text; the scores of the languages it may be in are between 0 and 1. */
  export const eld: { detect(text: string): { language: string; getScores(): Record<string, number> } }
}
