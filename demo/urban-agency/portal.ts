// The geoportal of an urban agency: a catalogue service (CSW 2.0.2) with ISO 19139 in French and Arabic.

import { readFileSync } from 'node:fs'
import type { RequestListener, ServerResponse } from 'node:http'
import { isServed } from '../files.ts'

export interface MapRecord {
  id: string
  fr: string
  ar: string
  about_fr: string
  about_ar: string
  keywords: string[]
  /** MD_TopicCategoryCode */
  topic: string
  /** MD_MaintenanceFrequencyCode */
  frequency: string
  place: string
  /** west, south, east, north */
  box: [number, number, number, number]
  issued: string
  stamp: string
  scope?: string
  scale?: number
  period?: [string, string]
  /** name and format */
  files: [string, string][]
  /** whether a map service shows it too */
  service?: boolean
}

const SITE = 'https://agence-urbaine-safi.example'
const RECORDS: MapRecord[] = JSON.parse(readFileSync(new URL('./records.json', import.meta.url), 'utf8'))
const CSW = 'http://www.opengis.net/cat/csw/2.0.2'
const OWS = 'http://www.opengis.net/ows'

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
const text = (value: string) => `<gco:CharacterString>${escaped(value)}</gco:CharacterString>`
const both = (name: string, fr: string, ar: string) =>
  `<gmd:${name} xsi:type="gmd:PT_FreeText_PropertyType">${text(fr)}<gmd:PT_FreeText><gmd:textGroup><gmd:LocalisedCharacterString locale="#AR">${escaped(ar)}</gmd:LocalisedCharacterString></gmd:textGroup></gmd:PT_FreeText></gmd:${name}>`
const code = (name: string, list: string, value: string) =>
  `<gmd:${name}><gmd:${list} codeList="http://standards.iso.org/iso/19139/resources/gmxCodelists.xml#${list}" codeListValue="${value}"/></gmd:${name}>`

function party(role: string): string {
  return `<gmd:CI_ResponsibleParty>${both('organisationName', 'Agence Urbaine de Safi-Youssoufia', 'الوكالة الحضرية لآسفي - اليوسفية')}
    <gmd:contactInfo><gmd:CI_Contact><gmd:address><gmd:CI_Address><gmd:electronicMailAddress>${text('geoportail@agence-urbaine-safi.example')}</gmd:electronicMailAddress></gmd:CI_Address></gmd:address></gmd:CI_Contact></gmd:contactInfo>
    ${code('role', 'CI_RoleCode', role)}</gmd:CI_ResponsibleParty>`
}

function online(address: string, protocol: string, name: string): string {
  return `<gmd:onLine><gmd:CI_OnlineResource><gmd:linkage><gmd:URL>${escaped(address)}</gmd:URL></gmd:linkage><gmd:protocol>${text(protocol)}</gmd:protocol><gmd:name>${text(name)}</gmd:name></gmd:CI_OnlineResource></gmd:onLine>`
}

/** One record as ISO 19139 has it. */
function isoOf(record: MapRecord, own: string): string {
  const [west, south, east, north] = record.box
  const side = (name: string, value: number) => `<gmd:${name}><gco:Decimal>${value}</gco:Decimal></gmd:${name}>`
  return `<gmd:MD_Metadata xmlns:gmd="http://www.isotc211.org/2005/gmd" xmlns:gco="http://www.isotc211.org/2005/gco" xmlns:gmx="http://www.isotc211.org/2005/gmx" xmlns:gml="http://www.opengis.net/gml/3.2" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <gmd:fileIdentifier>${text(record.id)}</gmd:fileIdentifier>
  ${code('language', 'LanguageCode', 'fre')}
  ${code('hierarchyLevel', 'MD_ScopeCode', record.scope ?? 'dataset')}
  <gmd:contact>${party('pointOfContact')}</gmd:contact>
  <gmd:dateStamp><gco:DateTime>${record.stamp}</gco:DateTime></gmd:dateStamp>
  <gmd:locale><gmd:PT_Locale id="AR">${code('languageCode', 'LanguageCode', 'ara')}</gmd:PT_Locale></gmd:locale>
  <gmd:referenceSystemInfo><gmd:MD_ReferenceSystem><gmd:referenceSystemIdentifier><gmd:RS_Identifier><gmd:code>${text('http://www.opengis.net/def/crs/EPSG/0/26191')}</gmd:code></gmd:RS_Identifier></gmd:referenceSystemIdentifier></gmd:MD_ReferenceSystem></gmd:referenceSystemInfo>
  <gmd:identificationInfo><gmd:MD_DataIdentification>
    <gmd:citation><gmd:CI_Citation>${both('title', record.fr, record.ar)}
      <gmd:date><gmd:CI_Date><gmd:date><gco:Date>${record.issued}</gco:Date></gmd:date>${code('dateType', 'CI_DateTypeCode', 'publication')}</gmd:CI_Date></gmd:date>
    </gmd:CI_Citation></gmd:citation>
    ${both('abstract', record.about_fr, record.about_ar)}
    <gmd:pointOfContact>${party('publisher')}</gmd:pointOfContact>
    <gmd:resourceMaintenance><gmd:MD_MaintenanceInformation>${code('maintenanceAndUpdateFrequency', 'MD_MaintenanceFrequencyCode', record.frequency)}</gmd:MD_MaintenanceInformation></gmd:resourceMaintenance>
    <gmd:descriptiveKeywords><gmd:MD_Keywords>${[...record.keywords, 'Habitat et urbanisme'].map(word => `<gmd:keyword>${text(word)}</gmd:keyword>`).join('')}</gmd:MD_Keywords></gmd:descriptiveKeywords>
    <gmd:resourceConstraints><gmd:MD_LegalConstraints>${code('useConstraints', 'MD_RestrictionCode', 'otherRestrictions')}<gmd:otherConstraints><gmx:Anchor xlink:href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</gmx:Anchor></gmd:otherConstraints></gmd:MD_LegalConstraints></gmd:resourceConstraints>
    ${record.scale === undefined ? '' : `<gmd:spatialResolution><gmd:MD_Resolution><gmd:equivalentScale><gmd:MD_RepresentativeFraction><gmd:denominator><gco:Integer>${record.scale}</gco:Integer></gmd:denominator></gmd:MD_RepresentativeFraction></gmd:equivalentScale></gmd:MD_Resolution></gmd:spatialResolution>`}
    ${code('language', 'LanguageCode', 'fre')}
    <gmd:topicCategory><gmd:MD_TopicCategoryCode>${record.topic}</gmd:MD_TopicCategoryCode></gmd:topicCategory>
    <gmd:extent><gmd:EX_Extent>
      <gmd:description>${text(record.place)}</gmd:description>
      <gmd:geographicElement><gmd:EX_GeographicBoundingBox>${side('westBoundLongitude', west)}${side('eastBoundLongitude', east)}${side('southBoundLatitude', south)}${side('northBoundLatitude', north)}</gmd:EX_GeographicBoundingBox></gmd:geographicElement>
      ${record.period ? `<gmd:temporalElement><gmd:EX_TemporalExtent><gmd:extent><gml:TimePeriod gml:id="p"><gml:beginPosition>${record.period[0]}</gml:beginPosition><gml:endPosition>${record.period[1]}</gml:endPosition></gml:TimePeriod></gmd:extent></gmd:EX_TemporalExtent></gmd:temporalElement>` : ''}
    </gmd:EX_Extent></gmd:extent>
  </gmd:MD_DataIdentification></gmd:identificationInfo>
  <gmd:distributionInfo><gmd:MD_Distribution>
    ${[...new Set(record.files.map(([, format]) => format))].map(format => `<gmd:distributionFormat><gmd:MD_Format><gmd:name>${text(format)}</gmd:name><gmd:version gco:nilReason="unknown"/></gmd:MD_Format></gmd:distributionFormat>`).join('')}
    <gmd:transferOptions><gmd:MD_DigitalTransferOptions>
      ${record.files.map(([name, format]) => online(`${isServed(name) ? own : SITE}/telechargement/${record.id}/${name}`, 'WWW:DOWNLOAD-1.0-http--download', `${record.fr} (${format})`)).join('\n      ')}
      ${record.service ? online(`${SITE}/geoserver/wms?service=WMS&request=GetCapabilities`, 'OGC:WMS', 'safi:occupation_sol') : ''}
    </gmd:MD_DigitalTransferOptions></gmd:transferOptions>
  </gmd:MD_Distribution></gmd:distributionInfo>
</gmd:MD_Metadata>`
}

/** The portal as a request listener; the files that there are lie at `own`. */
export function urbanAgencyPortal(own = SITE): RequestListener {
  const sorted = [...RECORDS].sort((a, b) => (a.id < b.id ? -1 : 1))
  return (request, response) => {
    const url = new URL(request.url ?? '/', 'http://portal')
    if (url.pathname !== '/geonetwork/srv/fre/csw') {
      response.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' })
      response.end('Not Found\n')
      return
    }
    let body = ''
    request.setEncoding('utf8')
    request.on('data', (chunk: string) => (body += chunk))
    request.on('end', () => answer(sorted, own, body, url.searchParams, response))
  }
}

function answer(records: MapRecord[], own: string, body: string, query: URLSearchParams, response: ServerResponse): void {
  const asked = new Map([...query].map(([name, value]) => [name.toLowerCase(), value]))
  const said = (name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(body)?.[1] ?? asked.get(name.toLowerCase())
  const send = (xml: string, status = 200) => {
    response.writeHead(status, { 'Content-Type': 'application/xml; charset=UTF-8' })
    response.end(`<?xml version="1.0" encoding="UTF-8"?>\n${xml}\n`)
  }
  const wanted = /<(?:\w+:)?(GetCapabilities|GetRecords|GetRecordById)\b/.exec(body)?.[1] ?? asked.get('request')
  if (wanted === 'GetCapabilities') {
    send(
      `<csw:Capabilities xmlns:csw="${CSW}" xmlns:ows="${OWS}" version="2.0.2"><ows:ServiceIdentification><ows:Title>Géoportail de l'Agence Urbaine de Safi-Youssoufia (exemple)</ows:Title><ows:ServiceType>CSW</ows:ServiceType><ows:ServiceTypeVersion>2.0.2</ows:ServiceTypeVersion></ows:ServiceIdentification><ows:OperationsMetadata><ows:Operation name="GetRecords"/><ows:Operation name="GetRecordById"/></ows:OperationsMetadata></csw:Capabilities>`,
    )
  } else if (wanted === 'GetRecordById') {
    const found = records.filter(({ id }) => id === asked.get('id'))
    send(`<csw:GetRecordByIdResponse xmlns:csw="${CSW}">${found.map(each => isoOf(each, own)).join('\n')}</csw:GetRecordByIdResponse>`)
  } else if (wanted === 'GetRecords') {
    const since = /Modified<[^>]+><\w+:Literal>([^<]+)/.exec(body)?.[1] ?? /Modified >= '([^']+)'/.exec(asked.get('constraint') ?? '')?.[1]
    const found = records.filter(({ stamp }) => since === undefined || stamp >= since.slice(0, 19))
    const start = Number(said('startPosition') ?? 1)
    const hits = said('resultType') === 'hits'
    const page = hits ? [] : found.slice(start - 1, start - 1 + Number(said('maxRecords') ?? 10))
    const next = start + page.length
    send(
      `<csw:GetRecordsResponse xmlns:csw="${CSW}" version="2.0.2"><csw:SearchStatus timestamp="2024-04-02T00:00:00Z"/><csw:SearchResults numberOfRecordsMatched="${found.length}" numberOfRecordsReturned="${page.length}" nextRecord="${hits || next > found.length ? 0 : next}" elementSet="full">\n${page.map(each => isoOf(each, own)).join('\n')}\n</csw:SearchResults></csw:GetRecordsResponse>`,
    )
  } else {
    send(
      `<ows:ExceptionReport xmlns:ows="${OWS}" version="1.2.0"><ows:Exception exceptionCode="MissingParameterValue" locator="request"><ows:ExceptionText>request</ows:ExceptionText></ows:Exception></ows:ExceptionReport>`,
      400,
    )
  }
}
