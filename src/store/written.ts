import { typedProperties, type TypedVariables } from './typed-variables.ts'

/** What may be sent of one answer. */
export interface Bounds {
  rows: number
  /** Characters. */
  most: number
}

/** What an answer was cut to, where it was. */
export type Cut = 'rows' | 'bytes'

/** How the engine writes a format. */
interface Writing {
  /** What stands where one row ends and another begins, and what of it belongs to the first. */
  separator: string
  rowEnd: string
  /** What follows a separator, where a value can look like one. */
  sure?: RegExp
  /** What the whole ends with. */
  end?: string
  /** Its rows are those of the query; else they are statements, and there may be more of them. */
  table?: boolean
  /** Puts the datatypes into it that the engine does not keep. */
  retype(text: string, variables?: TypedVariables): string
}

const integer = 'http://www.w3.org/2001/XMLSchema#integer'
const literally = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')

/** Puts the datatype of each typed variable into the cells of its column. A quotation mark within a value never stands bare in any of these formats. */
const cells =
  (cell: (name: string) => RegExp, row: RegExp, property: (name: string, iri: string) => string) =>
  (text: string, { typed, pairs }: TypedVariables = { typed: {}, pairs: [] }): string => {
    let now = text
    for (const [name, datatype] of Object.entries(typed)) now = now.replace(cell(name), `$1${datatype}$2`)
    for (const [of, name] of pairs)
      for (const [iri, datatype] of Object.entries(typedProperties))
        if (now.includes(property(of, iri)))
          now = now.replace(row, each => (each.includes(property(of, iri)) ? each.replace(cell(name), `$1${datatype}$2`) : each))
    return now
  }

/** Puts the datatype of each typed property into its statements. */
const statements =
  (statement: (iri: string) => RegExp, value: (text: string, datatype: string) => string) =>
  (text: string): string =>
    Object.entries(typedProperties).reduce((now, [iri, datatype]) => now.replace(statement(literally(iri)), all => value(all, datatype)), text)

/** Tab-separated values hold their columns by place, and whole numbers without a datatype (SPARQL 1.1 Query Results CSV and TSV, section 4). */
function retypeColumns(text: string, variables: TypedVariables = { typed: {}, pairs: [] }): string {
  const { typed, pairs } = variables
  const [head = '', ...rows] = text.split('\n')
  const names = head.split('\t').map(name => name.slice(1))
  const columns = Object.entries(typed).map(([name, datatype]) => ({ at: names.indexOf(name), of: -1, datatypes: { '': datatype } as Record<string, string> }))
  const datatypes = Object.fromEntries(Object.entries(typedProperties).map(([iri, datatype]) => [`<${iri}>`, datatype]))
  const all = [...columns, ...pairs.map(([of, name]) => ({ at: names.indexOf(name), of: names.indexOf(of), datatypes }))].filter(({ at }) => at >= 0)
  if (all.length === 0) return text
  const written = rows.map(row => {
    const fields = row.split('\t')
    for (const { at, of, datatypes } of all) {
      const datatype = datatypes[of < 0 ? '' : (fields[of] ?? '')]
      if (datatype && /^\d+$/.test(fields[at] ?? '')) fields[at] = `"${fields[at]}"^^<${datatype}>`
    }
    return fields.join('\t')
  })
  return [head, ...written].join('\n')
}

/** Characters that XML 1.0 cannot hold, not even by their number (section 2.2). */
// oxlint-disable-next-line no-control-regex
const noXml = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|&#x?0*(?:1?[0-9a-f]|[12]?\d|3[01]|fff[ef]|6553[45]);/gi
const keepsXml = (text: string) => text.replace(noXml, found => (/^&#(?:x0*[9ad]|0*(?:9|10|13));$/i.test(found) ? found : '\ufffd'))

const writings: Record<string, Writing> = {
  'application/sparql-results+json': {
    separator: '"}},{"',
    rowEnd: '"}}',
    sure: /"\}\},\{"[^"]+":\{"type":"/y,
    end: ']}}',
    table: true,
    retype: cells(
      name => new RegExp(`("${literally(name)}":\\{"type":"literal","value":"\\d+","datatype":")${literally(integer)}(")`, 'g'),
      /\{"[^]*?"\}\}(?=,\{|\])/g,
      (name, iri) => `"${name}":{"type":"uri","value":"${iri}"}`,
    ),
  },
  'application/sparql-results+xml': {
    separator: '</result><result>',
    rowEnd: '</result>',
    table: true,
    end: '</results></sparql>',
    retype: (text, variables) =>
      keepsXml(
        cells(
          name => new RegExp(`(<binding name="${literally(name)}"><literal datatype=")${literally(integer)}(">\\d+<)`, 'g'),
          /<result>[^]*?<\/result>/g,
          (name, iri) => `<binding name="${name}"><uri>${iri}</uri></binding>`,
        )(text, variables),
      ),
  },
  'text/csv': { separator: '\r\n', rowEnd: '\r\n', table: true, retype: text => text },
  'text/tab-separated-values': { separator: '\n', rowEnd: '\n', table: true, retype: retypeColumns },
  'text/turtle': {
    separator: ' .\n',
    rowEnd: ' .\n',
    retype: statements(
      iri => new RegExp(`<${iri}> \\d+(?: , \\d+)*(?= [;.]\n)`, 'g'),
      (text, datatype) => text.replace(/(?<= )\d+(?=$| ,)/g, value => `"${value}"^^<${datatype}>`),
    ),
  },
  'application/n-triples': {
    separator: ' .\n',
    rowEnd: ' .\n',
    retype: statements(
      iri => new RegExp(`<${iri}> "\\d+"\\^\\^<${literally(integer)}> \\.\n`, 'g'),
      (text, datatype) => text.replace(integer, datatype),
    ),
  },
  'application/rdf+xml': {
    separator: '</rdf:Description>\n',
    rowEnd: '</rdf:Description>\n',
    end: '</rdf:RDF>\n',
    retype: text =>
      keepsXml(
        Object.entries(typedProperties).reduce((now, [iri, datatype]) => {
          const [, space, name] = /^(.*[#/])(.*)$/.exec(iri)!
          return now.replaceAll(`<${name} xmlns="${space}" rdf:datatype="${integer}">`, `<${name} xmlns="${space}" rdf:datatype="${datatype}">`)
        }, text),
      ),
  },
  'application/ld+json': {
    separator: ']},{"@id":"',
    rowEnd: ']}',
    end: ']',
    retype: statements(
      iri => new RegExp(`"${iri}":\\[(?:\\{"@type":"${literally(integer)}","@value":"\\d+"\\},?)+`, 'g'),
      (text, datatype) => text.replaceAll(integer, datatype),
    ),
  },
}

/** The text of an answer as it is sent: no more than may be, and with the datatypes that the engine does not keep. */
export function written(text: string, mediaType: string, { rows, most }: Bounds, variables?: TypedVariables): { text: string; cut?: Cut } {
  const writing = writings[mediaType]
  if (!writing) return { text }
  const enough = writing.table && text.length > rows ? endOfRow(text, writing, rows) : undefined
  const cut = enough !== undefined && enough <= most ? 'rows' : text.length > most ? 'bytes' : undefined
  const kept = cut === undefined ? text : upTo(text, writing, cut === 'rows' ? enough! : most)
  return { text: writing.retype(kept, variables), ...(cut && { cut }) }
}

const isSeparator = (text: string, { sure }: Writing, at: number): boolean => {
  if (!sure) return true
  sure.lastIndex = at
  return sure.test(text)
}

/** Where the last of so many rows ends, if there are more. */
function endOfRow(text: string, writing: Writing, rows: number): number | undefined {
  const { separator, rowEnd, end } = writing
  // The heading of CSV and TSV is a line too.
  let left = rows + (end ? 0 : 1)
  for (let at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, at + rowEnd.length))
    if (isSeparator(text, writing, at) && --left === 0) return at + rowEnd.length < text.length ? at + rowEnd.length : undefined
  return undefined
}

/** A text up to the last row that ends before a place. */
function upTo(text: string, writing: Writing, place: number): string {
  const { separator, rowEnd, end = '' } = writing
  for (let at = text.lastIndexOf(separator, place - rowEnd.length); at >= 0; at = text.lastIndexOf(separator, at - 1))
    if (isSeparator(text, writing, at)) return text.slice(0, at + rowEnd.length) + end
  // Not even the first row ends there: what is sent must be whole, and one row is the least.
  return text
}
