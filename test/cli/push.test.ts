import { describe, expect, test } from 'vitest'
import { ckanAnswers, packageOf } from '../harvest/protocols/ckan/portal.ts'
import { startPortal } from '../portal.ts'
import { fihrist, smallEdition, starts, type Going } from './fihrist.ts'

// A portal tells that something has changed; somebody accepts what a held run would let go. All with real processes.

const tokens = { PORTAL_TOKEN: 'the-portal-says-so-1', OTHER_TOKEN: 'another-portal-has-2', ADMIN_TOKEN: 'who-looks-after-it-3' }
const sourceYaml = (url: string, more = '') => `title: { fr: Portail }\nprotocol: ckan\nurl: ${url}\nlanguage: fr\n${more}`
const withTokens = 'admin: { token: env:ADMIN_TOKEN }\n'

const post = (going: Going, path: string, token?: string, more: RequestInit = {}) =>
  fetch(new URL(path, going.match[1]), {
    method: 'POST',
    ...more,
    headers: { accept: 'application/json', ...(token && { authorization: `Bearer ${token}` }), ...more.headers },
  })
const json = (body: unknown): RequestInit => ({ body: JSON.stringify(body), headers: { 'content-type': 'application/json' } })
const serving = /on (http:\/\/localhost:\d+\/)/

interface Told {
  id: number
  state: string
  record: string | null
  run: number | null
  report: string | null
  problems: { code: string }[]
  gone: { id: string }[]
}

test('a change that the portal tells of is on the page, and in SPARQL, within seconds; what it has deleted is a tombstone', async () => {
  const packages = ['a', 'b', 'c'].map(id => packageOf(id))
  const portal = await startPortal(ckanAnswers(packages))
  const cwd = smallEdition({ hcp: sourceYaml(portal.url, 'notify: { token: env:PORTAL_TOKEN }\n') }, withTokens)
  expect((await fihrist(['harvest'], { cwd, env: tokens })).code).toBe(0)
  const served = await starts(['serve', '--port', '0'], serving, { cwd, env: tokens })
  const url = served.match[1]!
  const ended = async (location: string) => (await (await fetch(new URL(new URL(location).pathname, url))).json()) as Told
  try {
    const page = async () => (await fetch(`${url}fr/dataset/hcp-jeu-b`, { headers: { accept: 'text/html' } })).text()
    const asked = async () =>
      (
        await fetch(`${url}sparql?query=${encodeURIComponent('ASK { ?d <http://purl.org/dc/terms/title> "Un nouveau titre"@fr }')}`, {
          headers: { accept: 'application/sparql-results+json' },
        })
      ).json()
    await expect.poll(asked, { timeout: 60_000 }).toMatchObject({ boolean: false })
    portal.asked.length = 0

    portal.answers = ckanAnswers([packages[0], packageOf('b', { title: 'Un nouveau titre' }), packageOf('c', { title: 'Un autre' })])
    const answer = await post(served, '/api/sources/hcp/notify', tokens.PORTAL_TOKEN, json({ record: 'b' }))
    expect(answer.status).toBe(202)
    const location = answer.headers.get('location')!
    expect(new URL(location).pathname).toBe('/api/requests/1')
    expect(await answer.json()).toMatchObject({ id: 1, source: 'hcp', record: 'b', state: 'waiting' })
    await expect.poll(page, { timeout: 60_000, interval: 100 }).toContain('Un nouveau titre')
    await expect.poll(asked, { timeout: 60_000, interval: 100 }).toMatchObject({ boolean: true })
    await expect
      .poll(() => ended(location), { timeout: 60_000 })
      .toMatchObject({ state: 'complete', run: 2, report: `https://catalogue.example.ma/sources/hcp/runs/2`, problems: [] })
    // That record alone was asked for.
    expect(portal.asked).toEqual([expect.stringContaining('package_show?id=b')])
    expect(await (await fetch(`${url}fr/dataset/hcp-jeu-c`)).text()).not.toContain('Un autre')

    portal.answers = ckanAnswers([packages[0], packages[1]])
    const gone = await post(served, '/api/sources/hcp/notify', tokens.PORTAL_TOKEN, json({ record: 'https://catalogue.example.ma/dataset/hcp-jeu-c' }))
    expect(await gone.json()).toMatchObject({ record: 'c' })
    await expect.poll(async () => (await fetch(`${url}dataset/hcp-jeu-c`)).status, { timeout: 60_000 }).toBe(410)

    const whole = await post(served, '/api/sources/hcp/notify', tokens.ADMIN_TOKEN)
    expect(await whole.json()).toMatchObject({ record: null })
    await expect.poll(() => ended(whole.headers.get('location')!), { timeout: 60_000 }).toMatchObject({ state: 'complete' })
    // Keys of records are for those alone who may ask.
    expect(await ended(location)).not.toHaveProperty('record')
    const runs = served.log().filter(({ event }) => event !== 'store')
    expect(runs.map(({ event, source, why, requests, state }) => [event, source, why, requests, state])).toEqual(
      [1, 2, 3].flatMap(id => [
        ['run-started', 'hcp', 'request', [id], undefined],
        ['run-ended', 'hcp', 'request', [id], 'complete'],
      ]),
    )
  } finally {
    expect((await served.stop()).code).toBe(0)
    await portal.close()
  }
}, 180_000)

test('a run that would let too much go waits, says what, and goes on when somebody with the right token accepts it', async () => {
  const packages = Array.from({ length: 10 }, (_, at) => packageOf(`n${at}`))
  const portal = await startPortal(ckanAnswers(packages))
  const cwd = smallEdition({ hcp: sourceYaml(portal.url, 'notify: { token: env:PORTAL_TOKEN }\nremoval: { graceDays: 0 }\n') }, withTokens)
  expect((await fihrist(['harvest'], { cwd, env: tokens })).code).toBe(0)
  const served = await starts(['serve', '--port', '0'], serving, { cwd, env: tokens })
  const url = served.match[1]!
  const state = async (location: string) => ((await (await fetch(new URL(new URL(location).pathname, url))).json()) as Told).state
  try {
    const early = await post(served, '/api/sources/hcp/accept-removals', tokens.ADMIN_TOKEN)
    expect([early.status, await early.json()]).toMatchObject([
      409,
      { code: 'nothing-held', detail: expect.stringContaining('the last run of hcp is complete') },
    ])

    portal.answers = ckanAnswers(packages.slice(0, 6))
    const told = await post(served, '/api/sources/hcp/notify', tokens.PORTAL_TOKEN)
    await expect.poll(() => state(told.headers.get('location')!), { timeout: 60_000 }).toBe('held')
    expect((await post(served, '/api/sources/hcp/accept-removals', tokens.PORTAL_TOKEN)).status).toBe(403)
    const accepted = await post(served, '/api/sources/hcp/accept-removals', tokens.ADMIN_TOKEN)
    expect(accepted.status).toBe(202)
    expect(((await accepted.json()) as Told).gone.map(({ id }) => id)).toEqual(['hcp-jeu-n6', 'hcp-jeu-n7', 'hcp-jeu-n8', 'hcp-jeu-n9'])
    await expect.poll(() => state(accepted.headers.get('location')!), { timeout: 60_000 }).toBe('complete')
    expect((await fetch(`${served.match[1]!}dataset/hcp-jeu-n9`)).status).toBe(410)
  } finally {
    await served.stop()
    await portal.close()
  }
}, 180_000)

describe('who may ask', () => {
  test('without the right token, a known source and a body that is understood, nothing is asked for', async () => {
    const cwd = smallEdition(
      {
        hcp: sourceYaml('http://127.0.0.1:1/', 'notify: { token: env:PORTAL_TOKEN }\n'),
        other: sourceYaml('http://127.0.0.1:1/', 'notify: { token: env:OTHER_TOKEN }\n'),
        off: sourceYaml('http://127.0.0.1:1/', 'enabled: false\n'),
      },
      withTokens,
    )
    const served = await starts(['serve', '--port', '0', '--no-schedule'], serving, { cwd, env: tokens })
    const notify = '/api/sources/hcp/notify'
    const cases: [what: string, path: string, token: string | undefined, body: RequestInit, status: number, code: string][] = [
      ['no token', notify, undefined, {}, 401, 'unauthorised'],
      ['a token nobody knows', notify, 'no-such-token-at-all', {}, 401, 'unauthorised'],
      ['a token cut short', notify, tokens.PORTAL_TOKEN.slice(0, -1), {}, 401, 'unauthorised'],
      ['an empty token', notify, undefined, { headers: { authorization: 'Bearer ' } }, 401, 'unauthorised'],
      ['the token as a password', notify, undefined, { headers: { authorization: `Basic ${btoa(`me:${tokens.PORTAL_TOKEN}`)}` } }, 401, 'unauthorised'],
      ['the token in the address', `${notify}?access_token=${tokens.PORTAL_TOKEN}`, undefined, {}, 401, 'unauthorised'],
      ['the token of another portal', notify, tokens.OTHER_TOKEN, {}, 403, 'forbidden'],
      ['a portal that would accept removals', '/api/sources/hcp/accept-removals', tokens.PORTAL_TOKEN, {}, 403, 'forbidden'],
      ['a source that is not there', '/api/sources/nowhere/notify', tokens.ADMIN_TOKEN, {}, 404, 'not-found'],
      ['a source that is disabled', '/api/sources/off/notify', tokens.ADMIN_TOKEN, {}, 409, 'disabled'],
      ['a form', notify, tokens.PORTAL_TOKEN, { body: new URLSearchParams({ record: 'a' }) }, 415, 'unsupported-media-type'],
      ['text', notify, tokens.PORTAL_TOKEN, { body: '{"record": "a"}' }, 415, 'unsupported-media-type'],
      ['broken JSON', notify, tokens.PORTAL_TOKEN, { ...json({}), body: '{"record": ' }, 400, 'bad-request'],
      ['a list', notify, tokens.PORTAL_TOKEN, json(['a']), 400, 'bad-request'],
      ['a record that is no text', notify, tokens.PORTAL_TOKEN, json({ record: 7 }), 400, 'bad-request'],
      ['an empty record', notify, tokens.PORTAL_TOKEN, json({ record: ' ' }), 400, 'bad-request'],
      ['a key that is not known', notify, tokens.PORTAL_TOKEN, json({ records: ['a'] }), 400, 'bad-request'],
      ['a body that is too large', notify, tokens.PORTAL_TOKEN, json({ record: 'x'.repeat(20_000) }), 413, 'too-large'],
    ]
    try {
      for (const [what, path, token, body, status, code] of cases) {
        const answer = await post(served, path, token, body)
        expect([answer.status, ((await answer.json()) as { code: string }).code], what).toEqual([status, code])
        expect(answer.headers.get('www-authenticate')?.startsWith('Bearer realm="fihrist"'), what).toBe(status === 401 ? true : undefined)
      }
      expect((await post(served, notify, undefined, { method: 'GET' })).status).toBe(405)
      const preflight = await post(served, notify, undefined, { method: 'OPTIONS' })
      expect([preflight.status, preflight.headers.get('allow')]).toEqual([204, 'OPTIONS, POST'])
      // No page of another site can send a token along.
      expect(preflight.headers.get('access-control-allow-headers')!.toLowerCase()).not.toContain('authorization')
      for (const name of ['1', 'x', '0', '-1', '99999999999999999999'])
        expect((await fetch(new URL(`/api/requests/${name}`, served.match[1]))).status, name).toBe(404)

      const first = await post(served, notify, tokens.PORTAL_TOKEN, json({ record: 'a' }))
      const again = await post(served, notify, tokens.PORTAL_TOKEN, json({ record: 'a' }))
      expect([first.status, again.status]).toEqual([202, 202])
      expect(again.headers.get('location')).toBe(first.headers.get('location'))
      const said = await fihrist(['status'], { cwd, env: tokens })
      expect(said.out).toMatch(/^request 1: hcp, record a, asked for \S+, waiting$/m)

      const many = await Promise.all(Array.from({ length: 130 }, () => post(served, notify, 'guess-a-token-or-two')))
      expect(new Set(many.map(({ status }) => status))).toEqual(new Set([401, 429]))
    } finally {
      await served.stop()
    }
  }, 180_000)

  test('where no token is set nobody may, and the answer says which key to set', async () => {
    const cwd = smallEdition({ hcp: sourceYaml('http://127.0.0.1:1/') })
    const served = await starts(['serve', '--port', '0', '--no-schedule'], serving, { cwd })
    try {
      for (const token of [undefined, 'undefined', '']) {
        const answer = await post(served, '/api/sources/hcp/notify', token)
        expect([answer.status, ((await answer.json()) as { detail: string }).detail]).toEqual([
          403,
          'Nobody may ask for a run of hcp: no token is set. Set notify.token in hcp.yaml or in catalogue.yaml, as env:NAME.',
        ])
      }
      expect(((await (await post(served, '/api/sources/hcp/accept-removals')).json()) as { detail: string }).detail).toContain('admin.token in catalogue.yaml')
    } finally {
      await served.stop()
    }
  })

  test('a token that could be guessed is refused before anything is served', async () => {
    const cwd = smallEdition({ hcp: sourceYaml('http://127.0.0.1:1/', 'notify: { token: env:PORTAL_TOKEN }\n') })
    for (const [token, sentence] of [
      ['short', /hcp\.yaml:5: notify\.token: expected a secret of at least 16 characters/],
      ['', /notify\.token: expected a secret/],
    ] as const) {
      const { code, err } = await fihrist(['check'], { cwd, env: { PORTAL_TOKEN: token } })
      expect(code).toBe(2)
      expect(err).toMatch(sentence)
    }
  })
})
