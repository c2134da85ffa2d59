import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rootCertificates } from 'node:tls'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { readCatalogue, type Catalogue } from '../../src/config/catalogue.ts'
import { readSources, type Source } from '../../src/config/sources.ts'
import { root } from '../../src/files.ts'
import { Problem } from '../../src/problem.ts'

const protocols = {
  ckan: { options: z.strictObject({ pageSize: z.number().int().positive().default(100), languages: z.record(z.string(), z.string()).default({}) }) },
  dcat: { options: z.strictObject({}) },
  folder: { options: z.strictObject({}), files: true as const },
}

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fihrist-config-'))
  mkdirSync(join(folder, 'harvesters'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const least = 'base: https://catalogue.example.ma/\ntitle: { fr: Catalogue }\npublisher: add\nlanguages: [fr, ar]\n'
const leastSource = 'title: Portail\nprotocol: ckan\nurl: https://portal.example.ma/\n'

function catalogue(text: string, env: NodeJS.ProcessEnv = {}): Catalogue {
  writeFileSync(join(folder, 'catalogue.yaml'), text)
  return readCatalogue(join(folder, 'catalogue.yaml'), env)
}

function source(text: string, env: NodeJS.ProcessEnv = {}, name = 'portal.yaml'): Source {
  writeFileSync(join(folder, 'harvesters', name), text)
  return readSources(catalogue(least), protocols, env)[0]!
}

function problemOf(work: () => unknown): Problem {
  try {
    work()
  } catch (error) {
    expect(error).toBeInstanceOf(Problem)
    return error as Problem
  }
  throw new Error('no problem was found')
}

describe('catalogue.yaml', () => {
  it('needs no more than base, title, publisher and languages', () => {
    expect(catalogue(least)).toMatchObject({
      base: 'https://catalogue.example.ma',
      title: { fr: 'Catalogue' },
      timeZone: 'UTC',
      harvesters: join(folder, 'harvesters'),
      ontologies: join(root, 'ontologies'),
      shapes: join(root, 'shapes'),
      profiles: ['admission', 'dcat-ap'],
      blocking: ['admission'],
      store: { kind: 'oxigraph', replicas: 3, timeoutS: 10 },
      http: { userAgent: expect.stringContaining('Fihrist'), allowAddresses: [] },
      limits: { maxBytes: 100e6, delayMs: 1000, timeoutS: 60 },
      removal: { threshold: 0.2, graceDays: 7 },
    })
  })

  it('accepts every key of the documentation', () => {
    expect(
      catalogue(
        `
base: https://catalogue.example.ma
title: { fr: Catalogue, ar: فهرس, en: Catalogue }
description: { fr: Tout, en: All }
publisher: add
languages: [fr, ar, en]
licence: http://publications.europa.eu/resource/authority/licence/CC0
timeZone: Africa/Casablanca
harvesters: ./harvesters
ontologies: ./lists
shapes: /shapes
profiles: [admission, dcat-ap, dcat-ap-ma]
blocking: [admission]
compliance: dcat-ap-ma
store: { kind: sparql, query: "http://127.0.0.1:8890/sparql", update: "http://127.0.0.1:8890/sparql-auth", graphStore: "http://127.0.0.1:8890/sparql-graph-crud-auth", user: env:STORE_USER, password: env:STORE_PASSWORD }
http: { userAgent: "Moissonneur (+https://catalogue.example.ma)", allowAddresses: ["127.0.0.0/8", "::1/128"], proxy: env:PROXY }
limits: { maxBytes: 50MB, delayMs: 0, timeoutS: 10, totalS: 600 }
removal: { threshold: 0.2, graceDays: 7 }
contacts: { replacePersonal: true, functional: opendata@example.ma, officeWords: [ondes], freeHosts: [poste.ma], mobile: ['^0[67]'] }
schedule: { atOnce: 3, jitterS: 60 }
notify: { token: env:TOKEN }
admin: { token: env:TOKEN }
notices: { webhook: https://hooks.example.ma/fihrist, secret: env:TOKEN, mail: { smtp: env:SMTP, from: catalogue@example.ma, to: [a@example.ma, b@example.ma] }, language: ar }
`,
        {
          STORE_USER: 'dba',
          STORE_PASSWORD: 's e c r e t',
          PROXY: 'http://me:secret@proxy.example.ma:3128',
          TOKEN: '0123456789abcdef',
          SMTP: 'smtps://me:secret@mail.example.ma',
        },
      ),
    ).toMatchObject({
      ontologies: join(folder, 'lists'),
      shapes: '/shapes',
      timeZone: 'Africa/Casablanca',
      limits: { maxBytes: 50e6, totalS: 600 },
      store: { kind: 'sparql', user: 'dba', password: 's e c r e t', timeoutS: 10 },
      http: { allowAddresses: ['127.0.0.0/8', '::1/128'], proxy: 'http://me:secret@proxy.example.ma:3128' },
    })
  })

  it('measures compliance with DCAT-AP where that is among its profiles, or with the profile that it names', () => {
    expect(catalogue(least).compliance).toBe('dcat-ap')
    expect(catalogue(`${least}profiles: [admission]\n`).compliance).toBeUndefined()
    expect(catalogue(`${least}profiles: [admission, dcat-ap, dcat-ap-ma]\ncompliance: dcat-ap-ma\n`).compliance).toBe('dcat-ap-ma')
  })

  it('takes the words of offices from its own folder of lists, else from the shipped one, and adds those it states', () => {
    const rules = 'contacts: { replacePersonal: true, officeWords: [ondes], freeHosts: [poste.ma] }\n'
    expect(catalogue(least + rules).contacts!.officeWords).toEqual(expect.arrayContaining(['contact', 'مصلحة', 'ondes']))
    expect(catalogue(least + rules).contacts!.freeHosts).toEqual(expect.arrayContaining(['gmail.com', 'poste.ma']))
    mkdirSync(join(folder, 'lists'))
    expect(catalogue(`${least + rules}ontologies: ./lists\n`).contacts!.officeWords).toContain('contact')
    writeFileSync(join(folder, 'lists/contacts.yaml'), 'officeWords: [kontakt]\nfreeHosts: [posta.example]\n')
    expect(catalogue(`${least + rules}ontologies: ./lists\n`).contacts).toMatchObject({
      officeWords: ['kontakt', 'ondes'],
      freeHosts: ['posta.example', 'poste.ma'],
    })
    writeFileSync(join(folder, 'lists/contacts.yaml'), 'officeWords: [kontakt]\nhosts: [posta.example]\n')
    expect(problemOf(() => catalogue(`${least + rules}ontologies: ./lists\n`)).message).toMatch(/contacts\.yaml:\d+: .*(hosts|freeHosts)/)
    expect(catalogue(`${least}ontologies: ./lists\n`).contacts).toBeUndefined()
  })

  it('accepts a title that is one text for all languages', () => {
    expect(catalogue(least.replace('{ fr: Catalogue }', 'Catalogue')).title).toEqual({ und: 'Catalogue' })
  })

  it.each([
    ['an unknown key', `${least}colour: red\n`, 5, /unknown key "colour"; known here: .*base.*removal/],
    ['an unknown key inside', `${least}removal:\n  threshold: 0.1\n  grace: 3\n`, 7, /unknown key "removal\.grace"; known here: threshold, graceDays/],
    ['an unknown key of the store', `${least}store: { kind: oxigraph, threads: 3 }\n`, 5, /unknown key "store\.threads".*known here: kind, replicas, timeoutS/],
    ['a store of another kind', `${least}store: { kind: virtuoso }\n`, 5, /store\.kind/],
    [
      'a SPARQL store without an address',
      `${least}store:\n  kind: sparql\n  query: https://e.ma/sparql\n  update: https://e.ma/update\n`,
      5,
      /store\.graphStore/,
    ],
    ['a wrong type', `${least}removal: { threshold: "a lot" }\n`, 5, /removal\.threshold: .*expected number/],
    ['a token that could be guessed', `${least}admin: { token: secret }\n`, 5, /admin\.token: expected a secret of at least 16 characters/],
    ['no run at once', `${least}schedule: { atOnce: 0 }\n`, 5, /schedule\.atOnce/],
    [
      'a mail server that is none',
      `${least}notices:\n  mail:\n    smtp: mail.example.ma\n    from: a@example.ma\n`,
      7,
      /notices\.mail\.smtp: expected the address of a mail server/,
    ],
    ['an e-mail address that is none', `${least}notices:\n  mail: { smtp: "smtp://mail", from: me }\n`, 6, /notices\.mail\.from: expected an e-mail address/],
    ['a webhook that is no address', `${least}notices: { webhook: hooks.example.ma }\n`, 5, /notices\.webhook: expected an absolute http or https address/],
    ['a number out of its range', `${least}removal: { threshold: 20 }\n`, 5, /removal\.threshold/],
    ['a list that is none', least.replace('[fr, ar]', 'fr'), 4, /languages: .*expected array/],
    ['an empty list of languages', least.replace('[fr, ar]', '[]'), 4, /languages/],
    ['a language that is none', least.replace('[fr, ar]', '[fr, Arabic]'), 4, /languages\.1: expected a language code such as fr/],
    [
      'a base that is no address',
      least.replace('https://catalogue.example.ma/', 'catalogue.example.ma'),
      1,
      /base: expected an absolute http or https address/,
    ],
    [
      'a rule for contacts that is no expression',
      `${least}contacts:\n  replacePersonal: true\n  mobile: ["06("]\n`,
      7,
      /contacts\.mobile\.0: expected a regular expression/,
    ],
    [
      'a functional contact that is no e-mail address',
      `${least}contacts:\n  replacePersonal: true\n  functional: nous\n`,
      7,
      /contacts\.functional: expected an e-mail address/,
    ],
    ['a missing key', least.replace('publisher: add\n', ''), 1, /publisher/],
    ['a time zone that is none', `${least}timeZone: Casablanca\n`, 5, /timeZone: expected a time zone such as Europe\/Brussels/],
    ['a wrong size', `${least}limits:\n  maxBytes: 10 pages\n`, 6, /limits\.maxBytes: expected a size such as 100MB/],
    [
      'an address range that is none',
      `${least}http:\n  allowAddresses:\n    - 10.0.0.0/8\n    - localhost\n`,
      8,
      /http\.allowAddresses\.1: expected an address range such as 127\.0\.0\.0\/8/,
    ],
    ['a proxy of another kind', `${least}http: { proxy: "socks5://proxy:1080" }\n`, 5, /http\.proxy: expected the address of an HTTP proxy/],
    ['an address range out of bounds', `${least}http: { allowAddresses: ["300.0.0.0/8"] }\n`, 5, /allowAddresses\.0: expected an address range/],
    ['an address range too narrow', `${least}http: { allowAddresses: ["10.0.0.0/33"] }\n`, 5, /allowAddresses\.0: expected an address range/],
    ['a variable that is not set', `${least}licence: env:NO_SUCH_VARIABLE\n`, 5, /the environment variable NO_SUCH_VARIABLE is not set/],
    ['no YAML', `${least}title: { fr: [\n`, undefined, /this is not YAML/],
    ['a key given twice', `${least}publisher: hcp\n`, 5, /this is not YAML: .*unique/],
    ['an empty file', '', 1, /base/],
    ['a list in the place of keys', '- base: x\n', 1, /the file: .*expected object/],
  ])('with %s is refused in one sentence that names file, line and key', (_what, text, line, message) => {
    const problem = problemOf(() => catalogue(text))
    expect(problem.code).toBe('configuration')
    expect(problem.message).toMatch(message)
    expect(problem.message).toContain(join(folder, 'catalogue.yaml'))
    expect(problem.message).not.toContain('\n')
    if (line) expect(problem.message).toContain(`catalogue.yaml:${line}: `)
    if (line) expect(problem.place).toMatchObject({ line })
  })

  it('that is not there is named', () => {
    expect(problemOf(() => readCatalogue(join(folder, 'nowhere.yaml'), {})).message).toMatch(/nowhere\.yaml cannot be read: ENOENT/)
  })
})

describe('a file of harvesters/', () => {
  it('needs no more than title, protocol and url', () => {
    expect(source(leastSource)).toMatchObject({
      id: 'portal',
      title: { und: 'Portail' },
      language: 'fr',
      enabled: true,
      priority: 50,
      options: { pageSize: 100 },
      limits: { delayMs: 1000, timeoutS: 60, maxBytes: 100e6 },
      removal: { threshold: 0.2, graceDays: 7 },
    })
  })

  it('accepts every key of the documentation', () => {
    expect(
      source(
        `
title: { fr: Portail, ar: بوابة, en: Portal }
protocol: ckan
url: env:PORTAL
publisher: add
language: ar
licence: odbl-ma
schedule: "0 3 * * *"
enabled: false
priority: 10
robots: false
options: { pageSize: 25 }
limits: { delayMs: 0, timeoutS: 5, totalS: 100, maxBytes: 1.5GB }
removal: { threshold: 0.5, graceDays: 0 }
`,
        { PORTAL: 'https://portal.example.ma/' },
      ),
    ).toMatchObject({
      url: 'https://portal.example.ma/',
      language: 'ar',
      enabled: false,
      priority: 10,
      robots: false,
      options: { pageSize: 25 },
      limits: { delayMs: 0, totalS: 100, maxBytes: 1.5e9 },
      removal: { threshold: 0.5, graceDays: 0 },
    })
  })

  it('may ask by parameters that are no key', () => {
    const url = 'https://portal.example.ma/?monkey=1&keywords=eau&resumptionToken=2&design=3&author=x&sort_key=4'
    expect(source(leastSource.replace('https://portal.example.ma/', url)).url).toBe(url)
  })

  it('may name a token, and people who are told', () => {
    writeFileSync(
      join(folder, 'harvesters/portal.yaml'),
      `${leastSource}notify: { token: env:TOKEN }\ncontact: { mail: opendata@portal.example.ma, webhook: https://portal.example.ma/hook, secret: env:TOKEN }\n`,
    )
    const env = { TOKEN: '0123456789abcdef' }
    const [read] = readSources(catalogue(`${least}notices: { mail: { smtp: "smtp://mail.example.ma", from: catalogue@example.ma } }\n`), protocols, env)
    expect(read).toMatchObject({
      notify: { token: env.TOKEN },
      contact: { mail: 'opendata@portal.example.ma', webhook: 'https://portal.example.ma/hook', secret: env.TOKEN },
    })
    // No mail server: nobody could be told.
    expect(problemOf(() => readSources(catalogue(least), protocols, env)).message).toMatch(
      /portal\.yaml: contact\.mail: catalogue\.yaml does not say how e-mails are sent: set notices\.mail there/,
    )
  })

  it('names a file of certificates relative to itself', () => {
    mkdirSync(join(folder, 'harvesters/certs'))
    writeFileSync(join(folder, 'harvesters/certs/chain.pem'), `Our authority\n${rootCertificates[0]}\n`)
    expect(source(`${leastSource}ca: certs/chain.pem\n`).ca).toContain(rootCertificates[0])
  })

  it.each([
    ['100MB', 100e6],
    ['64 kB', 64e3],
    ['1.5GB', 1.5e9],
    ['512B', 512],
    ['2048', 2048],
  ])('reads the size %s', (size, bytes) => {
    expect(source(`${leastSource}limits: { maxBytes: ${size} }\n`).limits.maxBytes).toBe(bytes)
  })

  it.each([
    ['an unknown key', `${leastSource}colour: red\n`, 4, /unknown key "colour"; known here: .*protocol/],
    ['an unknown protocol', leastSource.replace('ckan', 'gopher'), 2, /protocol: unknown protocol "gopher"; known: ckan, /],
    ['the name of a thing every object has as its protocol', leastSource.replace('ckan', 'constructor'), 2, /unknown protocol "constructor"/],
    [
      'an unknown option of its protocol',
      `${leastSource}options:\n  pageSize: 10\n  pages: 3\n`,
      6,
      /unknown key "options\.pages"; known here: pageSize, languages/,
    ],
    ['an option of the wrong type', `${leastSource}options:\n  pageSize: many\n`, 5, /options\.pageSize: .*expected number/],
    ['a cron expression that is none', `${leastSource}schedule: every day\n`, 4, /schedule: expected a cron expression such as "0 3 \* \* \*"/],
    ['an hour that there is not', `${leastSource}schedule: "0 30 * * *"\n`, 4, /schedule: expected a cron expression/],
    [
      'a file, where the protocol reads none',
      leastSource.replace('https://portal.example.ma/', 'file:feed.ttl'),
      3,
      /url: ckan reads no files: expected an absolute http or https address/,
    ],
    [
      'a file outside of the edition',
      leastSource.replace('ckan', 'folder').replace('https://portal.example.ma/', 'file:../feeds'),
      3,
      /url: expected .* such as file:/,
    ],
    [
      'a file outside of the edition, in codes',
      leastSource.replace('ckan', 'folder').replace('https://portal.example.ma/', 'file:a/%2e%2e/%2e%2e/etc'),
      3,
      /url: expected .* such as file:/,
    ],
    [
      'a file by its absolute path',
      leastSource.replace('ckan', 'folder').replace('https://portal.example.ma/', 'file:///etc/passwd'),
      3,
      /url: expected .* such as file:/,
    ],
    ['an address that is none', leastSource.replace('https://portal.example.ma/', 'portal.example.ma'), 3, /url: expected an absolute http or https address/],
    ...['token=s3cr3t', 'q=*&API_KEY=s3cr3t', 'access_token=s3cr3t', 'sv=1&sig=s3cr3t', 'Signature=s3cr3t', 'pwd=s3cr3t'].map(
      query =>
        [
          `a key in its address, ?${query},`,
          leastSource.replace('https://portal.example.ma/', `https://portal.example.ma/?${query}`),
          3,
          /^(?!.*s3cr3t).*url: expected an address without a key, as it is published: "\w+" looks like one; say it by headers/,
        ] as [string, string, number, RegExp],
    ),
    [
      'a password in its address',
      leastSource.replace('https://portal', 'https://reader:secret@portal'),
      3,
      /url: expected an address without a user and a password, as it is published: say them by headers/,
    ],
    [
      'a key that is written down',
      `${leastSource}headers:\n  Authorization: Bearer abc\n`,
      5,
      /headers\.Authorization: expected the name of an environment variable, as env:NAME/,
    ],
    ['a header that is not theirs to send', `${leastSource}headers:\n  Host: env:KEY\n`, 5, /headers\.Host: expected the name of a header|Invalid key/],
    [
      'aliases of aliases',
      `${leastSource}note:\n  a: &a [x, x, x, x, x, x, x, x, x]\n${'bcdefghi'.replace(/./g, (name, at: number) => `  ${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[at]}`).join(', ')}]\n`)}`,
      1,
      /this cannot be read: Excessive alias count/,
    ],
    ['lists in lists without end', `${leastSource}note: ${'['.repeat(50_000)}\n`, undefined, /this (?:cannot be read|is not YAML): /],
    ['an address of another scheme', leastSource.replace('https://portal.example.ma/', 'file:///etc/passwd'), 3, /url: expected/],
    ['a variable that is not set', leastSource.replace('https://portal.example.ma/', 'env:PORTAL'), 3, /the environment variable PORTAL is not set/],
    ['a file of certificates that is not there', `${leastSource}ca: certs/chain.pem\n`, undefined, /ca: .*harvesters.certs.chain\.pem cannot be read: ENOENT/],
    ['a file of certificates that holds none', `${leastSource}ca: portal.yaml\n`, undefined, /ca: .*portal\.yaml holds no certificate in PEM/],
    ['a word in the place of yes or no', `${leastSource}enabled: perhaps\n`, 4, /enabled: .*expected boolean/],
    ['a wrong size', `${leastSource}limits: { maxBytes: -1 }\n`, 4, /limits\.maxBytes/],
    ['no title', leastSource.replace('title: Portail\n', ''), 1, /title/],
  ])('with %s is refused in one sentence that names file, line and key', (_what, text, line, message) => {
    const problem = problemOf(() => source(text, { KEY: 'abc' }))
    expect(problem.code).toBe('configuration')
    expect(problem.message).toMatch(message)
    expect(problem.message).toMatch(line ? `portal.yaml:${line}: ` : /portal\.yaml:(?:\d+:)? /)
    expect(problem.message).not.toContain('\n')
  })

  it('whose name is no id is refused', () => {
    expect(problemOf(() => source(leastSource, {}, 'My Portal.yaml')).message).toMatch(/My Portal\.yaml:1: the file name is the id of the source/)
  })

  it('is not looked for in a folder that is not there', () => {
    expect(problemOf(() => readSources(catalogue(`${least}harvesters: ./nowhere\n`), protocols, {})).message).toMatch(
      /harvesters: the folder .*nowhere cannot be read/,
    )
  })
})
