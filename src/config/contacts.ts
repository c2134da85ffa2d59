import { z } from 'zod'
import { fileWithShared } from './shared.ts'
import { readYaml } from './yaml.ts'

const pattern = z.string().transform((text, context) => {
  try {
    return new RegExp(text)
  } catch {
    context.addIssue({ code: 'custom', message: `expected a regular expression such as "^0[67]\\\\d{8}$"` })
    return z.NEVER
  }
})

/** What is done about people's addresses and telephones in records; nothing where the key is absent or `replacePersonal` is false. */
export const contacts = z.strictObject({
  replacePersonal: z.boolean(),
  /** The address that stands in for a person's where the publisher has none. */
  functional: z.email('expected an e-mail address such as opendata@example.org').optional(),
  /** Words of the names of addresses and contacts that are an office's, not a person's. */
  officeWords: z.array(z.string().min(1)).default([]),
  /** Hosts where people have addresses of their own. */
  freeHosts: z.array(z.string().min(3)).default([]),
  /** What the digits of a mobile telephone number look like. */
  mobile: z.array(pattern).default([]),
})
export type Contacts = z.infer<typeof contacts>

const known = z.strictObject({ officeWords: z.array(z.string().min(1)), freeHosts: z.array(z.string().min(3)) })

/** The rules for contacts with the words and hosts of `contacts.yaml` before the edition's own: that of its reference lists, else the shipped one. */
export function withKnown(rules: Contacts, ontologies: string): Contacts {
  const { officeWords, freeHosts } = readYaml(fileWithShared(ontologies, 'ontologies', 'contacts.yaml'), known, {})
  return { ...rules, officeWords: [...officeWords, ...rules.officeWords], freeHosts: [...freeHosts, ...rules.freeHosts] }
}
