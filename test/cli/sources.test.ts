import { expect, test } from 'vitest'
import { protocols } from '../../src/harvest/protocols/index.ts'
import { fihrist, smallEdition } from './fihrist.ts'

const portal = (more: string) => `title: { fr: Portail d'essai, ar: بوابة تجريبية }\nprotocol: ckan\nurl: https://portail.example\n${more}`

test('sources are listed with protocol, address, schedule and why one is disabled', async () => {
  const cwd = smallEdition({
    eau: portal('schedule: "0 3 * * *"\npublisher: mee\npriority: 7\n'),
    forets: portal('enabled: false\nnote: { ar: لا يجيب, fr: Il ne répond pas. }\n'),
  })
  expect((await fihrist(['sources'], { cwd })).out).toBe(`eau: Portail d'essai
  ckan https://portail.example
  enabled, schedule 0 3 * * *, publisher mee, priority 7

forets: Portail d'essai
  ckan https://portail.example
  disabled, not scheduled, priority 50
  Il ne répond pas.
`)
  const { sources } = JSON.parse((await fihrist(['sources', '--json'], { cwd })).out) as { sources: unknown[] }
  expect(sources).toMatchObject([
    { id: 'eau', protocol: 'ckan', url: 'https://portail.example', enabled: true, note: null, schedule: '0 3 * * *', publisher: 'mee', priority: 7 },
    { id: 'forets', enabled: false, note: { fr: 'Il ne répond pas.', ar: 'لا يجيب' }, schedule: null },
  ])
})

test('an edition without sources says how to get one', async () => {
  expect((await fihrist(['sources'], { cwd: smallEdition({}) })).out).toContain('fihrist probe URL --write')
})

test('a note that is no text is named with file and line', async () => {
  const { code, err } = await fihrist(['sources'], { cwd: smallEdition({ eau: portal('note: [1]\n') }) })
  expect(code).toBe(2)
  expect(err).toMatch(/eau\.yaml:4: note/)
})

test('protocols are listed, and each prints its options with type, default and meaning', async () => {
  const all = await fihrist(['protocols'])
  expect(all.out).toMatch(/^ckan +The action API of CKAN/m)
  const { out } = await fihrist(['protocols', 'csw'])
  expect(out).toContain('  version: 2.0.2 or 3.0.0 (2.0.2 where it is not said)\n      Version of the service.')
  expect(out).toContain('  types: list of texts ([dataset, nonGeographicDataset, series, service] where it is not said)')
  const { protocols } = JSON.parse((await fihrist(['protocols', 'dcat', '--json'])).out) as { protocols: unknown[] }
  expect(protocols).toEqual([
    {
      name: 'dcat',
      reads: expect.any(String),
      robots: true,
      options: expect.arrayContaining([
        { name: 'paging', type: 'true or false', meaning: 'Follow the links to further pages.', default: 'true' },
        { name: 'maxPages', type: 'whole number', meaning: expect.any(String), default: '10000' },
      ]),
    },
  ])
})

test('a protocol that there is not is named, with those that there are', async () => {
  const { code, err } = await fihrist(['protocols', 'gopher'])
  expect(code).toBe(2)
  expect(err).toContain(`There is no protocol "gopher"; there are: ${Object.keys(protocols).sort().join(', ')}.`)
})
