import { expect, test } from 'vitest'
import { fairQueue } from '../../src/store/queue.ts'

const any = () => true

test('who has used least of late is next, and among equals who came first', () => {
  let clock = 0
  const queue = fairQueue<{ client: string; n: number }>(() => clock)
  queue.charge('greedy', 10)
  for (const n of [1, 2]) queue.add({ client: 'greedy', n })
  for (const n of [3, 4]) queue.add({ client: 'modest', n })
  expect(queue.take(any)?.n).toBe(3)
  queue.charge('modest', 20)
  expect(queue.take(any)?.n).toBe(1)
  expect(queue.take(({ client }) => client === 'modest')?.n).toBe(4)
  clock += 600
  expect(queue.usedBy('greedy')).toBeLessThan(0.001)
  expect(queue.take(any)?.n).toBe(2)
  expect(queue.take(any)).toBeUndefined()
})

test('what is taken back is not served', () => {
  const queue = fairQueue<{ client: string }>()
  const job = { client: 'a' }
  queue.add(job)
  expect([queue.remove(job), queue.remove(job), queue.take(any)]).toEqual([true, false, undefined])
})
