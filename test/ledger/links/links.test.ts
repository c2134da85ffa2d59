import { describe, expect, test } from 'vitest'
import { linkAfter, type Answered, type Link } from '../../../src/ledger/links/links.ts'

const url = 'https://portal.example.ma/a.csv'
const day = (n: number, hour = 3) => `2026-01-${String(n).padStart(2, '0')}T${String(hour).padStart(2, '0')}:00:00.000Z`
const after = (...answers: [string, Answered][]) => answers.reduce<Link | undefined>((link, [at, answer]) => linkAfter(link, url, at, answer), undefined)!
const fails: Answered = { outcome: 'fails', status: 404, problem: 'http-status' }
const alive: Answered = { outcome: 'answers', status: 200 }

describe('an address', () => {
  test('is dead once it has failed on three days in a row, and not before', () => {
    expect(after([day(1), fails], [day(1, 9), fails], [day(1, 12), fails])).toMatchObject({ state: 'failing', failed_days: 1 })
    expect(after([day(1), fails], [day(2), fails])).toMatchObject({ state: 'failing', failing_since: day(1) })
    expect(after([day(1), fails], [day(2), fails], [day(5), fails])).toMatchObject({ state: 'dead', failing_since: day(1), status: 404 })
  })

  test('that answers once is alive again, and begins anew', () => {
    expect(after([day(1), fails], [day(2), fails], [day(3), alive], [day(4), fails])).toMatchObject({ state: 'failing', failed_days: 1, answered: day(3) })
  })

  test('that refuses us is never blamed: what was known stands', () => {
    const refused: Answered = { outcome: 'unknown', status: 403, problem: 'http-status' }
    expect(after([day(1), refused], [day(2), refused], [day(3), refused], [day(4), refused])).toMatchObject({ state: 'unknown', failed_days: 0 })
    expect(after([day(1), alive], [day(2), refused])).toMatchObject({ state: 'alive', answered: day(1), checked: day(2) })
    expect(after([day(1), fails], [day(2), refused], [day(3), fails])).toMatchObject({ state: 'failing', failed_days: 2 })
  })

  test('has changed when Last-Modified says, or when its ETag or its size is another', () => {
    expect(after([day(2), { ...alive, modified: 'Thu, 01 Jan 2026 10:00:00 GMT' }]).changed).toBe('2026-01-01T10:00:00.000Z')
    expect(after([day(2), { ...alive, modified: 'Thu, 01 Jan 2099 10:00:00 GMT' }]).changed).toBeNull()
    expect(after([day(1), { ...alive, etag: '"a"' }]).changed).toBeNull()
    expect(after([day(1), { ...alive, etag: '"a"' }], [day(4), { ...alive, etag: '"b"' }], [day(5), { ...alive, etag: '"b"' }]).changed).toBe(day(4))
    expect(after([day(1), { ...alive, bytes: 10 }], [day(2), fails], [day(3), { ...alive, bytes: 11 }]).changed).toBe(day(3))
    expect(after([day(1), { ...alive, etag: '"a"', bytes: 10 }], [day(2), { ...alive, etag: '"a"', bytes: 12 }]).changed).toBeNull()
  })
})
