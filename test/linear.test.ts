import { expect, test } from 'vitest'
import { accessRightOf } from '../src/harvest/formats/rights.ts'
import { readHtml } from '../src/harvest/readers/html/data.ts'
import { hrefsIn } from '../src/harvest/readers/html/links.ts'
import { readXml } from '../src/harvest/readers/xml/xml.ts'
import { marked } from '../src/ledger/search/marks.ts'
import { readQuestion } from '../src/ledger/search/question.ts'
import { words } from '../src/ledger/search/words.ts'
import { axesOf } from '../src/normalise/axes.ts'
import { readDate } from '../src/normalise/date-text.ts'
import { mendEncoding } from '../src/normalise/encoding.ts'
import { plain } from '../src/normalise/html.ts'
import { readInterval } from '../src/normalise/interval-text.ts'
import { readLength, readNumber } from '../src/normalise/number-text.ts'
import { readBytes } from '../src/normalise/numbers.ts'
import { mask } from '../src/normalise/people.ts'
import { readPeriod } from '../src/normalise/period-text.ts'
import { readShape } from '../src/normalise/shape-text.ts'
import { normalise } from '../src/normalise/steps.ts'
import { sniff } from '../src/rdf/formats.ts'
import { Graph } from '../src/rdf/graph.ts'
import { addressesIn, foldIri, foldUrl, isLegalIri, isPublicIri, isSoundIri, legallyWritten, mendIri, percentDecoded, slug } from '../src/rdf/iri.ts'
import { parseJson } from '../src/rdf/json.ts'
import { dcat, dct, foaf, rdf, rdfs, schema, skos, vcard } from '../src/rdf/namespaces.ts'
import { readLines } from '../src/rdf/own-lines.ts'
import { literal, namedNode, quad } from '../src/rdf/terms.ts'
import { mendTurtle } from '../src/rdf/turtle.ts'
import { oneLine, shown } from '../src/shown.ts'
import { limitQuery } from '../src/store/query-limits.ts'
import { glance, limitRows, readingsOf } from '../src/store/query-text.ts'
import { fold } from '../src/vocabulary/fold.ts'
import { accepted } from '../src/web/http/negotiation.ts'
import { sortKey } from '../src/words/sort-key.ts'
import { base, vocabulary } from './edition.ts'

// Of every function over text that others write: a text twice as long takes twice the time, whatever stands in it. What takes the square of its length takes
// seconds for these, and minutes for what a portal can send.

const lengths = [3_000, 30_000]
/** CPU seconds of this thread; what grows with its length takes some hundredths. */
const mostSeconds = 0.8

const units = [
  ' ', '\n', 'a', 'é', 'ع', '0', '9,', ', ', ',;', ' ;', '.', '. ', '-', '- ', '/', '//', '\\', '#', '%', '%20', '?', '&', '&amp;', '&amp;amp;', '&#38;', '<', '>', '<!--', '<a ', '<a href="', '<b>', '</b>', '<script>', '<p ',
  "='", '"', '""', '"\\"', "'", '(', ')', '((', '[', ']', '[[', '{', '}', '{"a":', '[{', '(aa ', 'aa(', '@', 'a@', 'a@a.', 'mailto:', 'http://', 'https://a ', 'http:// ', 'www.', 'www.a.', 'htp', ' et ', '1/', '1-1-', '2020-01-01', '2020-', '2020/', ' au ',
  'du ', 'P1D', 'R/', 'POINT(', '0 0,', '1 1, ', 'POLYGON((', ';', ':', ' : ', '*', '_', '~', '`', '|', '||', 'OR ', '+', '=', 'Ã©', 'â€', '\u0000', '\u200f', '\ud800', 'e\u0301', '\u0301', 'a\t', 'aé', 'x1', '٠', '1e', '0x', '!', '^', '<<', '@prefix ', 'a:a ', '<a> ', '_:a ', '\\u', '"""', '"@', 'é-', '1 000', ' 1', 'mo ', 'mai ', 'T00', ':00', '+00', 'Z', 'xn--', 'a.a', '*a', '**', '](', '![', '\n>', '\n- ', '<http:', '$', 'SELECT ', '{ ', 'service ', '#\n', 'a/', '../', 'é/', 'ftp:', 'urn:', 'tel:+2', '(+212) ', '06 ', 'q=0,', 'a/a,', '",', '";"',
] // prettier-ignore

const readers: Record<string, (text: string) => unknown> = {
  axesOf, mendEncoding, plain, readInterval, readLength, readNumber, readBytes, mask, readPeriod, readDate, readShape, hrefsIn, accessRightOf, readQuestion, words, sniff, addressesIn, foldIri, foldUrl, isLegalIri, isPublicIri, isSoundIri, legallyWritten, mendIri, percentDecoded, slug, parseJson, limitQuery, glance, readingsOf, fold, shown, oneLine,
  readHtml: text => readHtml(text, 'https://portal.example.ma/'),
  readXml: text => readXml({ url: 'https://portal.example.ma/', body: `<a b="${text}">${text}</a>` }),
  readLines,
  mendTurtle: text => mendTurtle(text, new Map()),
  limitRows: text => limitRows(text, 10),
  sortKey: text => sortKey(text, 'fr'),
  marked: text => marked(text, 'fr', [{ words: ['eau'], subjects: [] }], undefined),
  accepted: text => accepted({ get: () => text, headers: { accept: text } } as never, ['text/html', 'text/turtle']),
} // prettier-ignore

/** What it takes too long with; undefined where it does with nothing. */
function slowWith(read: (text: string) => unknown, around: readonly (readonly [string, string])[]): string | undefined {
  for (const unit of units)
    for (const [before, after] of around)
      for (const length of lengths) {
        const text = before + unit.repeat(Math.ceil(length / unit.length)) + after
        const start = process.threadCpuUsage()
        read(text)
        const { user, system } = process.threadCpuUsage(start)
        if ((user + system) / 1e6 > mostSeconds) return `${JSON.stringify([before, unit, after])}, ${length} characters: ${(user + system) / 1e6} s`
      }
  return undefined
}

/** Properties of a dataset, and of what it leads to, in which a portal may write whatever it likes. */
const said = {
  dataset: [dct.title, dct.description, dcat.keyword, dct.identifier, dct.issued, dct.modified, dct.temporal, dct.spatial, dct.publisher, dct.creator, dct.license, dct.language, dct.accrualPeriodicity, dct.accessRights, dct.conformsTo, dct.provenance, dct.type, dcat.theme, dcat.contactPoint, dcat.landingPage, dcat.spatialResolutionInMeters, dcat.temporalResolution, dcat.version, foaf.page, rdfs.label],
  file: [dct.title, dct.format, dct.license, dct.rights, dct.issued, dct.language, dcat.mediaType, dcat.byteSize, dcat.accessURL, dcat.downloadURL, dcat.compressFormat, dct.conformsTo, dct.type],
  party: [foaf.name, vcard.fn, vcard.hasEmail, vcard.hasTelephone, vcard.hasURL, foaf.mbox, foaf.homepage, skos.prefLabel],
  place: [dcat.bbox, dcat.centroid, rdfs.label, skos.prefLabel, schema.name],
  period: [dcat.startDate, dcat.endDate, schema.startDate, rdfs.label],
} // prettier-ignore

function recordOf(text: string): Graph {
  const node = (name: string) => namedNode(`https://portal.example.ma/${name}`)
  const links = [
    [dct.publisher, 'party'],
    [dcat.contactPoint, 'party'],
    [dcat.distribution, 'file'],
    [dct.spatial, 'place'],
    [dct.temporal, 'period'],
  ] as const
  return new Graph([
    quad(node('dataset'), rdf.type, dcat.Dataset),
    ...links.map(([property, name]) => quad(node('dataset'), property, node(name))),
    ...Object.entries(said).flatMap(([name, properties]) => properties.map(property => quad(node(name), property, literal(text)))),
    quad(node('file'), dcat.accessURL, namedNode(`http://a.b/${text}`)),
    quad(node('dataset'), dcat.theme, namedNode(`http://a.b/${text}`)),
    quad(node('party'), vcard.hasEmail, namedNode(`mailto:${text}`)),
  ])
}

test('a record whose every text is of that kind is normalised in time that grows with its length', async () => {
  const known = await vocabulary()
  const dataset = namedNode('https://portal.example.ma/dataset')
  const draft = (text: string) => ({
    graph: recordOf(text),
    dataset,
    record: `${base}/record/x`,
    base,
    defaults: { language: 'fr' },
    vocabulary: known,
    repairs: [],
  })
  expect(slowWith(text => normalise(draft(text)), [['x ', ' x']])).toBeUndefined()
}, 120_000)

test.each(Object.entries(readers))(
  '%s takes time that grows with its length',
  (_name, read) => {
    const told = (text: string) => {
      try {
        read(text)
      } catch {
        // That it is none is said in time, too.
      }
    }
    expect(
      slowWith(told, [
        ['', ''],
        ['http://a.b/', 'x'],
        ['x', '\n"'],
      ]),
    ).toBeUndefined()
  },
  120_000,
)
