import { expect, test } from 'vitest'
import { ckanAnswers, packageOf, packageSearch } from '../harvest/protocols/ckan/portal.ts'
import { respond, startPortal } from '../portal.ts'
import { begins, fihrist, smallEdition } from './fihrist.ts'

// A harvest that somebody stops, and one of a single record; with real processes.

const packagesOf = (length: number) => Array.from({ length }, (_, at) => packageOf(`n${String(at).padStart(2, '0')}`))
const packages = packagesOf(30)
const sourceYaml = (url: string, pageSize = 10) => `title: Portail\nprotocol: ckan\nurl: ${url}\nlanguage: fr\noptions: { pageSize: ${pageSize} }\n`

/** A portal that is silent from its third page on. */
async function silentPortal(all = packages, pageSize = 10) {
  const whole = packageSearch(all)
  const third = `start=${2 * pageSize}`
  const portal = await startPortal({
    '/api/3/action/package_search?*': (request, response) => {
      if (!request.url!.includes(third)) respond(whole, request, response)
    },
  })
  return { portal, reached: () => portal.asked.some(path => path.includes(third)) }
}

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s ends a harvest tidily: what was read is kept, the next source is not begun, and the next run goes on from there',
  async signal => {
    const { portal, reached } = await silentPortal()
    const cwd = smallEdition({ portal: sourceYaml(portal.url), second: sourceYaml(`${portal.url}/second`) })
    try {
      const { child, end } = begins(['harvest'], { cwd })
      await expect.poll(reached, { timeout: 60_000 }).toBe(true)
      child.kill(signal)
      const { code, out, err } = await end
      expect(code, err).toBe(1)
      expect(err).toBe('fihrist: Stopping; what was read is kept. Once more ends it at once.\n')
      expect(out).toMatch(
        /^portal: partial, 20 seen in .*: 20 added, .*\n {2}! interrupted: The run of portal was interrupted\. What it had read is kept: run it again to go on from here\.\n {2}report: \S+\/sources\/portal\/runs\/1\n$/,
      )
      expect(portal.asked.some(path => path.startsWith('/second'))).toBe(false)

      portal.answers = ckanAnswers(packages)
      portal.asked.length = 0
      expect((await fihrist(['harvest', 'portal', '--json'], { cwd })).code).toBe(0)
      // What the first run had read was not asked for again.
      expect(portal.asked).toEqual([expect.stringContaining('start=20')])
      expect(JSON.parse((await fihrist(['status', '--json'], { cwd })).out)).toMatchObject({
        records: { published: 30 },
        requests: [],
        sources: [{ id: 'portal', running: false }, { id: 'second' }],
      })
    } finally {
      await portal.close()
    }
  },
  240_000,
)

test('a second Ctrl-C ends it at once, and status says that its process died', async () => {
  // More than is taken in at once: what it does about the first takes a moment.
  const { portal, reached } = await silentPortal(packagesOf(300), 110)
  const cwd = smallEdition({ portal: sourceYaml(portal.url, 110) })
  try {
    const { child, end } = begins(['harvest', 'portal', '--quiet'], { cwd })
    await expect.poll(reached, { timeout: 60_000 }).toBe(true)
    const going = await fihrist(['status'], { cwd })
    expect(going.out).toMatch(/portal +ckan +\d+ published, running since \S+, \d+ seen/)
    child.kill('SIGSTOP')
    // Both have come before it can do anything about the first.
    child.kill('SIGINT')
    child.kill('SIGTERM')
    child.kill('SIGCONT')
    expect(await end).toEqual({ code: 130, out: '', err: '' })
    expect((await fihrist(['status'], { cwd })).out).toMatch(/its process died after \S+, with \d+ seen: run it again to go on from there/)
  } finally {
    await portal.close()
  }
}, 240_000)

test('--record asks for one record by any of its names; one that the portal has deleted leaves a tombstone', async () => {
  const portal = await startPortal(ckanAnswers(packages))
  const cwd = smallEdition({ portal: sourceYaml(portal.url) })
  interface Run {
    state: string
    seen: number
    outcomes: Record<string, number>
  }
  const record = async (name: string) => {
    portal.asked.length = 0
    const { out } = await fihrist(['harvest', 'portal', '--record', name, '--json'], { cwd })
    return (JSON.parse(out) as { runs: [Run] }).runs[0]
  }
  try {
    await fihrist(['harvest'], { cwd })
    portal.answers = ckanAnswers(packages.map(each => ({ ...each, title: `${each['title'] as string}, corrigé` })))
    for (const [at, name] of ['n03', 'portal-jeu-n04', 'https://catalogue.example.ma/record/portal-jeu-n05', 'jeu-n06'].entries()) {
      expect(await record(name), name).toMatchObject({ state: 'complete', seen: 1, outcomes: { updated: 1 } })
      expect(portal.asked[0]).toContain(`package_show?id=${name === 'jeu-n06' ? name : `n0${at + 3}`}`)
    }
    portal.answers = ckanAnswers(packages.slice(0, 7))
    expect(await record('n09')).toMatchObject({ state: 'complete', outcomes: { removed: 1 } })
    expect((await fihrist(['status'], { cwd })).out).toMatch(/29 published, .*1 removed/)
    for (const args of [
      ['harvest', '--record', 'n03'],
      ['harvest', 'portal', '--record', ''],
    ])
      expect(await fihrist(args, { cwd }), args.join(' ')).toMatchObject({ code: 2, err: expect.stringContaining('fihrist harvest SOURCE --record KEY') })
  } finally {
    await portal.close()
  }
}, 240_000)

test('a run of the command line tells that its source broke, and says so where it cannot', async () => {
  const told: string[] = []
  const receiver = await startPortal({
    '/hook': (request, response) => {
      request.on('data', (chunk: Buffer) => told.push(chunk.toString())).on('end', () => response.end())
    },
  })
  const cwd = smallEdition({ portal: sourceYaml('http://127.0.0.1:1/') }, 'notices: { webhook: env:WEBHOOK, secret: env:WEBHOOK_SECRET }\n')
  const env = { WEBHOOK: `${receiver.url}/not-there`, WEBHOOK_SECRET: 'what-we-sign-notices-with' }
  try {
    const first = await fihrist(['harvest', '--json'], { cwd, env })
    expect(first.code).toBe(1)
    expect(JSON.parse(first.err)).toMatchObject({
      level: 'error',
      code: 'notice-failed',
      message: expect.stringMatching(/answered 404.*tried again after the next run/),
    })
    await fihrist(['harvest', '--dry-run'], { cwd, env: { ...env, WEBHOOK: `${receiver.url}/hook` } })
    expect(told).toEqual([])
    const second = await fihrist(['harvest', '--json'], { cwd, env: { ...env, WEBHOOK: `${receiver.url}/hook` } })
    expect(second.err).toBe('')
    expect(JSON.parse(told.join(''))).toMatchObject({ event: 'source-broken', source: 'portal', state: 'failed', subject: 'Moissonnage interrompu : Portail' })
  } finally {
    await receiver.close()
  }
}, 240_000)
