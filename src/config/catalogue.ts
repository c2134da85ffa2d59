import { existsSync } from 'node:fs'
import { dirname, isAbsolute, join } from 'node:path'
import { z } from 'zod'
import { root } from '../files.ts'
import { Problem } from '../problem.ts'
import { contacts, withKnown } from './contacts.ts'
import { addressRange, cron, email, httpUrl, languageCode, limits, publicUrl, removal, retention, secret, texts, token } from './keys.ts'
import { signIn } from './sign-in.ts'
import { readYaml } from './yaml.ts'

/** The least severe findings that the store's quality graph holds. */
const findings = z.enum(['none', 'violation', 'warning', 'info'])

/** How much of what is measured the store's quality graph holds; it follows the size of the catalogue where nothing is said. */
const metrics = z.enum(['total', 'dimensions', 'all']).optional()

const schema = z.strictObject({
  base: publicUrl.transform(base => base.replace(/\/+$/, '')),
  /** Where it is reached beside `base`: who asks at one of these is given addresses there, and everybody else those of `base`. */
  origins: z.array(publicUrl.transform(url => new URL(url).origin)).default([]),
  title: texts,
  description: texts.default({}),
  /** What people look for often, by language: the way in offers it. */
  searches: z.record(languageCode, z.array(z.string().min(1)).max(12)).default({}),
  publisher: z.string().min(1),
  languages: z.array(languageCode).min(1),
  licence: z.string().optional(),
  /** What the catalogue covers: entries of the edition's list of territories, or IRIs. */
  spatial: z.array(z.string().min(1)).default([]),
  /** Who answers for the catalogue, for those who harvest it. */
  email: email.optional(),
  timeZone: z
    .string()
    .default('UTC')
    .refine(zone => Intl.supportedValuesOf('timeZone').includes(zone) || zone === 'UTC', 'expected a time zone such as Europe/Brussels'),
  harvesters: z.string().default('./harvesters'),
  ontologies: z.string().optional(),
  shapes: z.string().optional(),
  pages: z.string().default('./pages'),
  /** The edition's own words, a file a language: of languages that the program has none in, or in place of its sentences. */
  words: z.string().default('./words'),
  profiles: z.array(z.string()).min(1).default(['admission', 'dcat-ap']),
  blocking: z.array(z.string()).default(['admission']),
  /** The publication gate: of what violates one of these profiles nothing is published. They are run beside `profiles`. */
  withholding: z.array(z.string()).default([]),
  /** The profile that a record without a violation is said to comply with (`dcatApCompliance` of its quality). */
  compliance: z.string().optional(),
  quality: z
    .strictObject({
      /** The languages in which each dataset should have a title and a description; the first two of `languages` where nothing is said. */
      languages: z.array(languageCode).min(1).optional(),
    })
    .prefault({}),
  store: z
    .discriminatedUnion('kind', [
      z.strictObject({
        kind: z.literal('oxigraph'),
        replicas: z.number().int().min(1).max(8).default(3),
        timeoutS: z.number().positive().default(10),
        rows: z.number().int().positive().default(200_000),
        answerMB: z.number().positive().max(400).default(100),
        queryMB: z.number().positive().default(1000),
        findings: findings.default('violation'),
        metrics,
      }),
      z.strictObject({
        kind: z.literal('sparql'),
        query: httpUrl,
        update: httpUrl,
        graphStore: httpUrl,
        user: z.string().optional(),
        password: z.string().optional(),
        atOnce: z.number().int().min(1).max(100).default(8),
        timeoutS: z.number().positive().default(10),
        rows: z.number().int().positive().default(200_000),
        answerMB: z.number().positive().max(400).default(100),
        findings: findings.default('info'),
        metrics,
      }),
    ])
    .prefault({ kind: 'oxigraph' }),
  sparql: z
    .strictObject({
      /** The endpoints that a query may name in SERVICE. */
      federation: z.array(httpUrl).default([]),
    })
    .prefault({}),
  web: z
    .strictObject({
      /** How often one client may ask in a minute. */
      perMinute: z.number().int().min(1).default(600),
      /** The proxies that are believed when they say who asks (`X-Forwarded-For`) and by what (`X-Forwarded-Proto`). */
      proxies: z.array(addressRange).default(['127.0.0.0/8', '::1/128']),
    })
    .prefault({}),
  http: z
    .strictObject({
      userAgent: z.string().optional(),
      allowAddresses: z.array(addressRange).default([]),
      proxy: z
        .string()
        .refine(text => text.startsWith('http://') && URL.canParse(text), 'expected the address of an HTTP proxy such as http://proxy.example.org:3128')
        .optional(),
    })
    .prefault({}),
  limits: limits
    .extend({
      maxBytes: limits.shape.maxBytes.default(100e6),
      delayMs: limits.shape.delayMs.default(1000),
      timeoutS: limits.shape.timeoutS.default(60),
    })
    .prefault({}),
  removal: removal.extend({ threshold: removal.shape.threshold.default(0.2), graceDays: removal.shape.graceDays.default(7) }).prefault({}),
  contacts: contacts.optional(),
  retention: retention.prefault({}),
  schedule: z.strictObject({ atOnce: z.number().int().min(1).default(2), jitterS: z.number().min(0).default(600) }).prefault({}),
  /** The addresses of files: when they are asked whether they answer, after how many days again, and how many of a host in a night. */
  links: z
    .strictObject({ schedule: cron.optional(), recheckDays: z.number().positive().default(7), perHost: z.number().int().positive().default(500) })
    .prefault({}),
  notify: token.optional(),
  admin: token.optional(),
  /** Lets those who bring it read how the catalogue is doing (`/metrics`), from other machines than its own. */
  metrics: token.optional(),
  programme: z
    .strictObject({
      /** A dataset of which so many people report personal data is withheld until a steward decides. */
      withholdReported: z.number().int().min(1).optional(),
      /** How often stewards are written to of what there is to do, where they have not chosen. */
      digest: z.enum(['daily', 'weekly', 'never']).default('weekly'),
    })
    .prefault({}),
  signIn: signIn.prefault({}),
  notices: z
    .strictObject({
      webhook: httpUrl.optional(),
      secret: secret.optional(),
      mail: z
        .strictObject({
          smtp: z
            .string()
            .refine(
              text => /^smtps?:\/\//.test(text) && URL.canParse(text),
              'expected the address of a mail server such as smtp://user:password@mail.example.org:587, as env:NAME',
            ),
          from: email,
          to: z.union([email.transform(each => [each]), z.array(email)]).default([]),
        })
        .optional(),
      language: languageCode.optional(),
    })
    .prefault({}),
})

/** The edition: catalogue.yaml with every default filled in and every folder absolute. */
export type Catalogue = Omit<z.infer<typeof schema>, 'http'> & {
  file: string
  ontologies: string
  shapes: string
  pages: string
  words: string
  http: z.infer<typeof schema>['http'] & { userAgent: string }
}
export type HttpRules = Catalogue['http']
export type StoreConfiguration = Catalogue['store']
export type NoticeRules = Catalogue['notices']

/** Reads and checks catalogue.yaml. Throws a Problem `configuration` with file, line and key. */
export function readCatalogue(file: string, env: NodeJS.ProcessEnv): Catalogue {
  if (!existsSync(file))
    throw new Problem(
      'configuration',
      `${file} cannot be read: ENOENT, there is no such file. Go to the folder of the edition, or name its file with --catalogue FILE; ` +
        'fihrist init begins one.',
      { file },
    )
  const read = readYaml(file, schema, env)
  const folder = (path: string) => (isAbsolute(path) ? path : join(dirname(file), path))
  const ontologies = read.ontologies ? folder(read.ontologies) : join(root, 'ontologies')
  return {
    ...read,
    file,
    profiles: [...new Set([...read.profiles, ...read.withholding])],
    compliance: read.compliance ?? read.profiles.find(name => name === 'dcat-ap'),
    contacts: read.contacts && withKnown(read.contacts, ontologies),
    // Who is harvested can see by whom, and whom to ask.
    http: { ...read.http, userAgent: read.http.userAgent ?? `Fihrist (+${read.base})` },
    harvesters: folder(read.harvesters),
    ontologies,
    shapes: read.shapes ? folder(read.shapes) : join(root, 'shapes'),
    pages: folder(read.pages),
    words: folder(read.words),
  }
}
