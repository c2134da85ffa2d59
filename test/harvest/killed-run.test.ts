import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { lastRun, runsOf } from '../../src/ledger/runs.ts'
import { startPortal } from '../portal.ts'
import { packageOf, packageSearch } from './ckan-portal.ts'
import { openHouse } from './harvest.ts'

test('a run that is killed in the middle leaves what it had committed, and the next run completes it as if nothing had been', async () => {
  const packages = Array.from({ length: 600 }, (_, at) => packageOf(`n${String(at).padStart(3, '0')}`))
  const whole = packageSearch(packages) as (request: unknown, response: unknown) => void
  const house = await openHouse()
  let reached = () => {}
  const deep = new Promise<void>(resolve => { reached = resolve })
  let stuck = true
  // The portal stops answering after 400 datasets: by then the first batches are committed, and the run is killed while it waits.
  const portal = await startPortal({ '/api/3/action/package_search?*': (request, response) => {
    if (!stuck || !request.url!.includes('start=400')) whole(request, response)
    else reached()
  } })
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
