import { describe, expect, test } from 'vitest'
import {
  attribute,
  child,
  children,
  descendants,
  languageOf,
  readXml,
  select,
  textOf,
  writeXml,
  type Element,
} from '../../../../src/harvest/readers/xml/xml.ts'
import { Problem } from '../../../../src/problem.ts'

const read = (body: string | Uint8Array, mediaType = 'application/xml') => readXml({ url: 'https://portal.example.ma/csw', mediaType, body })
const gmd = 'http://www.isotc211.org/2005/gmd'

function problemOf(body: string | Uint8Array): Problem {
  try {
    const { problem } = read(body)
    return problem!
  } catch (error) {
    return error as Problem
  }
}

describe('elements are found by their namespace, whatever prefix the portal gives it', () => {
  test.each(['<gmd:a xmlns:gmd="IRI"><gmd:b>x</gmd:b></gmd:a>', '<a xmlns="IRI"><b>x</b></a>', '<n0:a xmlns:n0="IRI"><m:b xmlns:m="IRI">x</m:b></n0:a>'])(
    '%s',
    text => {
      const { root } = read(text.replaceAll('IRI', gmd))
      expect([root.space, root.name, textOf(child(root, gmd, 'b'))]).toEqual([gmd, 'a', 'x'])
      expect([child(root, 'urn:other', 'b'), textOf(undefined)]).toEqual([undefined, ''])
    },
  )

  test('paths, depth, attributes and languages', () => {
    const { root } = read('<r xmlns:x="urn:x"><a><b x:href="u" id="1"/></a><a xml:lang="ar"><c><b id="2">deux</b></c></a></r>')
    expect(select(root, 'a/b|c').map(each => each.name)).toEqual(['b', 'c'])
    expect(select(root, 'a/*/b').map(textOf)).toEqual(['deux'])
    expect(select(root, './a', space => space === 'urn:x')).toEqual([])
    expect(descendants(root, '', 'b').map(each => attribute(each, 'id'))).toEqual(['1', '2'])
    expect(attribute(select(root, 'a/b')[0], 'href', 'urn:x')).toBe('u')
    expect(children(root).map(languageOf)).toEqual(['', 'ar'])
  })
})

test('an element cut out of its document is a document of its own that reads back the same', () => {
  const { root } = read(
    '<r xmlns="urn:a" xmlns:b="urn:b"><b:x b:k="&quot;1&#10;&lt;&amp;"> eau &amp; <y/><![CDATA[<&>]]><z xmlns="" xml:lang="fr">forêt</z></b:x></r>',
  )
  const cut = child(root, 'urn:b', 'x')!
  const again = read(writeXml(cut)).root
  expect(writeXml(again)).toBe(writeXml(cut))
  expect(textOf(again)).toBe('eau & <&>forêt')
  expect(children(again).map(each => [each.space, each.name])).toEqual([
    ['urn:a', 'y'],
    ['', 'z'],
  ])
  expect(attribute(again, 'k', 'urn:b')).toBe('"1\n<&')
})

describe('encodings', () => {
  const text = '<?xml version="1.0" encoding="ENC"?><a>Forêt de la Mamora – غابة</a>'
  test.each([
    ['UTF-8', Buffer.from(text.replace('ENC', 'UTF-8'))],
    ['UTF-8 with a BOM', Buffer.from(`\uFEFF${text.replace('ENC', 'UTF-8')}`)],
    ['UTF-16 with a BOM', Buffer.from(`\uFEFF${text.replace('ENC', 'UTF-16')}`, 'utf16le')],
  ])('%s', (_name, body) => {
    expect(textOf(read(body).root)).toBe('Forêt de la Mamora – غابة')
  })
  test('Windows-1256, as the XML declaration says', () => {
    expect(
      textOf(
        read(Buffer.concat([Buffer.from('<?xml version="1.0" encoding="windows-1256"?><a>'), Buffer.from([0xdb, 0xc7, 0xc8, 0xc9]), Buffer.from('</a>')])).root,
      ),
    ).toBe('غابة')
  })
})

describe('what no XML may hold costs no more than itself', () => {
  test.each([
    ['an entity of HTML', 'Eau&nbsp;potable &eacute;', 'Eau&nbsp;potable &eacute;'],
    ['a bare &', 'Eau & forêts', 'Eau & forêts'],
    ['a reference to half a character', 'lisi&#xd83d;ère', 'lisière'],
    ['a reference to nothing', 'eau&#0;', 'eau'],
    ['references beside them', 'a&#xe9;&#233;&lt;b&#0;', 'aéé<b'],
  ])('%s', (_what, sent, said) => {
    const { root, problem } = read(`<r><a>${sent}</a><b>Suite</b></r>`)
    expect(problem).toBeUndefined()
    expect(children(root).map(textOf)).toEqual([said, 'Suite'])
  })
})

test.each([
  ['fr', 'fr'],
  ['fr_MA', 'fr-MA'],
  ['http://[::x/%', ''],
  ['français', ''],
  ['', ''],
])('of xml:lang="%s" the language is "%s"', (stated, language) => {
  expect(languageOf(read(`<r xml:lang="${stated}"/>`).root)).toBe(language)
})

describe('what was made to hurt is refused', () => {
  const lol = `<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">${'bcdefghij'
    .split('')
    .map((name, at) => `<!ENTITY ${name} "${`&${'abcdefghi'[at]};`.repeat(10)}">`)
    .join('')}]>`
  test.each([
    ['a bomb of entities', `${lol}<a>&j;</a>`, /undefined entity/],
    ['an entity that is a file', '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>', /undefined entity/],
    ['an entity that is an address', '<!DOCTYPE a [<!ENTITY % e SYSTEM "http://169.254.169.254/"> %e;]><a>&e;</a>', /undefined entity/],
    ['elements nested beyond reading', `${'<a>'.repeat(500_000)}`, /nested more than 1000 deep/],
  ])('%s', (_name, text, says) => {
    const { root, problem } = read(text)
    expect(problem).toMatchObject({ code: 'not-xml', message: expect.stringMatching(says) as string })
    expect(textOf(root)).toBe('')
  })
})

describe('what is broken is named', () => {
  test.each([
    ['HTML', '<!DOCTYPE html><html><body>Maintenance</body></html>', 'portal-refused', /page of HTML/],
    ['XHTML', '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>', 'portal-refused', /page of HTML/],
    ['nothing', '', 'not-xml', /no element|root/],
    ['text', 'Service unavailable', 'not-xml', /broken or cut off/],
    ['JSON', '{"error": 1}', 'not-xml', /broken or cut off/],
    ['a prefix without a namespace', '<gmd:a/>', 'not-xml', /gmd/],
    ['an end tag of another element', '<a><b></a>', 'not-xml', /b|a/],
  ])('%s', (_name, text, code, says) => {
    const problem = problemOf(text)
    expect(problem).toBeInstanceOf(Problem)
    expect(problem.code).toBe(code)
    expect(problem.message).toMatch(says)
    expect(problem.message).toContain('https://portal.example.ma/csw')
  })

  test('cut off: what stands before that place is read, and what was open there is marked', () => {
    const { root, problem } = read('<r><a>1</a><a>2</a><a>3<b/>')
    expect(problem!.code).toBe('not-xml')
    expect(children(root).map((each: Element) => [textOf(each), each.cut])).toEqual([
      ['1', undefined],
      ['2', undefined],
      ['3', true],
    ])
  })

  test('at every byte of a small document, without a crash', () => {
    const whole = '<?xml version="1.0"?><g:r xmlns:g="urn:g"><g:a k="v">forêt &amp; eau</g:a><!-- c --><![CDATA[x]]></g:r>'
    for (let at = 0; at < whole.length; at++) expect(problemOf(whole.slice(0, at)), String(at)).toBeInstanceOf(Problem)
  })

  test('a bare & and control characters are mended', () => {
    expect(textOf(read('<a>eau & \u0001 forêt?x=1&y=2</a>').root)).toBe('eau &  forêt?x=1&y=2')
  })
})
