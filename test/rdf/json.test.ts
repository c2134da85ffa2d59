import { describe, expect, test } from 'vitest'
import { parseJson } from '../../src/rdf/json.ts'

describe('JSON as portals write it', () => {
  test('a whole number that would be rounded keeps all of its digits', () => {
    expect(parseJson('{"a": 90071992547409931, "b": [-1234567890123456789], "c": 9007199254740991}')).toEqual({
      a: '90071992547409931',
      b: ['-1234567890123456789'],
      c: 9007199254740991,
    })
  })
  test('other numbers, and digits within texts, are what they are', () => {
    expect(parseJson('[1.5, 0.1234567890123456, 1e20, "1234567890123456789", true]')).toEqual([1.5, 0.1234567890123456, 1e20, '1234567890123456789', true])
  })
  test('a raw line break in a text is a blank', () => {
    expect(parseJson('{"a": "one\ntwo",\n "n": 1234567890123456789}')).toEqual({ a: 'one two', n: '1234567890123456789' })
  })
  test('what is no JSON is refused', () => {
    expect(() => parseJson('{"a": \n')).toThrow(SyntaxError)
  })
})
