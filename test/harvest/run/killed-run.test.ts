import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { addressesAt } from '../../../demo/portals.ts'
import { lastRun, runsOf } from '../../../src/ledger/runs/runs.ts'
import { edition, spawned } from '../../cli/fihrist.ts'
import { respond, startPortal, type Answer } from '../../portal.ts'
import { seed } from '../../seed.ts'
import { openHouse } from '../harvest.ts'
import { packageOf, packageSearch } from '../protocols/ckan/portal.ts'

test('a run that is killed in the middle leaves what it had committed, and the next run completes it as if nothing had been', async () => {
  const packages = Array.from({ length: 600 }, (_, at) => packageOf(`n${String(at).padStart(3, '0')}`))
  const whole = packageSearch(packages)
  const house = await openHouse()
  let reached = () => {}
  const deep = new Promise<void>(resolve => {
    reached = resolve
  })
  let stuck = true
  // The portal stops answering after 400 datasets: by then the first batches are committed, and the run is killed while it waits.
  const portal = await startPortal({
    '/api/3/action/package_search?*': (request, response) => {
      if (!stuck || !request.url!.includes('start=400')) respond(whole, request, response)
      else reached()
    },
  })
  try {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'killed-run.ts'), house.folder, portal.url], { stdio: ['ignore', 'ignore', 'inherit'] })
    const ended = once(child, 'exit')
    await Promise.race([deep, ended])
    await expect.poll(() => house.records().length, { timeout: 20_000 }).toBeGreaterThanOrEqual(100)
    child.kill('SIGKILL')
    expect(await ended).toEqual([null, 'SIGKILL'])

    const committed = house.records().length
    expect(committed).toBeLessThan(600)
    expect(house.published()).toBe(committed)
    expect(house.ledger.get('PRAGMA integrity_check')).toEqual({ integrity_check: 'ok' })
    expect(lastRun(house.ledger, 'portal')).toMatchObject({ state: 'running' })

    stuck = false
    const source = house.source('ckan', portal.url, { options: { pageSize: 50 } })
    expect(await house.harvest(source)).toMatchObject({ state: 'complete', seen: 600, added: 600 - committed, unchanged: committed, updated: 0 })
    expect(runsOf(house.ledger, 'portal').map(run => run.state)).toEqual(['complete', 'partial'])

    const undisturbed = house.fresh()
    await undisturbed.harvest(source)
    expect(house.content()).toEqual(undisturbed.content())
    undisturbed.ledger.close()
  } finally {
    await portal.close()
    await house.close()
  }
}, 60_000)

/** The same numbers between 0 and 1 for the same seed (mulberry32). */
function numbers(from: number): () => number {
  let state = from
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const harvester = (folder: string, url: string) => {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'killed-run.ts'), folder, url], { stdio: ['ignore', 'pipe', 'inherit'] })
  return { child, ended: once(child, 'exit') }
}

test(`a run that is killed at any instant, again and again: nothing is lost, nothing is doubled, no page is asked for twice (FIHRIST_SEED=${seed})`, async () => {
  const random = numbers(seed)
  const packages = Array.from({ length: 500 }, (_, at) => packageOf(`n${String(at).padStart(3, '0')}`))
  const whole = packageSearch(packages)
  const house = await openHouse()
  // A page takes a while, as it does at portals: so that the kill falls now before, now between and now after commits.
  const portal = await startPortal({
    '/api/3/action/package_search?*': (request, response) => void wait(random() * 60).then(() => respond(whole, request, response)),
  })
  try {
    let kills = 0
    let ended = false
    while (!ended && kills < 4) {
      const { child, ended: end } = harvester(house.folder, portal.url)
      const before = portal.asked.length
      const pages = 1 + Math.floor(random() * 4)
      await Promise.race([
        end,
        (async () => {
          while (portal.asked.length < before + pages) await wait(2)
        })(),
      ])
      await Promise.race([end, wait(random() * 400)])
      child.kill('SIGKILL')
      const [code] = await end
      // A process may be killed when its run has ended and it has not.
      ended = code === 0 || lastRun(house.ledger, 'portal')?.state === 'complete'
      if (!ended) kills++
      expect(house.ledger.get('PRAGMA integrity_check')).toEqual({ integrity_check: 'ok' })
      expect(house.published()).toBe(house.records().length)
      expect(house.ledger.get('SELECT count(DISTINCT key) AS keys, count(*) AS records FROM record')).toMatchObject({
        keys: house.records().length,
        records: house.records().length,
      })
    }
    const source = house.source('ckan', portal.url, { options: { pageSize: 50 } })
    // One that was not killed in time has read all, and another run would ask for all again.
    if (!ended) expect(await house.harvest(source)).toMatchObject({ state: 'complete', seen: 500 })
    expect(kills).toBeGreaterThan(0)
    // What was answered when a process died may be asked again; what it had read is not.
    const asked = Map.groupBy(portal.asked, path => new URL(path, 'http://portal').searchParams.get('start')!)
    const twice = [...asked.values()].reduce((sum, times) => sum + times.length - 1, 0)
    expect(asked.size).toBeGreaterThanOrEqual(10)
    expect(twice).toBeLessThanOrEqual(kills)

    const undisturbed = house.fresh()
    await undisturbed.harvest(source)
    expect(house.content()).toEqual(undisturbed.content())
    const kept = (which: typeof house) => which.ledger.all('SELECT id, key, admission, score, missing_since FROM record ORDER BY id')
    expect(kept(house)).toEqual(kept(undisturbed))
    const tables = (which: typeof house) =>
      ['version', 'judgement', 'sighting', 'payload', 'clue', 'listing'].map(table => [
        table,
        which.ledger.get<{ c: number }>(`SELECT count(*) AS c FROM ${table}`)!.c,
      ])
    expect(tables(house)).toEqual(tables(undisturbed))
    undisturbed.ledger.close()
  } finally {
    await portal.close()
    await house.close()
  }
}, 120_000)

test('a harvest that is stopped by its service manager (SIGTERM) leaves its source free, and the next goes on where it was', async () => {
  const packages = Array.from({ length: 300 }, (_, at) => packageOf(`n${String(at).padStart(3, '0')}`))
  const whole = packageSearch(packages)
  const house = await openHouse()
  let stuck = true
  const portal = await startPortal({
    '/api/3/action/package_search?*': ((request, response) => {
      if (!stuck || !request.url!.includes('start=200')) respond(whole, request, response)
    }) as Answer,
  })
  try {
    const { child, ended } = harvester(house.folder, portal.url)
    await expect.poll(() => portal.asked.some(path => path.includes('start=200')), { timeout: 20_000 }).toBe(true)
    child.kill('SIGTERM')
    await ended
    stuck = false
    portal.asked.length = 0
    expect(await house.harvest(house.source('ckan', portal.url, { options: { pageSize: 50 } }))).toMatchObject({ state: 'complete', seen: 300 })
    expect(portal.asked.map(path => new URL(path, 'http://portal').searchParams.get('start'))).toEqual(['200', '250'])
  } finally {
    await portal.close()
    await house.close()
  }
}, 60_000)

test('two processes that harvest one source at once: the second says already-running and disturbs nothing', async () => {
  const packages = Array.from({ length: 60 }, (_, at) => packageOf(`n${at}`))
  const whole = packageSearch(packages)
  let held: (() => void)[] = []
  let stuck = true
  const portal = await startPortal({
    '/api/3/action/package_search?*': ((request, response) => {
      if (stuck && request.url!.includes('start=50')) held.push(() => respond(whole, request, response))
      else respond(whole, request, response)
    }) as Answer,
  })
  const cwd = edition({ 'harvesters/one.yaml': `title: { fr: Un }\nprotocol: ckan\nurl: ${portal.url}\noptions: { pageSize: 50 }\n` })
  const env = addressesAt(portal.url)
  try {
    const first = spawned(['harvest', 'one', '--json'], { cwd, env })
    await expect.poll(() => held.length, { timeout: 20_000 }).toBe(1)
    const asked = portal.asked.length
    const second = await spawned(['harvest', 'one', '--json'], { cwd, env })
    const [refused] = (JSON.parse(second.out) as { runs: { state: string; problems: { code: string }[] }[] }).runs
    expect([second.code, refused!.state, refused!.problems.map(({ code }) => code), portal.asked.length]).toEqual([1, 'failed', ['already-running'], asked])
    stuck = false
    for (const release of held) release()
    held = []
    const { code, out } = await first
    const [run] = (JSON.parse(out) as { runs: { state: string; outcomes: Record<string, number> }[] }).runs
    expect([code, run!.state, run!.outcomes['added']]).toEqual([0, 'complete', 60])
  } finally {
    await portal.close()
  }
}, 60_000)
