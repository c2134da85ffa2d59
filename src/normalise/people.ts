import { fold } from '../vocabulary/fold.ts'
import type { ContactRules } from './draft.ts'

const emails = /[\p{L}\d._%+'-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}/giu
const telephones = /(?<![\w+./-])\+?\d(?:[ \u00a0\u202f().-]{0,2}\d){7,14}(?![\w/-])/g

/** Tells people's data from offices': an address such as `m.alaoui@…` or at a free-mail host, a mobile telephone. */
export interface People {
  isPersonalEmail(address: string): boolean
  isMobile(number: string): boolean
  /** True of a name such as "Service des statistiques". */
  isOffice(name: string): boolean
  /** A text with each personal address and mobile number in it replaced. */
  without(text: string, replace: (found: string) => string): string
}

const known = new WeakMap<ContactRules, People>()

/** People as the edition's rules know them. An address that holds a word of offices is an office's, whatever its host. */
export function peopleOf(rules: ContactRules): People {
  const people = known.get(rules) ?? read(rules)
  known.set(rules, people)
  return people
}

function read({ functional = '', officeWords, freeHosts, mobile }: ContactRules): People {
  const words = new Set(officeWords.map(fold))
  const hosts = new Set(freeHosts.map(host => host.toLowerCase()))
  const isOffice = (name: string) =>
    fold(name.replace(/_/g, ' '))
      .split(' ')
      .some(word => words.has(word) || words.has(word.replace(/\d+$/, '')))
  const isPersonalEmail = (address: string) => {
    const [local = '', host = ''] = address.toLowerCase().split('@')
    if (address.toLowerCase() === functional.toLowerCase() || isOffice(local)) return false
    return hosts.has(host) || /^\p{L}+[._-]\p{L}{2,}(?:[._-]\p{L}{2,})?\d*$/u.test(local)
  }
  const isMobile = (number: string) => {
    const digits = number.replace(/[^\d+]/g, '')
    return mobile.some(form => form.test(digits))
  }
  return {
    isPersonalEmail,
    isMobile,
    isOffice,
    without: (text, replace) => {
      const addressed = text.includes('@') ? text.replace(emails, found => (isPersonalEmail(found) ? replace(found) : found)) : text
      return mobile.length > 0 && /\d{2}/.test(addressed) ? addressed.replace(telephones, found => (isMobile(found) ? replace(found) : found)) : addressed
    },
  }
}

/** What a repair may tell of a person: `m.alaoui@gmail.com` → `m…@g…`, `Mohamed Alaoui` → `M… A…`, `0612345678` → `06…`. */
export function mask(text: string): string {
  if (/^\+?\d/.test(text)) return `${text.slice(0, 2)}…`
  return text.replace(/[\p{L}\p{N}](?:(?![@\s])\S)*/gu, word => `${word[0]}…`)
}
