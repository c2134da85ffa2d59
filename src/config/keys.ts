import { Cron } from 'croner'
import ipaddr from 'ipaddr.js'
import { z } from 'zod'
import { sentence } from '../problem.ts'
import { secretIn } from './secret-parameters.ts'

/** Kinds of values that both YAML files use. */

const languageTag = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{1,8})*$/, 'expected a language code such as fr')
/** A language as BCP 47 writes it, in its usual case: `de`, `pt-BR`, `sr-Latn`. */
export const languageCode = languageTag.refine(isCanonical, 'expected a language code in its usual case, such as fr, pt-BR or sr-Latn')

function isCanonical(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag)[0] === tag
  } catch {
    return false
  }
}

/** A text in each of the languages it is known in: `{ fr: …, ar: … }`, or one text for all. */
export const texts = z.union([
  z
    .string()
    .min(1)
    .transform(text => ({ und: text }) as Record<string, string>),
  z.record(languageTag, z.string()),
])

/** A line of a schedule. */
export const cron = z.string().superRefine((text, context) => {
  try {
    new Cron(text, { paused: true }).stop()
  } catch (error) {
    context.addIssue({ code: 'custom', message: `expected a cron expression such as "0 3 * * *": ${sentence(error)}` })
  }
})

const sizes: Record<string, number> = { B: 1, kB: 1e3, KB: 1e3, MB: 1e6, GB: 1e9 }

/** `100MB` → bytes. */
export const bytes = z
  .union([z.number().int().positive(), z.string().regex(/^\d+(\.\d+)?\s*(B|kB|KB|MB|GB)$/, 'expected a size such as 100MB')])
  .transform(size => {
    if (typeof size === 'number') return size
    const [, number, unit] = /^([\d.]+)\s*(\w+)$/.exec(size)!
    return Math.round(Number(number) * sizes[unit!]!)
  })

export const addressRange = z.string().refine(range => /[.:].*\//.test(range) && ipaddr.isValidCIDR(range), 'expected an address range such as 127.0.0.0/8')
export const httpUrl = z.string().refine(text => /^https?:\/\//.test(text) && URL.canParse(text), 'expected an absolute http or https address')
/** The same, of what is shown to everybody: nothing secret stands in it. */
export const publicUrl = httpUrl
  .refine(
    text => !URL.canParse(text) || !(new URL(text).username || new URL(text).password),
    'expected an address without a user and a password, as it is published: say them by headers, such as { Authorization: env:NAME }',
  )
  .refine(text => secretIn(text) === undefined, {
    error: ({ input }) =>
      `expected an address without a key, as it is published: "${secretIn(String(input))}" looks like one; ` +
      'say it by headers, such as { Authorization: env:NAME } or { X-API-Key: env:NAME }, as the portal takes it',
  })
/** What requests say beside their address, by its name (RFC 9110, 5): keys of portals, never sent to another host. */
export const headers = z.record(
  z.string().regex(/^(?!host$|connection$|content-|transfer-|te$|upgrade$)[!#$%&'*+.^_`|~\w-]+$/i, 'expected the name of a header such as Authorization'),
  z.string().regex(/^[\t\x20-\x7E\x80-\xFF]+$/, 'expected the value of a header: one line, as env:NAME'),
)
/** A file or folder of the edition, by its path from catalogue.yaml: never a path that leads out of the edition's folder. */
export const fileUrl = z
  .string()
  .refine(
    text => /^file:(?![/\\])./.test(text) && !filePath(text).split(/[/\\]/).includes('..'),
    'expected a path within the folder of catalogue.yaml, such as file:inventories/water.xlsx',
  )
/** The address of the inventory that stewards keep in the ledger. */
export const keptInventory = 'ledger:inventory'

/** `file:inventories/water%202026.xlsx` → `inventories/water 2026.xlsx`. */
export const filePath = (url: string): string => {
  const path = url.replace(/^file:(\.\/)?/, '')
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

export const removal = z.strictObject({
  /** The share of a source that one run may remove without a person's word. */
  threshold: z.number().min(0).max(1),
  /** Days a record stays published after it was last seen. */
  graceDays: z.number().min(0),
})
export type Removal = z.infer<typeof removal>

/** How a portal is asked, and how much is read. */
export const limits = z.strictObject({
  delayMs: z.number().min(0),
  /** For the connection, and for each next byte. */
  timeoutS: z.number().positive(),
  /** For a whole request: ten times `timeoutS` where it is not said. */
  totalS: z.number().positive().optional(),
  maxBytes: bytes,
})

const days = z.number().positive('expected a number of days')
export const retention = z.strictObject({
  /** Former versions: those within so many days stay, and so do so many of the newest of each record. */
  versions: z.strictObject({ days: days.optional(), keep: z.number().int().min(1).optional() }).default({}),
  /** What portals sent: the last of each record, or nothing. */
  payloads: z.enum(['last', 'none']).default('last'),
  runs: z.strictObject({ days: days.optional() }).default({}),
})

/** A secret, from the environment: too short a one would be guessed. */
export const secret = z.string().min(16, 'expected a secret of at least 16 characters, as env:NAME')
/** Lets those who bring it ask for a run. */
export const token = z.strictObject({ token: secret })
export const email = z.email('expected an e-mail address')
