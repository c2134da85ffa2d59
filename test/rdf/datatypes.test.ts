import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isWellFormed } from '../../src/rdf/datatypes.ts'
import { xsd } from '../../src/rdf/namespaces.ts'
import { literal, namedNode } from '../../src/rdf/terms.ts'
import { compare, leastOf, rankOf } from '../../src/validate/shacl/order.ts'

const typed = (text: string, datatype: string) => literal(text, namedNode(xsd.iri + datatype))

describe('what is written as XML Schema asks', () => {
  it.each<[datatype: string, right: string[], wrong: string[]]>([
    ['boolean', ['true', 'false', '1', '0'], ['True', 'yes', '', ' true']],
    ['integer', ['0', '-7', '+007', '9'.repeat(1000)], ['', '1.0', '1e3', '--1', '٣']],
    ['nonNegativeInteger', ['0', '-0', '18'], ['-1']],
    ['positiveInteger', ['1', '9'.repeat(30)], ['0', '-1', `-${'9'.repeat(30)}`]],
    ['negativeInteger', ['-1'], ['0', '1']],
    ['byte', ['-128', '127', '+0000000000000000000000127'], ['128', '-129', '9'.repeat(30)]],
    ['long', ['9223372036854775807', '-9223372036854775808'], ['9223372036854775808']],
    ['unsignedLong', ['18446744073709551615'], ['18446744073709551616', '-1']],
    ['decimal', ['1', '1.', '.5', '-1.50'], ['1e3', '.', 'INF']],
    ['double', ['1', '1e3', '-1.5E-7', 'INF', '-INF', 'NaN'], ['inf', '1e', 'nan', 'e3']],
    [
      'date',
      ['2024-02-29', '0000-01-01', '-0001-01-01', '12024-01-01', '2024-01-01Z', '2024-01-01-14:00'],
      ['2023-02-29', '2024-13-01', '2024-1-1', '24-01-01', '012024-01-01', '2024-01-01+14:30', '2024-04-31'],
    ],
    [
      'dateTime',
      ['2024-01-01T00:00:00', '2024-01-01T24:00:00Z', '2024-01-01T23:59:59.999+05:30'],
      ['2024-01-01', '2024-01-01T24:00:01', '2024-01-01T1:00:00', '2024-02-30T00:00:00', '2024-01-01 00:00:00'],
    ],
    ['dateTimeStamp', ['2024-01-01T00:00:00Z'], ['2024-01-01T00:00:00']],
    ['time', ['00:00:00', '24:00:00', '12:30:00.5Z'], ['12:30', '25:00:00']],
    ['gYear', ['2024', '-0044', '2024Z'], ['24', '02024', '2024-01']],
    ['gYearMonth', ['2024-12'], ['2024-13', '2024']],
    ['gMonthDay', ['--02-29'], ['--02-30', '02-29']],
    ['duration', ['P1Y', '-P1Y2M3DT4H5M6.7S', 'PT0S', 'P1M', 'PT1M'], ['P', 'PT', 'P1YT', '1Y', 'P1S', 'P1.5D', 'P1M1Y']],
    ['yearMonthDuration', ['P1Y2M'], ['P1D', 'PT1M']],
    ['dayTimeDuration', ['P1DT1M', 'PT1M'], ['P1M', 'P1Y']],
    ['hexBinary', ['', '0aFf'], ['0', 'xy']],
    ['base64Binary', ['', 'TWE=', 'TQ==', 'TW Fu', 'TWFuTWFu'], ['TWE', 'T===', 'TW  Fu', ' TWFu', 'TWF=']],
    ['language', ['fr', 'zh-Hant-TW'], ['', 'français', 'fr_FR']],
    ['token', ['a b', ''], [' a', 'a  b', 'a\tb']],
    ['normalizedString', [' a  b '], ['a\nb']],
    ['string', ['', 'a\n\u{1F600}'], []],
    ['anyURI', ['', 'a b', '\u{1F600}'], []],
    ['constructor', ['anything'], []],
  ])('xsd:%s', (datatype, right, wrong) => {
    for (const text of right) expect.soft(isWellFormed(typed(text, datatype)), text).toBe(true)
    for (const text of wrong) expect.soft(isWellFormed(typed(text, datatype)), text).toBe(false)
  })

  it('is told in a time that grows with the text', () => {
    for (const [datatype, text] of [
      ['integer', '9'.repeat(1e6)],
      ['base64Binary', 'A'.repeat(4e6)],
      ['hexBinary', 'ab'.repeat(2e6)],
      ['token', 'a '.repeat(1e6)],
      ['duration', `P${'1'.repeat(1e6)}`],
    ] as const)
      expect(typeof isWellFormed(typed(text, datatype))).toBe('boolean')
  })
})

describe('what is less', () => {
  const order = (a: string, b: string, datatype: string) => Math.sign(compare(rankOf(typed(a, datatype)), rankOf(typed(b, datatype)))!)

  it('numbers, texts and instants are in the order that JavaScript has for them', () => {
    const doubles = fc.double({ noNaN: true, noDefaultInfinity: true })
    fc.assert(fc.property(fc.bigInt(), fc.bigInt(), (a, b) => order(String(a), String(b), 'integer') === (a < b ? -1 : Number(a > b))))
    fc.assert(fc.property(doubles, doubles, (a, b) => order(String(a), String(b), 'double') === (a < b ? -1 : Number(a > b))))
    const when = fc.date({ min: new Date('0000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
    fc.assert(fc.property(when, when, (a, b) => order(a.toISOString(), b.toISOString(), 'dateTime') === Math.sign(a.getTime() - b.getTime())))
    const day = (date: Date) => date.toISOString().slice(0, 10)
    fc.assert(fc.property(when, when, (a, b) => order(day(a), day(b), 'date') === Math.sign(Date.parse(day(a)) - Date.parse(day(b)))))
  })

  it('a time zone is heeded', () => {
    expect(order('2024-01-01T00:30:00+01:00', '2024-01-01T00:00:00Z', 'dateTime')).toBe(-1)
    expect(order('2024-01-01T00:00:00-00:30', '2024-01-01T00:30:00Z', 'dateTime')).toBe(0)
  })

  it.each([
    ['NaN', 'double', '1', 'double'],
    ['P1D', 'duration', 'P2D', 'duration'],
    ['1', 'string', '2', 'integer'],
    ['true', 'boolean', '1', 'integer'],
    ['2024', 'gYear', '2024', 'integer'],
    ['2023-02-30', 'date', '2024-01-01', 'date'],
  ])('%s of xsd:%s and %s of xsd:%s cannot be compared', (a, one, b, other) => {
    expect(compare(rankOf(typed(a, one)), rankOf(typed(b, other)))).toBeUndefined()
  })

  it('what is less than the least of each kind is less than all', () => {
    const some = fc.oneof(
      fc.integer({ min: 0, max: 5 }).map(n => typed(String(n), 'integer')),
      fc.constantFrom('a', 'b', 'c').map(text => literal(text)),
      fc.tuple(fc.integer({ min: 1, max: 3 }), fc.constantFrom('', 'Z')).map(([day, zone]) => typed(`2024-01-0${day}T12:00:00${zone}`, 'dateTime')),
      fc.constantFrom(typed('x', 'integer'), literal('a', 'fr'), namedNode('https://e.ma/a'), typed('NaN', 'double')),
    )
    fc.assert(
      fc.property(some, fc.array(some, { maxLength: 6 }), (value, others) => {
        const [rank, ranks] = [rankOf(value), others.map(rankOf)]
        const isLess = (other: (typeof ranks)[number]) => compare(rank, other)! < 0
        expect(leastOf(ranks).every(isLess)).toBe(ranks.every(isLess))
      }),
      { numRuns: 5000 },
    )
  })
})
