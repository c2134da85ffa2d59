import { fold } from './fold.ts'

/**
 * Words that say nothing of what is searched for, by language. Words that are also names of things – or, est, été, car, mine – are left out, and so is
 * everything that French and English write alike but mean otherwise once accents are folded (thé, à).
 */
const lists: Record<string, string> = {
  fr: `au aux avec ce ces cet cette chez combien comment d dans de des donne donnee donnees du elle elles en entre et eux il ils jeu jeux j je l la le les leur
    leurs lui m ma mes n ne nos notre nous on ou par pas pour qu quand que quel quelle quelles quels qui quoi s sa selon ses si sur t ta tes toute toutes tous
    tout un une vers vos votre vous y sont dont c`,
  en: `a about all an and any are as at be by data dataset datasets do does for from how i in into is it its many me much of on per show that the their
    there these this those to was were what when where which who why with you your`,
  ar: `في من علي الي عن مع هذا هذه ذلك تلك التي الذي الذين ان او ثم كل كان كانت ما هل هو هي بين حسب عند منذ حول خلال بعد قبل لدي كم اين متي كيف و ب ل ف ك بيانات
    البيانات معطيات المعطيات`,
}

const stopWords = new Set(Object.values(lists).flatMap(list => list.split(/\s+/).map(fold)))

/** Whether a folded word says nothing by itself. */
export const isStopWord = (word: string): boolean => stopWords.has(word)
