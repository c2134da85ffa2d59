import { describe, expect, test } from 'vitest'
import type { Harvested } from '../../../src/harvest/protocol.ts'
import { listed, tolerant, type ListPage, type Listing } from '../../../src/harvest/readers/pages.ts'
import { Problem } from '../../../src/problem.ts'

const lost = (what: string) => new Problem('http-status', what)
const kept = (key: string): Harvested => ({
  key,
  payload: { mediaType: 'text/plain', body: key },
  map: () => {
    throw new Error('nothing is mapped here')
  },
})

/** What is read of a list of these pages, by their numbers; a Problem in the place of a page is its answer. */
async function read(pages: (Partial<ListPage<number, string>> | Problem)[], more: Partial<Listing<number, string>> = {}) {
  const list: Listing<number, string> = {
    first: 0,
    ask: async at => {
      const page = pages[at]!
      if (page instanceof Problem) throw page
      return { items: [], next: at + 1 < pages.length ? at + 1 : undefined, ...page }
    },
    after: at => (at + 1 < pages.length ? at + 1 : undefined),
    record: kept,
    expect: () => {},
    name: 'The list',
    ...more,
  }
  const found: string[] = []
  try {
    for await (const each of listed(list)) found.push('lost' in each ? `lost: ${each.lost.message}` : 'key' in each ? each.key! : '')
  } catch (error) {
    found.push(`thrown: ${(error as Problem).message}`)
  }
  return found
}

describe('a list in pages', () => {
  test('is read to its end, and what a page could not give is told of', async () => {
    expect(await read([{ items: ['a', 'b'] }, { items: ['c'], lost: [lost('half a page')] }, { items: ['d'] }])).toEqual([
      'a',
      'b',
      'lost: half a page',
      'c',
      'd',
    ])
  })

  test('bears pages that are lost now and then, and not three in a row', async () => {
    expect(await read([{ items: ['a'] }, lost('1'), lost('2'), { items: ['b'] }, lost('3'), { items: ['c'] }])).toEqual([
      'a',
      'lost: 1',
      'lost: 2',
      'b',
      'lost: 3',
      'c',
    ])
    expect(await read([{ items: ['a'] }, lost('1'), lost('2'), lost('3'), { items: ['b'] }])).toEqual(['a', 'lost: 1', 'lost: 2', 'thrown: 3'])
  })

  test('pages of which nothing can be read are lost pages', async () => {
    const empty = (what: string) => ({ lost: [lost(what)] })
    expect(await read([{ items: ['a'] }, empty('1'), empty('2'), empty('3'), { items: ['b'] }])).toEqual(['a', 'lost: 1', 'lost: 2', 'thrown: 3'])
  })

  test('that repeats a page is told by its keys, or by a mark where it has none', async () => {
    expect((await read([{ items: ['a'] }, { items: ['a'] }])).at(-1)).toMatch(/^thrown: The list answers the same records at 1 as on an earlier page/)
    const unwanted = { record: () => undefined, mark: (item: string) => item, heed: '"page"' }
    expect((await read([{ items: ['a'] }, { items: ['a'] }], unwanted)).at(-1)).toMatch(/Ask the portal to honour "page", or use larger pages/)
  })

  test('that ends before the number it counted says so, unless a page says that it left some out', async () => {
    expect((await read([{ items: ['a'], total: 3 }, { items: ['b'] }])).at(-1)).toMatch(/^lost: The list says that it has 3 records and ends after 2/)
    expect(await read([{ items: ['a'], size: 2, total: 3 }, { items: ['b'] }])).toEqual(['a', 'b'])
  })
})

test('what is read between losses begins their count anew', () => {
  const losses = tolerant(2)
  losses.lost(lost('1'))
  losses.read()
  losses.lost(lost('2'))
  expect(() => losses.lost(lost('3'))).toThrow('3')
})
