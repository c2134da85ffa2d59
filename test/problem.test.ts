import { expect, test } from 'vitest'
import { isRefusal, isSilence, Problem, problemCodes, type ProblemKind } from '../src/problem.ts'

const codes = (is: (problem: Problem) => boolean) => problemCodes.filter(code => is(new Problem(code, 'A sentence.'))).toSorted()
const of = (kind: ProblemKind) => codes(problem => problem.kind === kind)

test('a portal that says nothing was not reached, or was too slow', () => {
  expect(codes(isSilence)).toEqual(['timeout-connect', 'timeout-idle', 'timeout-total', 'unreachable'])
  expect(of('unreachable')).toEqual(['timeout-connect', 'unreachable'])
})

test('a portal that refuses one question may be asked another', () => {
  expect(codes(isRefusal)).toEqual(['http-status', 'portal-refused', 'unexpected-answer'])
})

test('an answer of another form than was asked for is told from RDF that cannot be read', () => {
  expect(of('form')).toEqual(['not-json', 'not-xml', 'unexpected-answer'])
  expect(of('rdf')).toEqual(['unknown-context', 'unknown-format', 'unreadable-rdf'])
})

test('a problem carries the language of its sentence, which is no part of its place', () => {
  const problem = new Problem('missing-id', 'a.csv, ligne 3 : …', { file: 'a.csv', line: 3, language: 'fr' })
  expect(problem.language).toBe('fr')
  expect(problem.place).toEqual({ file: 'a.csv', line: 3 })
  expect(new Problem('missing-id', 'A sentence.').language).toBe('en')
})

test('the sentence of a problem is one line that moves no cursor, whatever a portal wrote into it', () => {
  const { message } = new Problem('portal-refused', 'It answered: \u001B[2J\u001B[31m\u202Eno\u2029\r\n2026-03-01 03:00:12  The harvest is complete.')
  expect(message).toBe('It answered: \\u001b[2J\\u001b[31m\\u202eno 2026-03-01 03:00:12  The harvest is complete.')
})
