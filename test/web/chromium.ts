import { existsSync } from 'node:fs'
import { chromium, type Browser } from 'playwright-core'

const program = '/usr/bin/chromium'

/** Whether there is a browser to look at pages with. Where there is none, the tests that need one say so and are skipped. */
export const there = existsSync(program)
if (!there) console.warn(`${program} is not there: the pages are not looked at in a browser.`)

export const openChromium = (): Promise<Browser> => chromium.launch({ executablePath: program, args: ['--no-sandbox', '--disable-gpu'] })
