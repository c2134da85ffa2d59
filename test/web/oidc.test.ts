import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider from 'oidc-provider'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { invite, people } from '../../src/ledger/programme/people.ts'
import { edition, openHouse } from '../harvest/harvest.ts'
import { startProxy } from '../harvest/http/proxy.ts'
import { serve, type Open } from './site.ts'
import { read, visitor, type Visitor } from './visitor.ts'

// Signing in by the accounts of the administration: a provider of OpenID Connect of its own, that knows nothing of us but a client and where it comes back to.

let site: Open
let sso: Server
let issuer: string
let proxy: Awaited<ReturnType<typeof startProxy>>
/** What the provider says of each of its accounts. */
const accounts: Record<string, Record<string, unknown>> = {
  salma: { email: 'Salma@example.ma', email_verified: true, name: 'Salma B.' },
  ali: { email: 'ali@example.ma', email_verified: false },
  amina: { email: 'amina@example.ma', email_verified: true, name: 'Amina', groups: ['staff', 'rod-hcp'] },
}
beforeAll(async () => {
  // It warns that it is not set up for people.
  vi.spyOn(console, 'warn').mockReturnValue()
  vi.spyOn(console, 'info').mockReturnValue()
  sso = createServer()
  await new Promise<void>(resolve => void sso.listen(0, '127.0.0.1', resolve))
  issuer = `http://127.0.0.1:${(sso.address() as AddressInfo).port}`
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'fihrist',
        client_secret: 'a secret of the client',
        redirect_uris: ['https://catalogue.example.ma/steward/sign-in/oidc/callback'],
        // Who signs in is asked nothing more than who he is.
        response_types: ['code'],
        grant_types: ['authorization_code'],
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'groups'] },
    cookies: { keys: ['key'] },
    pkce: { required: () => true },
    findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id, ...accounts[id] }) }),
  })
  sso.on('request', provider.callback())
  proxy = await startProxy()
  const roles = `roles: { claim: groups, values: [{ is: rod-hcp, role: steward, body: hcp }, { is: opendata, role: admin }] }`
  const text = edition.replace('http: {', `http: { proxy: "http://127.0.0.1:${proxy.port}",`)
  const house = await openHouse(`${text}signIn: { oidc: { issuer: "${issuer}", clientId: fihrist, clientSecret: a secret of the client, ${roles} } }\n`)
  site = await serve(house, [])
}, 60_000)
afterAll(async () => {
  expect(site.failures).toEqual([])
  sso.closeAllConnections()
  sso.close()
  await Promise.all([site.close(), proxy.close()])
})

/** Somebody's browser at the provider: he says who he is, agrees, and is sent back; the address at which he comes back to the catalogue. */
async function signsInAs(account: string, address: string): Promise<string> {
  const jar = new Map<string, string>()
  let next: { url: string; body?: URLSearchParams } = { url: address }
  for (;;) {
    const cookie = [...jar].map(pair => pair.join('=')).join('; ')
    const answer = await fetch(next.url, { redirect: 'manual', ...(next.body && { method: 'POST', body: next.body }), headers: { Cookie: cookie } })
    for (const each of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(each)!
      jar.set(name!, value!)
    }
    const to = answer.headers.get('Location')
    if (to) {
      const url = new URL(to, next.url)
      if (url.origin !== issuer) return url.pathname + url.search
      next = { url: url.href }
      continue
    }
    const page = await answer.text()
    const action = /action="([^"]+)"/.exec(page)![1]!
    const prompt = /name="prompt" value="(\w+)"/.exec(page)![1]!
    next = { url: new URL(action, next.url).href, body: new URLSearchParams({ prompt, ...(prompt === 'login' && { login: account, password: 'x' }) }) }
  }
}

/** Goes to the provider and comes back. */
async function enter(browser: Visitor, account: string): Promise<Response> {
  const away = await browser.get('/steward/sign-in/oidc?to=%2Fsteward%2Fmatters%2F7')
  expect(away.status).toBe(303)
  return browser.get(await signsInAs(account, away.headers.get('Location')!))
}

test('who was invited by his address signs in by the account of the administration, which is his from then on', async () => {
  const browser = visitor(site)
  expect(await browser.page('/steward/sign-in')).toContain("Se connecter avec le compte de l'administration")
  const stranger = await enter(browser, 'salma')
  expect([stranger.status, await read(stranger)]).toEqual([403, expect.stringContaining("n'a pas accès à l'espace des responsables")])

  const at = new Date().toISOString()
  invite(site.house.ledger, { email: 'salma@example.ma', name: 'Salma', role: 'admin', body: null, language: 'fr' }, 'w', at, at)
  const entered = await enter(browser, 'salma')
  expect([entered.status, entered.headers.get('Location')]).toEqual([303, '/steward/matters/7'])
  expect(entered.headers.getSetCookie().join()).toMatch(/fihrist-session=[\w-]+;.*HttpOnly; SameSite=Lax/)
  expect(await browser.page('/steward')).toContain('Salma')
  // Another address at the provider is still the same account.
  accounts['salma'] = { email: 'nouvelle@example.ma', email_verified: true }
  expect((await enter(visitor(site), 'salma')).status).toBe(303)
  // The provider is reached by the proxy of the edition, as everything outside.
  expect(proxy.asked).toContain(`GET ${issuer}/.well-known/openid-configuration`)
  expect(proxy.asked).toContain(`POST ${issuer}/token`)
})

test('an address that the provider does not vouch for opens nothing', async () => {
  const at = new Date().toISOString()
  invite(site.house.ledger, { email: 'ali@example.ma', name: 'Ali', role: 'admin', body: null, language: 'fr' }, 'w2', at, at)
  expect((await enter(visitor(site), 'ali')).status).toBe(403)
})

test('a claim grants a role for a body, as long as the provider says it', async () => {
  const browser = visitor(site)
  expect((await enter(browser, 'amina')).status).toBe(303)
  expect(people(site.house.ledger).find(({ email }) => email === 'amina@example.ma')).toMatchObject({ role: 'steward', body: 'hcp', name: 'Amina' })
  expect((await browser.get('/steward')).status).toBe(200)
  expect((await browser.get('/steward/people')).status).toBe(403)
  accounts['amina'] = { ...accounts['amina'], groups: ['staff'] }
  expect((await enter(visitor(site), 'amina')).status).toBe(403)
  expect((await browser.get('/steward')).status).toBe(303)
})

test('an answer that another browser was given, that is replayed, or that was changed lets nobody in', async () => {
  accounts['amina'] = { ...accounts['amina'], groups: ['opendata'] }
  const one = visitor(site)
  const away = await one.get('/steward/sign-in/oidc')
  const asked = new URL(away.headers.get('Location')!)
  expect(Object.fromEntries(asked.searchParams)).toMatchObject({ code_challenge_method: 'S256', response_type: 'code' })
  for (const name of ['state', 'nonce', 'code_challenge']) expect(asked.searchParams.get(name)!.length).toBeGreaterThan(40)
  const back = await signsInAs('amina', asked.href)
  const cookies = new Map(one.cookies)
  const [stranger, other] = [visitor(site), visitor(site)]
  await other.get('/steward/sign-in/oidc')
  for (const [who, path] of [
    [stranger, back],
    [other, back],
    [one, back.replace(/state=[^&]+/, 'state=forged')],
  ] as const) {
    const refused = await who.get(path)
    expect([refused.status, await read(refused)]).toEqual([403, expect.stringContaining("La connexion n'a pas abouti.")])
  }
  for (const [name, value] of cookies) one.cookies.set(name, value)
  expect((await one.get(back)).status).toBe(303)
  for (const [name, value] of cookies) one.cookies.set(name, value)
  expect((await one.get(back)).status).toBe(403)
})

test('a provider that is away is told of, and costs nobody the way by passphrase', async () => {
  const catalogue = site.house.engine.catalogue
  const { oidc } = catalogue.signIn
  Object.assign(catalogue.signIn, { oidc: { ...oidc, issuer: 'http://127.0.0.1:9' } })
  const away = await visitor(site, 'en').get('/steward/sign-in/oidc')
  expect([away.status, await away.text()]).toEqual([502, expect.stringMatching(/sign-in of the administration does not answer.*name="passphrase"/s)])
  expect(String(site.failures.splice(0))).toContain('Sign-in by OpenID Connect:')
  Object.assign(catalogue.signIn, { oidc })
})
