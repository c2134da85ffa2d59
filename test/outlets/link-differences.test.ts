import { expect, test } from 'vitest'
import type { Link } from '../../src/ledger/links/links.ts'
import { differencesOf } from '../../src/outlets/link-differences.ts'
import { namedNode } from '../../src/rdf/terms.ts'
import { turtle, vocabulary } from '../edition.ts'

const lists = await vocabulary()
const url = 'https://data.example.ma/f.csv'
const seen = (more: Partial<Link>): Link => ({
  url,
  state: 'alive',
  checked: '2026-11-30T00:00:00Z',
  answered: '2026-11-30T00:00:00Z',
  failing_since: null,
  failed_days: 0,
  status: 200,
  problem: null,
  media_type: null,
  redirect: null,
  bytes: null,
  etag: null,
  modified: null,
  changed: null,
  ...more,
})
const prefixes =
  '@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> . @prefix ft: <http://publications.europa.eu/resource/authority/file-type/> . @prefix mt: <https://www.iana.org/assignments/media-types/> .'

test.each<[what: string, said: string, Partial<Link>, found: object[]]>([
  ['a page where a table was declared', 'dct:format ft:CSV', { media_type: 'text/html' }, [{ kind: 'type', declared: 'CSV', found: 'text/html' }]],
  ['another type of file', 'dct:format ft:CSV', { media_type: 'application/pdf' }, [{ kind: 'type', declared: 'CSV', found: 'application/pdf' }]],
  ['the type that was declared', 'dct:format ft:CSV', { media_type: 'text/csv' }, []],
  ['the media type that was declared', 'dcat:mediaType mt:text\\/csv', { media_type: 'text/csv' }, []],
  ['a type that says nothing of what is in it', 'dct:format ft:CSV', { media_type: 'application/octet-stream' }, []],
  ['a type where none was declared', 'dct:title "f"', { media_type: 'text/html' }, []],
  ['a type that no list knows', 'dct:format ft:CSV', { media_type: 'application/x-of-our-own' }, []],
  ['twice the size', 'dcat:byteSize 1000', { bytes: 2000 }, [{ kind: 'size', declared: '1000', found: '2000' }]],
  ['a size that was rounded', 'dcat:byteSize 1000', { bytes: 1060 }, []],
  ['a size where none was declared', 'dct:title "f"', { bytes: 2000 }, []],
  [
    'another host',
    'dct:title "f"',
    { redirect: 'https://elsewhere.example/f.csv' },
    [{ kind: 'redirect', declared: url, found: 'https://elsewhere.example/f.csv' }],
  ],
  ['another page of the same host', 'dct:title "f"', { redirect: 'https://www.data.example.ma/new/f.csv' }, []],
])('of a file it is told that it is otherwise than declared: %s', (_what, said, link, found) => {
  const graph = turtle(`${prefixes} <${url}> ${said} .`)
  expect(differencesOf(seen(link), graph, namedNode(url), lists)).toEqual(found)
})
