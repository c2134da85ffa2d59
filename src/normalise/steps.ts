import { nameAgents, writeContacts } from './agents.ts'
import { matchConcepts, widenThemes } from './concepts.ts'
import { replacePersonal } from './contacts.ts'
import { correct } from './corrections.ts'
import { writeDates } from './dates.ts'
import { fillIn } from './defaults.ts'
import { completeDistributions, writeMediaTypes } from './distributions.ts'
import type { Draft, Step } from './draft.ts'
import { leaveOurs, literalLinks, mendIris, renamePrivate } from './iris.ts'
import { readLists } from './lists.ts'
import { writeNumbers } from './numbers.ts'
import { nameParties } from './parties.ts'
import { readPeriods } from './periods.ts'
import { namePlaces, readPlaces } from './places.ts'
import { cleanText, tagLanguages } from './text.ts'
import { upgrade } from './upgrade.ts'

/** The steps in their order. Add a step: a function and a line. */
export const steps: Step[] = [
  mendIris,
  leaveOurs,
  renamePrivate,
  readLists,
  literalLinks,
  upgrade,
  nameParties,
  readPlaces,
  cleanText,
  matchConcepts,
  tagLanguages,
  readPeriods,
  writeDates,
  writeNumbers,
  namePlaces,
  nameAgents,
  writeContacts,
  writeMediaTypes,
  completeDistributions,
  widenThemes,
  replacePersonal,
  fillIn,
  correct,
]

/** Characters that a repair tells of what stood there before and stands there now. */
const most = 500

/** Brings what a portal said into the words of DCAT-AP 3. The draft's graph is changed in place; each change is listed in its repairs. */
export function normalise(draft: Draft): Draft {
  for (const step of steps) step(draft)
  draft.repairs = draft.repairs.map(repair =>
    repair.before.length > most || repair.after.length > most
      ? { ...repair, before: repair.before.slice(0, most), after: repair.after.slice(0, most) }
      : repair,
  )
  return draft
}
