import type { Part, Remedies, Remedy } from '../../outlets/report/report.ts'
import { kindOf } from '../../problem.ts'
import type { Rule } from '../../validate/profiles.ts'
import type { Words } from '../../words/words.ts'

/** A sentence in every language that has it, or another that stands in for it. */
export const inAllLanguages = (words: Map<string, Words>, ...keys: string[]): Record<string, string> =>
  Object.fromEntries(
    [...words].flatMap(([language, { has, t }]) => {
      const key = keys.find(has)
      return key === undefined ? [] : [[language, t(key)]]
    }),
  )

/** What reports say of problems, repairs and rules: of the first two as the words have it, of rules as their shapes do. */
export function remediesOf(words: Map<string, Words>, rules: Map<string, Rule>): Remedies {
  const known = new Map<string, Remedy>()
  return (part, name) => {
    const found = known.get(`${part} ${name}`) ?? remedy(words, rules, part, name)
    known.set(`${part} ${name}`, found)
    return found
  }
}

function remedy(words: Map<string, Words>, rules: Map<string, Rule>, part: Part, name: string): Remedy {
  if (part === 'findings') {
    const rule = rules.get(name)
    return { title: rule?.message ?? { und: name }, mend: rule?.advice ?? {} }
  }
  const [title, ...mend] = {
    // A problem that has no remedy of its own has that of its kind, as notices say it.
    problems: [`trouble.${name}.title`, `trouble.${name}.mend`, `remedy.${kindOf(name)}`],
    repairs: [`repair.${name}`, `mend.${name}`],
    changes: [`report.change.${name}`],
  }[part] as [string, ...string[]]
  const said = inAllLanguages(words, title)
  return { title: Object.keys(said).length > 0 ? said : { und: name }, mend: inAllLanguages(words, ...mend) }
}
