/** Something that a portal may send, and what is wrong with it. */
export interface Mutant {
  wrong: string
  sent: unknown
}

const long = 'très long '.repeat(2_000)
const nowhere = 'http://[::x/%'

/** What stands in the place of a value of JSON. */
const values: [name: string, value: unknown][] = [
  ['null', null],
  ['a number', 7.5],
  ['a huge number', 1e300],
  ['a boolean', true],
  ['an empty text', ''],
  ['a blank', ' '],
  ['an empty list', []],
  ['an empty object', {}],
  ['a list of nothing', [null]],
  ['lists in lists', [['x', [['y']]]]],
  ['objects', [{ x: 1 }, {}]],
  ['numbers', [1, 2, 3]],
  ['an object', { x: { y: ['z'] } }],
  ['texts', ['un', 'deux']],
  ['a long text', long],
  ['half a character', 'lisi\ud83dère'],
  ['an address that is none', nowhere],
  ['a text of JSON', '[{"a":[null]},3]'],
  ['the name of what all objects have', 'constructor'],
  ['an object with the names of what all objects have', JSON.parse('{"__proto__":{"id":"p"},"constructor":"c","toString":1,"length":3,"hasOwnProperty":null}')],
  ['a value of JSON-LD', { '@value': { x: 1 }, '@language': 7 }],
  ['a node of JSON-LD', { '@id': ['x'], '@type': null }],
]

// A played portal looks into its records and expects them to be whole: in its hands the wrong value is a mark, and only what it answers holds the value itself.
const markOf = (at: number) => `wrong:${at}`
/** An answer of a played portal with the wrong values in the place of their marks. */
export const sentFor = (body: string): string => body.replace(/"wrong:(\d+)"/g, (_mark, at: string) => JSON.stringify(values[Number(at)]![1]))

/** Each value of JSON wrong in turn, under another name, and gone; what `isLeft` is left as it is. */
export function* ofJson(value: unknown, isLeft: (value: unknown) => boolean = () => false, path = ''): Generator<Mutant> {
  if (typeof value !== 'object' || value === null || isLeft(value)) return
  for (const [name, part] of Object.entries(value) as [string, unknown][]) {
    const place = `${path}/${name}`
    const set = (to: unknown) =>
      Array.isArray(value) ? value.with(Number(name), to) : Object.fromEntries(Object.entries(value).map(([each, old]) => [each, each === name ? to : old]))
    if (isLeft(part)) continue
    for (const [at, [what]] of values.entries()) yield { wrong: `${what} at ${place}`, sent: set(markOf(at)) }
    if (!Array.isArray(value)) {
      yield {
        wrong: `${place} under another name`,
        sent: Object.fromEntries(Object.entries(value).map(([each, old]) => [each === name ? `${nowhere} "` : each, old])),
      }
      yield { wrong: `no ${place}`, sent: Object.fromEntries(Object.entries(value).filter(([each]) => each !== name)) }
    }
    for (const { wrong, sent } of ofJson(part, isLeft, place)) yield { wrong, sent: set(sent) }
  }
}

interface Span {
  name: string
  start: number
  inside: number
  close: number
  end: number
}

/** The elements of XML, by where their tags begin and end. */
function spansOf(xml: string): Span[] {
  const open: Pick<Span, 'name' | 'start' | 'inside'>[] = []
  const spans: Span[] = []
  for (const { index: start, 0: tag, 1: closing, 2: name, 3: empty } of xml.matchAll(/<(\/?)([\w:.-]+)(?:\s[^<>]*?)?(\/?)>/g)) {
    const end = start + tag.length
    const last = closing ? open.pop() : undefined
    if (last) spans.push({ ...last, close: start, end })
    else if (empty) spans.push({ name: name!, start, inside: end, close: end, end })
    else open.push({ name: name!, start, inside: end })
  }
  return spans
}

function* ofXml(xml: string): Generator<Mutant & { at: number }> {
  const root = xml.search(/<\w/)
  for (const { name, start, inside, close, end } of spansOf(xml)) {
    const [tag, content, closing] = [xml.slice(start, inside), xml.slice(inside, close), xml.slice(close, end)]
    const attributes = (value: string) => tag.replace(/(\s(?!xmlns)[\w:.-]+=)"[^"]*"/g, `$1"${value}"`) + content + closing
    const other = (tag: string) => tag.replace(name, `wrong:${name.replace(/^.*:/, '')}`)
    const instead: [wrong: string, sent: string][] = [
      ['another namespace for', other(tag).replace(/^<[^\s/>]+/, '$& xmlns:wrong="urn:wrong"') + content + other(closing)],
      ['no attributes at', tag.replace(/\s(?!xmlns)[\w:.-]+="[^"]*"/g, '') + content + closing],
      ['empty attributes at', attributes('')],
      ['addresses that are none in attributes of', attributes(nowhere)],
      ['names of what all objects have in attributes of', attributes('constructor')],
    ]
    // What is done to the root is done to its document.
    if (start !== root) instead.push(['no', ''], ['two of', (tag + content + closing).repeat(2)])
    if (inside < end) {
      const texts: [wrong: string, text: string][] = [
        ['nothing', ''],
        ['a blank', ' '],
        ['the name of what all objects have', 'constructor'],
        ['a long text', long],
        ['an address that is none', nowhere],
        ['a number', '-1e999'],
        ['half a character', '&#xd83d;'],
        ['an entity of HTML', 'Eau&nbsp;!'],
      ]
      for (const [wrong, text] of [
        ...texts,
        ['elements', '<wrong:x xmlns:wrong="urn:wrong"><wrong:y>z</wrong:y></wrong:x>'],
        ['itself', tag + content + closing],
        ['text beside what is', `texte ${content} texte`],
      ] as const)
        instead.push([`${wrong} in`, tag + text + closing])
    }
    for (const [wrong, sent] of instead)
      if (sent !== tag + content + closing) yield { wrong: `${wrong} ${name} (${start})`, sent: xml.slice(0, start) + sent + xml.slice(end), at: start }
  }
}

const terms: [name: string, term: string][] = [
  ['a number', '7.5'],
  ['a boolean', 'true'],
  ['an empty text', '""'],
  ['a blank node', '[]'],
  ['a list', '( 1 "x" [] )'],
  ['a long text', `"${long}"`],
  ['a relative address', '<x>'],
  ['an address that is none', `<${nowhere}>`],
  ['a name', '<urn:x>'],
  ['two', '"x", <urn:y>'],
  ['a date that is none', '"hier"^^<http://www.w3.org/2001/XMLSchema#dateTime>'],
  ['a number that is none', '"sept"^^<http://www.w3.org/2001/XMLSchema#decimal>'],
  ['a type that is none', '"x"^^<urn:type>'],
  ['a language that is none', '"x"@zz-zzzzzzzzz'],
]

/** Each object of Turtle. */
function* ofTurtle(text: string): Generator<Mutant & { at: number }> {
  for (const { index, 0: whole, 1: before = '', 2: term = '' } of text.matchAll(
    /((?:^|[;.>[]|\sa\s+[\w:]+)\s*(?:a|\w+:\w+|<[^>]*>)\s+)("[^"]*"(?:@\w+|\^\^\S+)?|<[^>]*>|\w+:\w+)(?=\s*[;.\],])/g,
  )) {
    const at = index + before.length
    for (const [name, wrong] of terms)
      yield { wrong: `${name} in the place of ${term} (${at})`, sent: text.slice(0, at) + wrong + text.slice(index + whole.length), at }
  }
}

const cells: [name: string, cell: string][] = [
  ['nothing', ''],
  ['a blank', ' '],
  ['a number', '7,5'],
  ['a formula', '=1/0'],
  ['an error', '#REF!'],
  ['a long text', long],
  ['quotes', 'x"y'],
  ['a line break', '"un\nseul"'],
  ['the name of what all objects have', 'constructor'],
  ['an address that is none', nowhere],
  ['separators', '|,|;;'],
]

function* ofRow(row: string): Generator<Mutant & { at: number }> {
  const parts = row.split(';')
  for (const at of parts.keys()) {
    for (const [name, cell] of cells) yield { wrong: `${name} in cell ${at}`, sent: parts.with(at, cell).join(';'), at: 0 }
    yield { wrong: `no cells from ${at}`, sent: parts.slice(0, at).join(';'), at: 0 }
  }
  yield { wrong: 'too many cells', sent: `${row};x;y;;;z`, at: 0 }
}

const isJson = (text: string) => /^\s*[[{]/.test(text)

/** What one wrong thing makes of a text that a portal sends; of HTML, and of lists of addresses, nothing. `at` is where. */
function ofText(text: string): (Mutant & { at: number })[] {
  if (isJson(text)) return [...ofJson(JSON.parse(text))].map(({ wrong, sent }) => ({ wrong, sent: JSON.stringify(sent), at: 0 }))
  if (/(^|\s)@?prefix\s|\sa (dcat|as|ldes):/i.test(text)) return [...ofTurtle(text)]
  if (/^\s*<(?!!doctype html|html)/i.test(text)) return [...ofXml(text)]
  return text.includes(';') && !text.includes('\n') ? [...ofRow(text)] : []
}

/** A record with one thing in it wrong, in each way that it can be. */
export function mutantsOf(record: unknown): Mutant[] {
  if (typeof record === 'string') return ofText(record)
  // An object that holds a document is how a test keeps a record: only the document is sent.
  const [name, document] =
    Object.entries(record as object).find((each): each is [string, string] => typeof each[1] === 'string' && /^\s*[<@]/.test(each[1])) ?? []
  return name === undefined ? [...ofJson(record)] : ofText(document!).map(({ wrong, sent }) => ({ wrong, sent: { ...(record as object), [name]: sent } }))
}

/** An answer with one thing wrong in what stands around these records. */
export function mutantsAround(text: string, records: unknown[]): Mutant[] {
  if (isJson(text)) {
    const known = new Set(records.map(each => JSON.stringify(each)))
    return [...ofJson(JSON.parse(text), value => known.has(JSON.stringify(value)))].map(({ wrong, sent }) => ({ wrong, sent: JSON.stringify(sent) }))
  }
  const taken = records
    .flatMap(each =>
      typeof each === 'string' ? [each] : (Object.values(each as object).filter(value => typeof value === 'string' && value.includes('\n')) as string[]),
    )
    .map(each => [text.indexOf(each), each.length] as const)
  return ofText(text).filter(({ at }) => !taken.some(([start, length]) => start >= 0 && at >= start && at < start + length))
}
