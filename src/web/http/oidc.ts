import * as client from 'openid-client'
import { z } from 'zod'
import type { OidcSettings } from '../../config/sign-in.ts'
import type { Vouched } from '../../ledger/programme/sign-on.ts'

/** Seconds that the provider may take to answer. */
const mostSeconds = 10

/** What a browser bears while it is with the provider: it alone can come back with the answer (RFC 7636; OpenID Connect, 3.1.2.1). */
const way = z.strictObject({ verifier: z.string(), state: z.string(), nonce: z.string(), to: z.string() })
export type Way = z.infer<typeof way>

/** Seconds for which a sign-in at the provider may go on. */
export const waySeconds = 600
export const wayText = (on: Way): string => Buffer.from(JSON.stringify(on)).toString('base64url')
export function wayOf(text: string | undefined): Way | undefined {
  try {
    return way.parse(JSON.parse(Buffer.from(text ?? '', 'base64url').toString('utf8')))
  } catch {
    return undefined
  }
}

/** How the provider is asked, where that is not straight. */
type Ask = typeof fetch

/** What each provider says of itself, asked for once; where that fails, once more. */
const discovered = new Map<OidcSettings, Promise<client.Configuration>>()
function configurationOf(settings: OidcSettings, ask?: Ask): Promise<client.Configuration> {
  const known = discovered.get(settings)
  if (known) return known
  const { issuer, clientId, clientSecret } = settings
  const asked = client
    .discovery(new URL(issuer), clientId, clientSecret, clientSecret === undefined ? client.None() : undefined, {
      timeout: mostSeconds,
      ...(ask && { [client.customFetch]: (url, init) => ask(url, init as RequestInit) }),
      // What is signed is checked, even though it came over TLS from the provider itself. Over http only loopback is let in by the settings.
      execute: [client.enableNonRepudiationChecks, ...(issuer.startsWith('http:') ? [client.allowInsecureRequests] : [])],
    })
    .catch(error => {
      discovered.delete(settings)
      throw error
    })
  discovered.set(settings, asked)
  return asked
}

/** The address at the provider where somebody signs in, and what his browser is to bear meanwhile. */
export async function beginOidc(settings: OidcSettings, redirect: string, to: string, ask?: Ask): Promise<{ address: string; on: Way }> {
  const on = { verifier: client.randomPKCECodeVerifier(), state: client.randomState(), nonce: client.randomNonce(), to }
  const address = client.buildAuthorizationUrl(await configurationOf(settings, ask), {
    redirect_uri: redirect,
    scope: settings.scope,
    code_challenge: await client.calculatePKCECodeChallenge(on.verifier),
    code_challenge_method: 'S256',
    state: on.state,
    nonce: on.nonce,
  })
  return { address: address.href, on }
}

/** Who comes back from the provider at an address. Rejects where it was not this browser that went there, or where the provider does not vouch for him. */
export async function endOidc(settings: OidcSettings, address: string, { verifier, state, nonce }: Way, ask?: Ask): Promise<Vouched> {
  const configuration = await configurationOf(settings, ask)
  const tokens = await client.authorizationCodeGrant(configuration, new URL(address), {
    pkceCodeVerifier: verifier,
    expectedState: state,
    expectedNonce: nonce,
    idTokenExpected: true,
  })
  const signed = tokens.claims()!
  // Providers tell addresses and groups in either place.
  const told = configuration.serverMetadata().userinfo_endpoint ? await client.fetchUserInfo(configuration, tokens.access_token, signed.sub) : {}
  const claims: Record<string, unknown> = { ...told, ...signed }
  const { email, name } = claims
  const isVouchedFor = typeof email === 'string' && (claims['email_verified'] === true || settings.trustEmails)
  return {
    subject: `${signed.iss} ${signed.sub}`,
    email: isVouchedFor ? email.toLowerCase() : undefined,
    name: typeof name === 'string' ? name.slice(0, 100) : undefined,
    granted: grantedBy(settings, claims),
  }
}

/** What a claim grants: the first line of the settings whose value it has, be it one or several. */
function grantedBy({ roles }: OidcSettings, claims: Record<string, unknown>): Vouched['granted'] {
  const said = roles && claims[roles.claim]
  const values = Array.isArray(said) ? said : [said]
  const found = roles?.values.find(({ is }) => values.includes(is))
  return found && { role: found.role, body: found.body ?? null }
}

/**
 * Whether somebody only came back otherwise than he went: what he brings is not an answer to what was asked. Anything else is the provider's fault, or the
 * way's.
 */
export const isOurs = (error: unknown): boolean =>
  error instanceof client.AuthorizationResponseError ||
  (error instanceof client.ResponseBodyError && error.error === 'invalid_grant') ||
  (error instanceof client.ClientError && error.code === 'OAUTH_INVALID_RESPONSE')
