import library from 'robots-parser'
import { Problem } from '../../problem.ts'
import type { Page } from './answer.ts'
import { longestWaitMs } from './retry.ts'

// Its types say that the function is the module's `default`; it is the module.
const robotsParser = library as unknown as typeof library.default

/** What the robots.txt of the hosts of one run allow us. */
export interface Robots {
  /** Throws a Problem `robots-disallowed` for an address that must not be asked; otherwise the pause between requests that its host wants. */
  pauseMs(url: URL): Promise<number>
}

/** For sources that need not ask. */
export const noRobots: Robots = { pauseMs: async () => 0 }

/** Reads each host's robots.txt once. One that is missing or cannot be read allows everything: whether the host answers, the request itself will show. */
export function readRobots(read: (url: string) => Promise<Page>, userAgent: string, signal?: AbortSignal): Robots {
  const token = productToken(userAgent)
  const hosts = new Map<string, Promise<ReturnType<typeof robotsParser>>>()
  const rulesOf = async (origin: string) => {
    const address = `${origin}/robots.txt`
    try {
      return robotsParser(address, new TextDecoder().decode((await read(address)).body))
    } catch (error) {
      if (signal?.aborted) throw error
      return robotsParser(address, '')
    }
  }
  return {
    async pauseMs(url) {
      let rules = hosts.get(url.origin)
      if (!rules) hosts.set(url.origin, (rules = rulesOf(url.origin)))
      const robots = await rules
      if (robots.isDisallowed(url.href, token)) throw disallowed(url, token, robots.getMatchingLineNumber(url.href, token))
      return Math.min((robots.getCrawlDelay(token) ?? 0) * 1000, longestWaitMs)
    },
  }
}

/** `Fihrist/1.0 (+https://…)` → `Fihrist`: the name that robots.txt calls us by. */
export const productToken = (userAgent: string) => /^[A-Za-z_-]+/.exec(userAgent)?.[0] ?? 'Fihrist'

const disallowed = (url: URL, token: string, line: number) =>
  new Problem(
    'robots-disallowed',
    `${url.href} is not asked: ${url.origin}/robots.txt disallows it${line > 0 ? ` in line ${line}` : ''}. Ask the portal to add "User-agent: ` +
      `${token}" with "Allow: ${url.pathname}"; where it has agreed that you read it, or is your own, put robots: false into the source's file.`,
    { url: url.href },
  )
