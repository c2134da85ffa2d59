import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readDate } from '../../src/normalise/date-text.ts'
import { readBytes } from '../../src/normalise/numbers.ts'
import { plain } from '../../src/normalise/text.ts'

describe('a date as portals write it', () => {
  it.each([
    ['2023', '2023', 'gYear'], ['2023-05', '2023-05', 'gYearMonth'], ['2023-5-1', '2023-05-01', 'date'], ['2023-05-01', '2023-05-01', 'date'], ['2023/05/01', '2023-05-01', 'date'],
    ['2023-05-01T10:00:00Z', '2023-05-01T10:00:00Z', 'dateTime'], ['2023-05-01T10:00:00+01:00', '2023-05-01T10:00:00+01:00', 'dateTime'], ['2023-05-01T10:00:00+0100', '2023-05-01T10:00:00+01:00', 'dateTime'],
    ['2023-05-01T10:00:00.123456789', '2023-05-01T10:00:00.123456Z', 'dateTime'], ['2021-01-28 GMT 01:51:03', '2021-01-28T01:51:03Z', 'dateTime'], ['2023-05-01 10:00', '2023-05-01T10:00:00Z', 'dateTime'],
    ['31/12/2022', '2022-12-31', 'date'], ['12/31/2022', '2022-12-31', 'date'], ['01.02.2022', '2022-02-01', 'date'], ['31/12/2022 08:05', '2022-12-31T08:05:00Z', 'dateTime'],
    ['janvier 2020', '2020-01', 'gYearMonth'], ['1er août 2021', '2021-08-01', 'date'], ['March 3, 2021', '2021-03-03', 'date'], ['Monday 3 March 2021', '2021-03-03', 'date'], ['3 غشت 2021', '2021-08-03', 'date'], ['ماي 2020', '2020-05', 'gYearMonth'],
    ['٢٠٢٤-٠٥-٠١', '2024-05-01', 'date'], ['2023-02-30', '2023-02', 'gYearMonth'], ['2024-02-29', '2024-02-29', 'date'], ['2023-02-29', '2023-02', 'gYearMonth'], ['2023-13-01', '2023', 'gYear'], ['2023-05-01T25:00:00', '2023-05-01', 'date'],
  ])('%s is %s', (written, value, type) => {
    expect(readDate(written)).toEqual({ value, type })
  })

  it.each(['', 'bientôt', '0000', '12', '99/99/99', 'mai', '0012-01-01', 'Infinity', '2023-05-01-07', '1er du mois'])('"%s" is none', written => {
    expect(readDate(written)).toBeUndefined()
  })

  const legal = {
    gYear: /^\d{4}$/, gYearMonth: /^\d{4}-(0[1-9]|1[0-2])$/, date: /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/,
    dateTime: /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?(Z|[+-]((0\d|1[0-3]):[0-5]\d|14:00))$/,
  }

  it('whatever is written, what is read has a legal form, names a day that there is, and is read alike again', () => {
    const two = (most: number) => fc.nat(most).map(each => String(each).padStart(2, '0'))
    const near = fc.tuple(fc.constantFrom('2023', '1999', '0999', '2024'), fc.constantFrom('-', '-', '/'), two(14), fc.constantFrom('-', '-', '/'), two(33), fc.constantFrom('T', ' ', ' GMT '), two(26), two(65), two(65), fc.constantFrom('', 'Z', '+01:00', '-9900', '+99:99', '+14:30', '+0160', ' UTC', '.5', '.000'))
      .map(([year, a, month, b, day, c, hour, minute, second, zone]) => `${year}${a}${month}${b}${day}${c}${hour}:${minute}:${second}${zone}`)
    fc.assert(fc.property(fc.oneof(near, fc.string(), fc.string({ unit: 'binary' }), fc.date({ noInvalidDate: true, min: new Date('1500-01-01'), max: new Date('2500-01-01') }).map(date => date.toISOString())), written => {
      const read = readDate(written)
      if (!read) return
      expect(read.value).toMatch(legal[read.type])
      if (read.type === 'date' || read.type === 'dateTime') expect(new Date(`${read.value.slice(0, 10)}T00:00:00Z`).toISOString().slice(0, 10)).toBe(read.value.slice(0, 10))
      expect(readDate(read.value)).toEqual(read)
    }), { numRuns: 5000 })
  })
})

describe('a size as portals write it', () => {
  it.each([['5', 5], ['5.0', 5], ['1,2 Mo', 1_200_000], ['1 024 Ko', 1_024_000], ['1 024', 1024], ['1,024', 1024], ['1.234.567', 1_234_567], ['2 GiB', 2 * 1024 ** 3], ['0', 0], ['12 octets', 12]])('%s is %d bytes', (written, size) => {
    expect(readBytes(written)).toBe(size)
  })

  it.each(['', 'grand', '-5', '5 pages', '1.2.3 Mo', 'NaN', ',', '. Mo', '5 constructor'])('"%s" is none', written => {
    expect(readBytes(written)).toBeUndefined()
  })
})

describe('HTML as a reader sees it', () => {
  it.each([
    ['<p>a</p><p>b</p>', 'a\nb'], ['a<br>b', 'a\nb'], ['&eacute;t&eacute; &#233;', 'été é'], ['a < b et c > d', 'a < b et c > d'], ['<style>p{}</style>x<script>1<2</script>', 'x'], ['x &unknown; y', 'x &unknown; y'], ['<ul><li>un</li></ul>', '– un'],
    ['R&D', 'R&D'], ['&amp;amp;', '&amp;'], ['&#99999999999;', '&#99999999999;'], ['<a href="https://e.ma">ici</a>', 'ici'],
  ])('%s', (html, seen) => {
    expect(plain(html)).toBe(seen)
  })

  it('never throws', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom('<', '>', '&', '#', ';', '/', 'p', 'script', '55296', 'amp', ' ', '\n', '"')).map(parts => parts.join('')), text => {
      expect(typeof plain(text)).toBe('string')
    }), { numRuns: 2000 })
  })
})
