import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from '../../src/files.ts'
import { Graph } from '../../src/rdf/graph.ts'
import { rdf } from '../../src/rdf/namespaces.ts'
import { lines } from '../../src/rdf/serialise.ts'
import { isBlank } from '../../src/rdf/terms.ts'
import { cases } from '../edition.ts'
import { readCase, run, written } from './case.ts'

const text = (of: Graph) => lines(of, false).trim().split('\n')

describe.each(cases(join(root, 'test/normalise/cases')))('%s', (_name, file) => {
  const { before, after, repairs, defaults, gone } = readCase(file)

  it('become what is published', async () => {
    const draft = await run(new Graph(before), defaults)
    expect(text(draft.graph)).toEqual(text(after))
    expect(draft.repairs.map(written).sort()).toEqual(repairs)
  })

  it('and change no more when they come by again', async () => {
    const once = await run(new Graph(before), defaults)
    const twice = await run(new Graph(once.graph), defaults)
    expect(text(twice.graph)).toEqual(text(once.graph))
    expect(twice.repairs).toEqual([])
  })

  if (gone.length === 0)
    it('losing nothing but what the repairs tell', async () => {
      const draft = await run(new Graph(before), defaults)
      const kept = new Set([...draft.graph].flatMap(({ subject, predicate, object }) => [subject.value, predicate.value, object.value]))
      const told = draft.repairs.map(repair => repair.before).join('\n')
      for (const { object } of before) {
        if (!isBlank(object) && !object.equals(rdf.nil) && !kept.has(object.value)) expect(told).toContain(object.value)
      }
    })
  else
    it('telling nobody what was to go', async () => {
      const draft = await run(new Graph(before), defaults)
      for (const each of gone) expect(`${text(draft.graph).join('\n')}\n${draft.repairs.map(written).join('\n')}`).not.toContain(each)
    })
})
