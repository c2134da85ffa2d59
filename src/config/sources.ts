import { X509Certificate } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { z } from 'zod'
import { Problem, sentence } from '../problem.ts'
import type { Catalogue } from './catalogue.ts'
import { cron, email, fileUrl, headers, httpUrl, keptInventory, languageCode, limits, publicUrl, removal, secret, texts, token, type Removal } from './keys.ts'
import { checkYaml, knownKeys, readYaml } from './yaml.ts'

/** Where a source is: at a portal, among the files of the edition, or in the ledger. */
const address = z.string().superRefine((text, context) => {
  if (text === keptInventory) return
  const problem = (text.startsWith('file:') ? fileUrl : publicUrl).safeParse(text).error?.issues[0]
  if (problem) context.addIssue({ code: 'custom', message: problem.message })
})

/** What a file of harvesters/ may say of a portal. */
const settings = z.strictObject({
  title: texts,
  protocol: z.string(),
  url: address,
  publisher: z.string().optional(),
  language: languageCode.optional(),
  licence: z.string().optional(),
  /** Where datasets with a file stand that state no status. */
  status: z.string().optional(),
  schedule: cron.optional(),
  enabled: z.boolean().default(true),
  /** What people should know of the source: why it is disabled, by language. */
  note: texts.optional(),
  priority: z.number().int().default(50),
  /** What two records of one identifier are: the first is kept, both are kept apart, or they are one dataset. */
  duplicates: z.enum(['first', 'apart', 'merge']).optional(),
  /** Whether what the portal's robots.txt disallows is left alone; where it is not said, the protocol decides. */
  robots: z.boolean().optional(),
  /** What its requests say beside their address, such as a key of the portal. */
  headers: headers.optional(),
  /** Certificates (PEM) that are believed besides the system's authorities: in the file, the name of theirs. */
  ca: z.string().min(1).optional(),
  /** The protocol's own, checked by the protocol's own schema. */
  options: z.unknown().optional(),
  limits: limits.partial().optional(),
  removal: removal.partial().optional(),
  /** Lets the portal tell that something has changed. */
  notify: token.optional(),
  /** Who is told, in the source's language, that it broke or works again. */
  contact: z.strictObject({ mail: email.optional(), webhook: httpUrl.optional(), secret: secret.optional() }).optional(),
})

/** A portal we harvest: one file of harvesters/, with every default filled in. */
export interface Source extends z.infer<typeof settings> {
  id: string
  file: string
  /** Where its `file:` address starts: the folder of catalogue.yaml. */
  folder: string
  language: string
  /** The protocol's own, as its schema makes them. */
  options: unknown
  limits: Catalogue['limits']
  removal: Removal
}

/**
 * What a source may say to each protocol, by its name in YAML: its options, and whether its url may be a file of the edition's own, or the inventory that is
 * kept in the ledger.
 */
export type ProtocolOptions = Record<string, { options: z.ZodType; files?: true; kept?: true }>

/** Whether a source is the inventory that stewards keep here. */
export const isKept = ({ url }: Pick<Source, 'url'>): boolean => url === keptInventory

/** Reads and checks every file of the harvesters folder. Throws a Problem `configuration` with file, line and key. */
export function readSources(catalogue: Catalogue, protocols: ProtocolOptions, env: NodeJS.ProcessEnv): Source[] {
  let files: string[]
  try {
    files = readdirSync(catalogue.harvesters)
      .filter(name => /\.ya?ml$/.test(name))
      .sort()
  } catch (error) {
    throw new Problem(
      'configuration',
      `${catalogue.file}: harvesters: the folder ${catalogue.harvesters} cannot be read: ${sentence(error)}.`,
      { file: catalogue.file },
      error,
    )
  }
  return files.map(name => readSource(join(catalogue.harvesters, name), catalogue, protocols, env))
}

/** Reads and checks one file. Throws a Problem `configuration` with file, line and key. */
export function readSource(file: string, catalogue: Catalogue, protocols: ProtocolOptions, env: NodeJS.ProcessEnv): Source {
  const id = basename(file).replace(/\.ya?ml$/, '')
  if (!isSourceId(id))
    throw new Problem('configuration', `${file}:1: the file name is the id of the source: use small letters, digits and hyphens only`, { file, line: 1 })
  const { limits, language, removal, ...read } = readYaml(file, schemaFor(protocols), env, secretKeys)
  if (read.contact?.mail && !catalogue.notices.mail)
    throw new Problem('configuration', `${file}: contact.mail: catalogue.yaml does not say how e-mails are sent: set notices.mail there, with smtp and from.`, {
      file,
    })
  return {
    ...read,
    id,
    file,
    folder: dirname(catalogue.file),
    language: language ?? catalogue.languages[0]!,
    limits: { ...catalogue.limits, ...limits },
    removal: { ...catalogue.removal, ...removal },
    ...(read.ca && { ca: certificatesOf(file, read.ca) }),
  }
}

/** Keys below which there are names of environment variables alone. */
const secretKeys = ['headers']

/** What may be the id of a source, and so the name of its file. */
export const isSourceId = (id: string): boolean => /^[a-z0-9][a-z0-9-]*$/.test(id)

/** Checks the text of a file that is not written yet. Throws a Problem `configuration` with line and key. */
export const checkSource = (text: string, file: string, protocols: ProtocolOptions): void => void checkYaml(text, file, schemaFor(protocols), {}, secretKeys)

function certificatesOf(file: string, name: string): string {
  const path = resolve(dirname(file), name)
  const wrong = (what: string, cause?: unknown) => new Problem('configuration', `${file}: ca: ${path} ${what}`, { file }, cause)
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    throw wrong(`cannot be read: ${sentence(error)}.`, error)
  }
  const certificates = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g)
  if (!certificates) throw wrong('holds no certificate in PEM ("-----BEGIN CERTIFICATE-----"). Write one in DER as PEM by: openssl x509 -inform der -in FILE.')
  try {
    for (const each of certificates) new X509Certificate(each)
  } catch (error) {
    throw wrong(`holds a certificate that cannot be read: ${sentence(error)}.`, error)
  }
  return text
}

/** The settings, with a protocol that there is and the options that it knows. */
function schemaFor(protocols: ProtocolOptions) {
  const names = Object.keys(protocols)
  return settings
    .extend({
      protocol: settings.shape.protocol.refine(name => names.includes(name), {
        error: issue => `unknown protocol "${String(issue.input)}"; known: ${names.join(', ')}`,
      }),
    })
    .transform((source, context) => {
      const { options: schema, files, kept } = protocols[source.protocol] ?? {}
      if (isKept(source) && schema && !kept)
        context.addIssue({ code: 'custom', path: ['url'], message: `${source.protocol} does not read ${keptInventory}: set protocol: inventory` })
      if (source.url.startsWith('file:') && schema && !files)
        context.addIssue({ code: 'custom', path: ['url'], message: `${source.protocol} reads no files: expected an absolute http or https address` })
      const options = schema?.safeParse(source.options ?? {})
      for (const issue of options?.error?.issues ?? [])
        context.addIssue({
          ...issue,
          path: ['options', ...issue.path],
          ...(issue.code === 'unrecognized_keys' && { known: knownKeys(schema!, issue.path, source.options) }),
        })
      return { ...source, options: options?.data }
    })
}
