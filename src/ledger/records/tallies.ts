import type { Ledger } from '../file/ledger.ts'
import type { Entry } from './entry.ts'

/** By what rules are named in reports: findings of what breaks them, repairs that were made by them. */
export type Said = 'finding' | 'repair'

/** The number of a rule. */
export type RuleNumbers = (said: Said, name: string, severity: string) => number

/** Numbers of rules, each asked for once; a new rule gets one. For one transaction: what it gave in vain is given again. */
export function ruleNumbers(ledger: Ledger): RuleNumbers {
  const known = new Map<string, number>()
  return (said, name, severity) => {
    const key = `${said} ${severity} ${name}`
    const number = known.get(key) ?? numberOf(ledger, said, name, severity)
    known.set(key, number)
    return number
  }
}

function numberOf(ledger: Ledger, said: Said, name: string, severity: string): number {
  const known = ledger.get<{ id: number }>('SELECT id FROM rule WHERE said = ? AND name = ? AND severity = ?', said, name, severity)
  return known?.id ?? ledger.run('INSERT INTO rule (said, name, severity) VALUES (?, ?, ?)', said, name, severity)
}

/** Counts by rule what is said of a record: reports over many records need not open what is said of each. */
export function writeTallies(ledger: Ledger, numbers: RuleNumbers, n: number, { findings, repairs }: Pick<Entry, 'findings' | 'repairs'>): void {
  const tallies = new Map<number, { lines: number; places: number }>()
  const add = (rule: number, places: number) => {
    const { lines, places: before } = tallies.get(rule) ?? { lines: 0, places: 0 }
    tallies.set(rule, { lines: lines + 1, places: before + places })
  }
  for (const { rule, severity, count } of findings) add(numbers('finding', rule, severity), count ?? 1)
  for (const { rule } of repairs) add(numbers('repair', rule, ''), 1)
  for (const [rule, { lines, places }] of tallies) ledger.run('INSERT INTO tally (record, rule, lines, places) VALUES (?, ?, ?, ?)', n, rule, lines, places)
}
