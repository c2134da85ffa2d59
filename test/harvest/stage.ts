import { afterAll, beforeAll, beforeEach } from 'vitest'
import { startPortal, type Portal } from '../portal.ts'
import { openHouse, type House } from './harvest.ts'

/** The catalogue of the test that is running: it holds nothing yet. */
export let house: House
/** The portal of the test that is running: it answers 404 to everything until it is given answers. */
export let portal: Portal

// Lists and validators take their time to load: one house lends them to every test of a file.
let first: Promise<House> | undefined
afterAll(async () => {
  await (await first)?.close()
})

/** Gives each test of a file, or of the `describe` it is called in, a house and a portal of its own, and closes them after it. */
export function onStage(): void {
  beforeAll(async () => {
    await (first ??= openHouse())
  }, 60_000)
  beforeEach(async () => {
    const [ours, theirs] = [(await first!).fresh(), await startPortal({})]
    house = ours
    portal = theirs
    return async () => {
      ours.ledger.close()
      await theirs.close()
    }
  })
}
