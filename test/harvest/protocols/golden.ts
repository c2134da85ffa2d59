import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll } from 'vitest'
import { root as project } from '../../../src/files.ts'
import { normalise } from '../../../src/normalise/steps.ts'
import type { Graph } from '../../../src/rdf/graph.ts'
import type { NamedNode } from '../../../src/rdf/terms.ts'
import { loadVocabulary, type Vocabulary } from '../../../src/vocabulary/vocabulary.ts'
import { statements } from './statements.ts'

export const base = 'https://catalogue.example.ma'
export const mint = { base, record: `${base}/record/r`, dataset: `${base}/id/dataset/r` }

/**
 * What we make of a record beside what others made of the same one. `list` holds the differences that are meant: cases, `-` theirs only or `+` ours only,
 * statements (path and value), why.
 */
export function golden(list: string) {
  const meant = readFileSync(join(import.meta.dirname, list), 'utf8')
    .split('\n')
    .slice(1)
    .filter(Boolean)
    .map(line => {
      const [cases = '', side = '', pattern = '', why = ''] = line.split('\t')
      return { cases: new RegExp(`^(${cases})$`), side, pattern: new RegExp(`^(?:${pattern})$`), why }
    })
  const used = new Set<string>()
  let vocabulary: Vocabulary
  beforeAll(async () => {
    vocabulary = await loadVocabulary(join(project, 'ontologies'), base)
  })
  return {
    /** The statements of a dataset, normalised. */
    normalised(from: Graph, dataset: NamedNode, language: string): Set<string> {
      normalise({ graph: from, dataset, record: mint.record, base, defaults: { language }, vocabulary, repairs: [] })
      return new Set(statements(from, dataset, mint.record))
    },
    /** Differences for which the list has no reason. */
    unexplained(name: string, theirs: Set<string>, ours: Set<string>): string[] {
      const differences = [
        ...[...theirs].filter(each => !ours.has(each)).map(each => ['-', each] as const),
        ...[...ours].filter(each => !theirs.has(each)).map(each => ['+', each] as const),
      ]
      return differences
        .filter(([side, statement]) => {
          const reasons = meant.filter(each => each.cases.test(name) && each.side.includes(side) && each.pattern.test(statement))
          for (const { why, pattern } of reasons) used.add(`${side} ${pattern.source} ${why}`)
          return reasons.length === 0
        })
        .map(each => each.join(' '))
        .sort()
    },
    /** Reasons of the list that no case needed. */
    needless: () => meant.flatMap(({ side, pattern, why }) => [...side].map(each => `${each} ${pattern.source} ${why}`)).filter(each => !used.has(each)),
  }
}
