import type { Concept } from '../../../vocabulary/concepts.ts'

/** What licences ask for, by their code, the strictest first: the words stand under `terms`. */
const asked: [term: string, code: RegExp][] = [
  ['unchanged', /ND(?:_|$)/],
  ['noncommercial', /NC(?:SA)?(?:_|$)/],
  ['share', /BYSA|^ODC_BL$|^odbl|^GNU_FDL|GPL_/],
  ['attribution', /BY(?:_|$)|^ETALAB|^OGL|^NLOD|^IODL|^ODC_BY|^COM_REUSE|^HROD/],
  ['public', /^CC0$|PDM|PDDL|ZERO/],
]

/** A licence in plain words: the key of the sentence; undefined for one of which too little is known. */
export const termOf = ({ slug }: Concept): string | undefined => asked.find(([, code]) => code.test(slug))?.[0]
