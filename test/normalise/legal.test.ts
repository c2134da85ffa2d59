import fc from 'fast-check'
import { expect, it } from 'vitest'
import { plain } from '../../src/normalise/html.ts'
import { normalise } from '../../src/normalise/steps.ts'
import { isWellFormed } from '../../src/rdf/datatypes.ts'
import { add, Graph } from '../../src/rdf/graph.ts'
import { isLegalIri, isSoundIri, mendIri } from '../../src/rdf/iri.ts'
import { adms, dcat, dct, foaf, rdf, vcard, xsd } from '../../src/rdf/namespaces.ts'
import { literal, namedNode, type NamedNode, type Term } from '../../src/rdf/terms.ts'
import { base, vocabulary } from '../edition.ts'
import { dataset } from './case.ts'

// What is legal is nobody's to mend: it passes every step as it is written.

const lists = await vocabulary()

/** What becomes of one value of the dataset. */
function after(property: NamedNode, value: Term) {
  const graph = new Graph()
  add(graph, dataset, rdf.type, dcat.Dataset)
  add(graph, dataset, property, value)
  const draft = normalise({ graph, dataset, record: `${base}/record/d`, base, defaults: { language: 'fr' }, vocabulary: lists, repairs: [] })
  return { values: draft.graph.objects(dataset, property), repairs: draft.repairs }
}

const two = (least: number, most: number) => fc.integer({ min: least, max: most }).map(each => String(each).padStart(2, '0'))
const year = fc.oneof(
  fc.integer({ min: 0, max: 9999 }).map(each => String(each).padStart(4, '0')),
  fc.integer({ min: 1, max: 9999 }).map(each => `-${String(each).padStart(4, '0')}`),
  fc.integer({ min: 10_000, max: 99_999 }).map(String),
)
const zone = fc.oneof(
  fc.constantFrom('', 'Z', '+14:00', '-14:00'),
  fc.tuple(fc.constantFrom('+', '-'), two(0, 13), two(0, 59)).map(([sign, hours, minutes]) => `${sign}${hours}:${minutes}`),
)
const clock = fc.oneof(
  fc
    .tuple(two(0, 23), two(0, 59), two(0, 59), fc.oneof(fc.constant(''), fc.stringMatching(/^\.\d{1,12}$/)))
    .map(([hours, minutes, seconds, fraction]) => `${hours}:${minutes}:${seconds}${fraction}`),
  fc.constantFrom('24:00:00', '24:00:00.00'),
)
const day = fc.tuple(year, two(1, 12), two(1, 31)).map(parts => parts.join('-'))
const typed = (forms: fc.Arbitrary<string>, type: NamedNode) => forms.map(value => literal(value, type)).filter(isWellFormed)

const dates = fc.oneof(
  typed(
    fc.tuple(day, zone).map(parts => parts.join('')),
    xsd.date,
  ),
  typed(
    fc.tuple(day, clock, zone).map(([date, time, offset]) => `${date}T${time}${offset}`),
    xsd.dateTime,
  ),
  typed(
    fc.tuple(year, zone).map(parts => parts.join('')),
    xsd.gYear,
  ),
  typed(
    fc.tuple(year, two(1, 12), zone).map(([y, m, z]) => `${y}-${m}${z}`),
    xsd.gYearMonth,
  ),
)

it.each([dct.issued, dct.modified, dct.created, dct.available, dcat.startDate, dcat.endDate])('a legal date of $value', property => {
  fc.assert(
    fc.property(dates, date => {
      const { values, repairs } = after(property, date)
      expect(values).toEqual([date])
      expect(repairs).toEqual([])
    }),
    { numRuns: 400 },
  )
})

it.each<[string, NamedNode, NamedNode, RegExp]>([
  ['decimal', dcat.spatialResolutionInMeters, xsd.decimal, /^[+-]?(\d{1,20}(\.\d{0,20})?|\.\d{1,9})$/],
  ['whole number', dcat.byteSize, xsd.nonNegativeInteger, /^\+?0{0,3}\d{1,20}$/],
  ['duration', dcat.temporalResolution, xsd.duration, /^-?P(\d{1,3}Y)?(\d{1,3}M)?(\d{1,3}D)?(T(\d{1,3}H)?(\d{1,3}M)?(\d{1,3}(\.\d{1,4})?S)?)?$/],
])('a legal %s', (_name, property, type, form) => {
  fc.assert(
    fc.property(typed(fc.stringMatching(form), type), number => {
      expect(after(property, number)).toEqual({ values: [number], repairs: [] })
    }),
    { numRuns: 400 },
  )
})

it('a legal language tag keeps its language, its script and its extensions', () => {
  const tags = fc
    .tuple(
      fc.constantFrom('fr', 'en', 'ro', 'de', 'haw', 'zh'),
      fc.constantFrom('', '-latn', '-arab'),
      fc.constantFrom('', '-419', '-1996', '-valencia'),
      fc.constantFrom('', '-t-en-t0-mtec', '-u-ca-islamic', '-x-of-us', '-a-bb-cc-x-dd'),
    )
    .map(parts => parts.join(''))
  fc.assert(
    fc.property(tags, tag => {
      expect(after(dct.description, literal('Texte.', tag))).toEqual({ values: [literal('Texte.', tag)], repairs: [] })
    }),
  )
})

it('a legal IRI that leads somewhere', () => {
  const iris = fc
    .oneof(
      fc.webUrl({ withFragments: true, withQueryParameters: true, validSchemes: ['http', 'https', 'ftp'] }),
      fc.tuple(fc.constantFrom('urn:isbn:', 'doi:10.1/', 'geo:', 'tel:+2125', 'info:x/'), fc.stringMatching(/^[a-z0-9]{4,12}$/)).map(parts => parts.join('')),
    )
    .filter(iri => isSoundIri(iri) && mendIri(iri) === iri)
  fc.assert(
    fc.property(iris, iri => {
      for (const property of [dct.relation, foaf.page, dct.conformsTo])
        expect(after(property, namedNode(iri))).toEqual({ values: [namedNode(iri)], repairs: [] })
    }),
    { numRuns: 60 },
  )
})

it('a text that holds no HTML, whatever it has between < and >', () => {
  const words = fc.constantFrom(
    'débit',
    'Q',
    '5',
    'hauteur',
    '<',
    '>',
    '<m et',
    'T>',
    '<lien>',
    '<nom du bassin>',
    'a<b',
    'c>d',
    '<-',
    '->',
    '≤',
    '- un\n    - deux',
    '<https://e.org/a>',
  )
  fc.assert(
    fc.property(
      fc.array(words, { minLength: 1 }).map(parts => parts.join(' ').trim()),
      text => {
        expect(plain(text)).toBe(text)
        expect(after(dct.description, literal(text, 'fr')).values).toEqual([literal(text, 'fr')])
      },
    ),
    { numRuns: 1000 },
  )
})

it('an address and a telephone number', () => {
  const numbers = fc.stringMatching(/^tel:\+[1-9]\d{6,13}(;ext=\d{1,4})?$/)
  fc.assert(
    fc.property(numbers, fc.emailAddress(), (number, mail) => {
      expect(after(vcard.hasTelephone, namedNode(number)).values).toEqual([namedNode(number)])
      // What separates the parts of a URI is percent-encoded in an address (RFC 6068, 2).
      const written = namedNode(`mailto:${mail.replace(/[/?#[\]]/g, encodeURIComponent)}`)
      if (isLegalIri(written.value)) expect(after(vcard.hasEmail, written).values).toEqual([written])
    }),
  )
})

it('what says nothing is left out of any property', () => {
  for (const property of [dct.license, adms.status, dct.created, dct.identifier, dcat.version]) expect(after(property, literal(' ')).values).toEqual([])
})

// Texts that would take the square of their length are cut short, or read in one pass.
it.each([
  ['escaped again and again', `&${'amp;'.repeat(50_000)}`, '&'],
  ['comments that do not end', '<!-- x '.repeat(50_000), '<!-- x '.repeat(50_000).trim()],
  ['scripts that do not end', '<script>'.repeat(50_000), undefined],
  ['links that do not end', '<a href="x">y'.repeat(20_000), undefined],
  ['tags that do not end', '<b '.repeat(50_000), '<b '.repeat(50_000).trim()],
])('a long text with %s is read', (_what, text, seen) => {
  const read = plain(text)
  if (seen !== undefined) expect(read).toBe(seen)
})

it.each([' ', ', ', '#', '"', '%'])('an address with %j again and again is too long to be mended: it is none', middle => {
  expect(mendIri(`https://e.org/${middle.repeat(80_000)}x`)).toBeUndefined()
})

it.each([',;', '(aa', ';', "'", 'http://'])('an address with %j again and again is legal, and stays', middle => {
  const iri = `https://e.org/${middle.repeat(40_000)}x`
  expect(mendIri(iri)).toBe(iri)
})
