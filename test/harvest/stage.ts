import { beforeEach } from 'vitest'
import { startPortal, type Portal } from '../portal.ts'
import { openHouse, type House } from './harvest.ts'

/** The catalogue of the test that is running: it holds nothing yet. */
export let house: House
/** The portal of the test that is running: it answers 404 to everything until it is given answers. */
export let portal: Portal

/** Gives each test of a file, or of the `describe` it is called in, a house and a portal of its own, and closes them after it. */
export function onStage(): void {
  beforeEach(async () => {
    const [ours, theirs] = [await openHouse(), await startPortal({})]
    house = ours
    portal = theirs
    return async () => {
      await ours.close()
      await theirs.close()
    }
  })
}
