import { z } from 'zod'
import { httpUrl, texts } from './keys.ts'

const isLoopback = (url: string) => ['localhost', '127.0.0.1', '[::1]'].includes(new URL(url).hostname)

/** How stewards sign in by the accounts of the administration (OpenID Connect), beside invitations and passphrases. */
export const signIn = z.strictObject({
  oidc: z
    .strictObject({
      issuer: httpUrl.refine(url => url.startsWith('https:') || isLoopback(url), 'expected an https address: http is for loopback alone'),
      clientId: z.string().min(1),
      clientSecret: z.string().min(1).optional(),
      /** What the button says. */
      title: texts.optional(),
      scope: z.string().default('openid email profile'),
      /** The provider vouches for every address that it tells, whether it says so (`email_verified`) or not. */
      trustEmails: z.boolean().default(false),
      /** Who may do what by a claim: the first line whose value the claim has. Who has none of them needs an invitation. */
      roles: z
        .strictObject({
          claim: z.string().min(1),
          values: z
            .array(z.strictObject({ is: z.string().min(1), role: z.enum(['reader', 'manager', 'steward', 'admin']), body: z.string().optional() }))
            .min(1),
        })
        .optional(),
    })
    .optional(),
})

export type OidcSettings = NonNullable<z.infer<typeof signIn>['oidc']>
