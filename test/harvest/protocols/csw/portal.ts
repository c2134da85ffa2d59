import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Answer } from '../../../portal.ts'

/** A record of ISO 19139 that has nothing wrong with it; `edition` changes what it says. */
export function isoRecord(id: string, edition = 1, { date = '2024-03-01T10:00:00', scope = 'dataset', inside = '' } = {}): string {
  const text = (name: string, value: string) => `<gmd:${name}><gco:CharacterString>${value}</gco:CharacterString></gmd:${name}>`
  return `<gmd:MD_Metadata xmlns:gmd="http://www.isotc211.org/2005/gmd" xmlns:gco="http://www.isotc211.org/2005/gco">${text('fileIdentifier', id)}
  <gmd:language><gmd:LanguageCode codeList="#" codeListValue="fre"/></gmd:language>
  <gmd:hierarchyLevel><gmd:MD_ScopeCode codeList="#" codeListValue="${scope}"/></gmd:hierarchyLevel>
  <gmd:dateStamp><gco:DateTime>${date}</gco:DateTime></gmd:dateStamp>
  <gmd:identificationInfo><gmd:MD_DataIdentification>
    <gmd:citation><gmd:CI_Citation>${text('title', `Carte ${id}`)}</gmd:CI_Citation></gmd:citation>
    ${text('abstract', `Description de ${id}, version ${edition}`)}
    <gmd:pointOfContact><gmd:CI_ResponsibleParty>${text('organisationName', 'Agence urbaine')}<gmd:role><gmd:CI_RoleCode codeList="#" codeListValue="owner"/></gmd:role></gmd:CI_ResponsibleParty></gmd:pointOfContact>
    ${inside}
  </gmd:MD_DataIdentification></gmd:identificationInfo>
  <gmd:distributionInfo><gmd:MD_Distribution><gmd:transferOptions><gmd:MD_DigitalTransferOptions><gmd:onLine><gmd:CI_OnlineResource>
    <gmd:linkage><gmd:URL>https://data.example.org/${id}.zip</gmd:URL></gmd:linkage>
  </gmd:CI_OnlineResource></gmd:onLine></gmd:MD_DigitalTransferOptions></gmd:transferOptions></gmd:MD_Distribution></gmd:distributionInfo>
</gmd:MD_Metadata>`
}

export const exception = (text: string) =>
  `<?xml version="1.0"?><ows:ExceptionReport xmlns:ows="http://www.opengis.net/ows" version="1.2.0"><ows:Exception exceptionCode="InvalidParameterValue"><ows:ExceptionText>${text}</ows:ExceptionText></ows:Exception></ows:ExceptionReport>`

/** A page of GetRecords, of version 2.0.2 or 3.0. */
export const searchResults = (records: string[], matched: number, next: number, version = '2.0.2') => {
  const space = version === '2.0.2' ? 'http://www.opengis.net/cat/csw/2.0.2' : 'http://www.opengis.net/cat/csw/3.0'
  return `<?xml version="1.0" encoding="UTF-8"?><csw:GetRecordsResponse xmlns:csw="${space}"><csw:SearchStatus timestamp="${new Date().toISOString()}"/><csw:SearchResults numberOfRecordsMatched="${matched}" numberOfRecordsReturned="${records.length}" nextRecord="${next}" elementSet="full">${records.join('')}</csw:SearchResults></csw:GetRecordsResponse>`
}

/** What a request for records asks, by POST or GET. */
export interface Asked {
  start: number
  rows: number
  schema: string
  sorted: boolean
  since: string | undefined
  text: string
}

function read(text: string, query: URLSearchParams): Asked {
  const first = (pattern: RegExp, name: string) => pattern.exec(text)?.[1] ?? query.get(name) ?? ''
  return {
    start: Number(first(/startPosition="(\d+)"/, 'startPosition')),
    rows: Number(first(/maxRecords="(\d+)"/, 'maxRecords')),
    schema: first(/outputSchema="([^"]+)"/, 'outputSchema'),
    sorted: /SortBy/.test(text) || query.has('sortBy'),
    since: /Modified<[^>]+><f:Literal>([^<]+)/.exec(text)?.[1] ?? /Modified >= '([^']+)'/.exec(query.get('constraint') ?? '')?.[1],
    text,
  }
}

/** A CSW of these records: GetRecords by POST and GET, with paging and a filter by date, and GetRecordById. `answer` may say otherwise. */
export function cswAnswers(records: () => string[], answer: (asked: Asked, response: ServerResponse) => boolean = () => false): Record<string, Answer> {
  return {
    '/csw?*': (request: IncomingMessage, response: ServerResponse) => {
      const query = new URL(request.url!, 'http://portal').searchParams
      let text = ''
      request.on('data', chunk => {
        text += String(chunk)
      })
      request.on('end', () => {
        const send = (body: string) => response.writeHead(200, { 'content-type': 'application/xml; charset=UTF-8' }).end(body)
        if (query.get('request') === 'GetRecordById') {
          const found = records().filter(record => record.includes(`>${query.get('id')}<`))
          return send(`<csw:GetRecordByIdResponse xmlns:csw="http://www.opengis.net/cat/csw/2.0.2">${found.join('')}</csw:GetRecordByIdResponse>`)
        }
        const asked = read(text, query)
        if (answer(asked, response)) return
        const all = records().filter(record => !asked.since || (/DateTime>([^<]+)/.exec(record)?.[1] ?? '9') >= asked.since.slice(0, 19))
        const page = all.slice(asked.start - 1, asked.start - 1 + asked.rows)
        const next = asked.start + page.length
        send(searchResults(page, all.length, next > all.length ? 0 : next))
      })
    },
  }
}
