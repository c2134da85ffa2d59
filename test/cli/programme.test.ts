import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { openLedger } from '../../src/ledger/file/ledger.ts'
import { bring } from '../../src/ledger/programme/contributions.ts'
import { acceptInvitation } from '../../src/ledger/programme/people.ts'
import { edition } from '../harvest/harvest.ts'
import { fihrist } from './fihrist.ts'

// Who looks after the catalogue, and what people have brought, at the command line.

let cwd: string
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'fihrist-'))
  writeFileSync(join(cwd, 'catalogue.yaml'), edition)
  mkdirSync(join(cwd, 'harvesters'))
})

test('somebody is invited by a link, listed, and let in no longer', async () => {
  const invited = await fihrist(['invite', 'Rod@hcp.ma', '--name', 'Salma', '--body', 'HCP', '--json'], { cwd })
  const person = JSON.parse(invited.out) as { link: string; until: string }
  expect(person).toMatchObject({ email: 'Rod@hcp.ma', role: 'steward', body: 'hcp', language: 'fr' })
  expect(person.link).toMatch(/^https:\/\/catalogue\.example\.ma\/steward\/invitation\/[\w-]{32}$/)
  expect((await fihrist(['users'], { cwd })).out).toBe('rod@hcp.ma\tSalma\tsteward\thcp\tinvited\n')
  const ledger = openLedger(join(cwd, 'data'))
  acceptInvitation(ledger, person.link.split('/').at(-1)!, 'scrypt$…', new Date().toISOString())
  ledger.close()
  expect(JSON.parse((await fihrist(['users', '--json'], { cwd })).out)).toMatchObject([{ email: 'rod@hcp.ma', active: true }])
  expect((await fihrist(['users', 'remove', 'rod@hcp.ma'], { cwd })).out).toBe('Salma may no longer sign in.\n')
  expect((await fihrist(['users'], { cwd })).out).toBe('Nobody yet: fihrist invite EMAIL\n')
})

test.each([
  [['invite', 'rod'], '"rod" is no e-mail address.'],
  [['invite', 'rod@hcp.ma', '--days', '0'], '--days: "0" is no number of days from 1 to 365.'],
  [['invite', 'rod@hcp.ma', '--body', 'nobody'], 'the list of organisations has no "nobody"'],
  [['invite', 'rod@hcp.ma', '--role', 'king'], 'Allowed choices are reader, manager, steward, admin.'],
  [['users', 'remove', 'who@hcp.ma'], 'Nobody with the address who@hcp.ma may sign in.'],
])('fihrist %j says what is wrong', async (args, sentence) => {
  const { code, err } = await fihrist(args, { cwd })
  expect([code, err]).toEqual([2, expect.stringContaining(sentence)])
})

test('what people asked for is listed, and nobody who asked', async () => {
  const ledger = openLedger(join(cwd, 'data'))
  const said = { title: 'Nappes', text: 'Par mois' }
  bring(ledger, { kind: 'request', language: 'fr', said, body: 'hcp', email: 'nadia@example.org' }, '2026-01-02T03:04:05.000Z')
  ledger.close()
  const text = (await fihrist(['requests', '--open'], { cwd })).out
  expect(text).toBe('1\treceived\t2026-01-02\thcp\t0\tNappes\n')
  const json = (await fihrist(['requests', '--json'], { cwd })).out
  expect(JSON.parse(json)).toMatchObject([{ id: 1, state: 'received', title: 'Nappes', supporters: 0 }])
  expect(text + json).not.toContain('nadia')
  expect((await fihrist(['requests', '--kind', 'reuse', '--json'], { cwd })).out).toBe('[]\n')
  expect(await fihrist(['requests', '--most', 'all'], { cwd })).toMatchObject({ code: 2, err: expect.stringContaining('--most: "all" is no number') })
})
