import { existsSync } from 'node:fs'
import { chromium, type Browser } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { openServed, type Served } from './site.ts'

const program = '/usr/bin/chromium'

/** Whether there is a browser to look at pages with. Where there is none, the tests that need one say so and are skipped. */
export const there = existsSync(program)
if (!there) console.warn(`${program} is not there: the pages are not looked at in a browser.`)

export const openChromium = (): Promise<Browser> => chromium.launch({ executablePath: program, args: ['--no-sandbox', '--disable-gpu'] })

/** The demonstration edition and a browser to look at it with, for the tests of a file. */
export function looking(): { site: Served; browser: Browser } {
  const opened = {} as { site: Served; browser: Browser }
  beforeAll(async () => {
    if (there) Object.assign(opened, { site: await openServed(), browser: await openChromium() })
  }, 120_000)
  afterAll(async () => {
    await opened.browser?.close()
    await opened.site?.close()
  })
  return opened
}
