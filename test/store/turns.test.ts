import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openEmbedded } from '../../src/store/embedded.ts'
import { textOf, type Store } from '../../src/store/store.ts'
import { openTurns } from '../../src/store/turns.ts'
import { embedded, openFilled, type Filled } from './catalogue.ts'

let house: Filled
let store: Store
beforeAll(async () => {
  house = await openFilled()
  store = openEmbedded(embedded({ replicas: 3, timeoutS: 30 }), house.publication, house.data)
  await store.ready()
  await store.query(quick, csv)
}, 180_000)
afterAll(async () => {
  await store.close()
  await house.close()
})

const csv = { mediaType: 'text/csv', form: 'select' } as const
const quick = 'SELECT (COUNT(*) AS ?n) { ?d a <http://www.w3.org/ns/dcat#Dataset> }'
const endless = (turn: number) => `SELECT (COUNT(*) AS ?n) { ?a${'x'.repeat(turn)} ?b ?c . ?d ?e ?f . ?g ?h ?i }`

test('queries that never end take all copies but one, whoever asks them, and what is quick is answered beside them', async () => {
  const gone = new AbortController()
  const hostile = Array.from({ length: 8 }, (_, turn) => store.query(endless(turn), { ...csv, client: `192.0.2.${turn}`, signal: gone.signal }).catch(() => {}))
  await delay(3000)
  expect((await store.copies()).map(({ ready, busy = false }) => [ready, busy])).toEqual(
    expect.arrayContaining([
      [true, true],
      [true, false],
    ]),
  )
  const answers = await Promise.all(Array.from({ length: 12 }, (_, turn) => store.query(`${quick} # ${turn}`, { ...csv, client: `198.51.100.${turn}` })))
  expect(new Set(answers.map(answer => textOf(answer))).size).toBe(1)
  gone.abort()
  await Promise.all(hostile)
}, 120_000)

test('what may do harm is asked of one copy at a time', async () => {
  await store.ready()
  // Those whose clients have left are ended in their own time.
  while ((await store.copies()).some(({ busy }) => busy)) await delay(100)
  const gone = new AbortController()
  const hostile = Array.from({ length: 6 }, (_, turn) =>
    // Of another shape than those before, of which the store knows how they went.
    store.query(endless(20 + turn), { ...csv, suspect: true, client: `203.0.113.${turn}`, signal: gone.signal }).catch(() => {}),
  )
  for (let look = 0; look < 10; look++) {
    expect((await store.copies()).filter(({ busy }) => busy).length).toBeLessThanOrEqual(1)
    await delay(200)
  }
  gone.abort()
  await Promise.all(hostile)
}, 120_000)

/** One place, where a query takes a fifth of a second, however many wait. */
function openPlace(patience?: number) {
  let busy = false
  const turns: ReturnType<typeof openTurns> = openTurns(
    {
      count: 1,
      free: () => !busy,
      begin(job) {
        busy = true
        setTimeout(() => {
          busy = false
          turns.over(job, { clock: 0.2, cpu: 0.2 })
          job.resolve({ revision: 1, pieces: [] })
          turns.next()
        }, 200)
      },
      left: () => {},
    },
    patience,
  )
  return turns
}

test('who is sent away is told when to come back, and is answered then, though as many wait as before', async () => {
  const turns = openPlace()
  const ask = (client: string) => turns.ask(quick, { ...csv, client })
  await ask('first')
  let crowd = 0
  const fill = () => {
    for (; turns.waiting.length < 100; crowd++) void ask(`c${crowd}`).catch(() => {})
  }
  const others = setInterval(fill, 5)
  const askLate = () => {
    fill()
    return ask('late').catch((error: unknown) => error)
  }
  await delay(50)
  const refused = await askLate()
  expect(refused).toMatchObject({ code: 'store-busy', retryS: expect.any(Number) as number })
  const { retryS } = refused as { retryS: number }
  // Who comes too early is told the rest of the same time.
  const came = performance.now()
  await delay(1000)
  const rest = (await askLate()) as { retryS: number }
  expect(rest.retryS).toBeLessThan(retryS)
  await delay(rest.retryS * 1000)
  expect((performance.now() - came) / 1000).toBeLessThan(retryS + 2)
  const began = performance.now()
  expect(await askLate()).toMatchObject({ revision: 1 })
  expect(performance.now() - began).toBeLessThan(2000)
  clearInterval(others)
  turns.close()
}, 60_000)

test('who has waited longer than anybody should is told when to come back, and is the next then', async () => {
  const turns = openPlace(500)
  const crowd = Array.from({ length: 9 }, (_, turn) => turns.ask(quick, { ...csv, client: `c${turn}` }).catch((error: unknown) => error))
  const outcomes = await Promise.all(crowd)
  const late = outcomes.findIndex(outcome => (outcome as { code?: string }).code === 'store-busy')
  expect(late).toBeGreaterThan(0)
  await delay((outcomes[late] as { retryS: number }).retryS * 1000)
  expect(await turns.ask(quick, { ...csv, client: `c${late}` })).toMatchObject({ revision: 1 })
  turns.close()
}, 60_000)
