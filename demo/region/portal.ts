// A regional portal: DCAT in Turtle at /catalog.ttl?page=N, written the way ckanext-dcat writes it. The catalogue
// node is on every page, links between pages are literals on a hydra:PagedCollection, agents and contact points are
// blank nodes, and formats, licences, places and frequencies are whatever was typed.

import { readFileSync } from 'node:fs'
import type { RequestListener, ServerResponse } from 'node:http'
import { isServed, sizeOf } from '../files.ts'
import { nationalPackages, PUBLIC_ROOT, uuidOf } from '../national/packages.ts'

const SITE = 'https://opendata.soussmassa.example'
const PAGE_SIZE = 10
const EU = 'http://publications.europa.eu/resource/authority'

export interface RegionalDataset {
  slug: string
  /** key in publishers.json */
  by: string
  fr: string
  ar: string
  notes: string
  notesAr: string
  /** as typed, or `eu:CODE`, or `cld:name` */
  freq: string
  /** a name, `country`, or `bbox` */
  place: string
  /** first and last day, month or year */
  time?: [string, string]
  issued: string
  modified: string
  licence: 'cc-by-iri' | 'cc-by-text' | 'odbl' | 'none'
  words: string[]
  /** `eu:CODE` */
  theme?: string
  /** the dataset of the national portal that this one is, and what says so */
  same?: { slug: string; by: 'url' | 'identifier' | 'both' }
  /** title, file name, format as typed, bytes */
  files: [string, string, string, number | null][]
}

interface Publisher {
  name: string
  contact: string
  mail: string | null
}

const PREFIXES = `@prefix adms: <http://www.w3.org/ns/adms#> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix geo: <http://www.opengis.net/ont/geosparql#> .
@prefix hydra: <http://www.w3.org/ns/hydra/core#> .
@prefix locn: <http://www.w3.org/ns/locn#> .
@prefix schema: <http://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix vcard: <http://www.w3.org/2006/vcard/ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
`

const LICENCES: Record<RegionalDataset['licence'], string | null> = {
  'cc-by-iri': '<https://creativecommons.org/licenses/by/4.0/>',
  'cc-by-text': '"Creative Commons Attribution 4.0"',
  odbl: '"Open Data Commons Open Database License (ODbL)"',
  none: null,
}

const SOUSS_MASSA_BOX = 'POLYGON ((-9.95 29.05, -6.55 29.05, -6.55 31.05, -9.95 31.05, -9.95 29.05))'

function readJson<T>(file: string): T {
  return JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8')) as T
}

const publishers = readJson<Record<string, Publisher>>('./publishers.json')

export function regionalDatasets(): RegionalDataset[] {
  return readJson<RegionalDataset[]>('./datasets.json')
}

function text(value: string, language = ''): string {
  const escaped = value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
  return `"${escaped}"${language === '' ? '' : `@${language}`}`
}

/** Typed when it is a whole date; a bare month or year stays a plain literal. */
function date(value: string): string {
  if (/T/.test(value)) return `"${value}"^^xsd:dateTime`
  return /^\d{4}-\d\d-\d\d$/.test(value) ? `"${value}"^^xsd:date` : `"${value}"`
}

function frequency(value: string): string {
  if (value.startsWith('eu:')) return `<${EU}/frequency/${value.slice(3)}>`
  return value.startsWith('cld:') ? `<http://purl.org/cld/freq/${value.slice(4)}>` : text(value)
}

function place(value: string): string {
  if (value === 'country') return `<${EU}/country/MAR>`
  if (value === 'bbox') return `[ a dct:Location ; locn:geometry "${SOUSS_MASSA_BOX}"^^geo:wktLiteral ]`
  return /^(Province|Région)/.test(value) ? `[ a dct:Location ; skos:prefLabel ${text(value)} ]` : text(value)
}

interface File {
  iri: string
  title: string
  address: string
  format: string
  bytes: number | null
}

/** Where the files are that the samples serve: those of this portal, and those of the national one. */
export interface Roots {
  own: string
  national: string
}

const published: Roots = { own: SITE, national: PUBLIC_ROOT }

function filesOf(dataset: RegionalDataset, roots: Roots): File[] {
  const own = dataset.files.map(([title, file, format, bytes]): File => {
    const iri = `${SITE}/dataset/${dataset.slug}/resource/${uuidOf(`region/${dataset.slug}/${file}`)}`
    const address = `${iri}/download/${file}`
    const served = roots.own !== SITE && isServed(file)
    return { iri, title, address: served ? address.replace(SITE, roots.own) : address, format, bytes: served ? sizeOf(file) : bytes }
  })
  const { same } = dataset
  if (same === undefined || same.by === 'identifier') return own
  const original = nationalPackages(roots.national).find(each => each.name === same.slug)
  if (original === undefined) throw new Error(`datasets.json: ${dataset.slug} is said to be ${same.slug}, which is unknown`)
  const relayed = original.resources.map((resource): File => ({
    iri: `${SITE}/dataset/${dataset.slug}/resource/${uuidOf(`region/${dataset.slug}/${resource.id}`)}`,
    title: resource.name,
    address: resource.url,
    format: resource.format,
    bytes: resource.size,
  }))
  return [...own, ...relayed]
}

function block(subject: string, type: string, statements: [string, string][]): string {
  const lines = statements.map(([predicate, object]) => `    ${predicate} ${object}`)
  return `<${subject}> a ${type} ;\n${lines.join(' ;\n')} .\n`
}

function toTurtle(dataset: RegionalDataset, roots: Roots): string {
  const iri = `${SITE}/dataset/${dataset.slug}`
  const publisher = publishers[dataset.by]
  if (publisher === undefined) throw new Error(`datasets.json: ${dataset.slug} names publisher "${dataset.by}", which is unknown`)
  const files = filesOf(dataset, roots)
  const identifier = dataset.same === undefined || dataset.same.by === 'url' ? uuidOf(`region/${dataset.slug}`) : uuidOf(`dataset/${dataset.same.slug}`)
  const mail = publisher.mail === null ? '' : ` ; vcard:hasEmail <mailto:${publisher.mail}>`

  const statements: [string, string][] = [
    ['dct:title', `${text(dataset.fr, 'fr')}, ${text(dataset.ar, 'ar')}`],
    ['dct:description', `${text(dataset.notes, 'fr')}, ${text(dataset.notesAr, 'ar')}`],
    ['dct:identifier', text(identifier)],
    ['dct:issued', date(dataset.issued)],
    ['dct:modified', date(dataset.modified)],
    ['dct:language', '"fr", "ar"'],
    ['dct:accrualPeriodicity', frequency(dataset.freq)],
    ['dct:publisher', `[ a foaf:Agent ; foaf:name ${text(publisher.name)} ]`],
    ['dcat:contactPoint', `[ a vcard:Organization ; vcard:fn ${text(publisher.contact)}${mail} ]`],
    ['dct:spatial', place(dataset.place)],
    ['dcat:landingPage', `<${iri}>`],
    ['dcat:keyword', dataset.words.map(word => text(word)).join(', ')],
  ]
  if (dataset.theme !== undefined) statements.push(['dcat:theme', `<${EU}/data-theme/${dataset.theme.slice(3)}>`])
  if (dataset.time !== undefined) {
    const [first, last] = dataset.time.map(date)
    statements.push(['dct:temporal', `[ a dct:PeriodOfTime ; schema:startDate ${first} ; schema:endDate ${last} ]`])
  }
  if (files.length > 0) statements.push(['dcat:distribution', files.map(file => `<${file.iri}>`).join(', ')])

  const licence = LICENCES[dataset.licence]
  const distributions = files.map(file => {
    const about: [string, string][] = [
      ['dct:title', text(file.title)],
      ['dcat:accessURL', `<${file.address}>`],
      ['dcat:downloadURL', `<${file.address}>`],
      ['dct:format', text(file.format)],
    ]
    if (file.bytes !== null) about.push(['dcat:byteSize', `"${file.bytes}"^^xsd:decimal`])
    if (licence !== null) about.push(['dct:license', licence])
    return block(file.iri, 'dcat:Distribution', about)
  })
  return [block(iri, 'dcat:Dataset', statements), ...distributions].join('\n')
}

/** One page of the feed; `address` is where the feed was asked for, as the client sees it. */
export function regionalPage(datasets: RegionalDataset[], page: number, address: string, roots = published): string {
  const last = Math.max(1, Math.ceil(datasets.length / PAGE_SIZE))
  const shown = datasets.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE)
  const about: [string, string][] = [
    ['dct:title', '"Données ouvertes de Souss-Massa"@fr, "البيانات المفتوحة لسوس ماسة"@ar'],
    ['dct:description', '"Catalogue d\'exemple des données publiques de la région."@fr'],
    ['dct:language', '"fr"'],
    ['dct:modified', '"2026-07-12T18:00:00.000000"^^xsd:dateTime'],
    ['dct:publisher', '[ a foaf:Organization ; foaf:name "Région Souss-Massa" ]'],
    ['foaf:homepage', `<${SITE}>`],
  ]
  if (shown.length > 0) about.push(['dcat:dataset', shown.map(dataset => `<${SITE}/dataset/${dataset.slug}>`).join(', ')])

  const link = (number: number): string => `"${address}?page=${number}"`
  const paging: [string, string][] = [
    ['hydra:totalItems', String(datasets.length)],
    ['hydra:itemsPerPage', String(PAGE_SIZE)],
    ['hydra:first', link(1)],
    ['hydra:firstPage', link(1)],
    ['hydra:last', link(last)],
    ['hydra:lastPage', link(last)],
  ]
  if (page < last) paging.push(['hydra:next', link(page + 1)], ['hydra:nextPage', link(page + 1)])
  if (page > 1) paging.push(['hydra:previous', link(page - 1)], ['hydra:previousPage', link(page - 1)])

  return [
    PREFIXES,
    datasets.length > 0 ? block(`${address}?page=${page}`, 'hydra:PagedCollection', paging) : '',
    block(SITE, 'dcat:Catalog', about),
    ...shown.map(dataset => toTurtle(dataset, roots)),
  ].join('\n')
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'Content-Type': `${type}; charset=utf-8`, 'Content-Length': Buffer.byteLength(body) })
  response.end(body)
}

/** The portal as a request listener; tests may give it other datasets. */
export function regionalPortal(datasets: RegionalDataset[] = regionalDatasets(), roots = published): RequestListener {
  return (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return send(response, 405, 'text/plain', 'Method Not Allowed\n')
    const url = new URL(`http://portal.invalid${request.url ?? '/'}`)
    if (url.pathname === '/robots.txt') return send(response, 200, 'text/plain', 'User-agent: *\nDisallow: /user/\n')
    if (url.pathname !== '/catalog.ttl') return send(response, 404, 'text/plain', 'Not Found\n')

    const page = url.searchParams.get('page') ?? '1'
    if (!/^[1-9]\d{0,5}$/.test(page)) return send(response, 400, 'text/plain', 'Page param must be a positive integer\n')
    const since = url.searchParams.get('modified_since') ?? ''
    const wanted = datasets.filter(dataset => dataset.modified >= since.replace(/Z$/, ''))
    const address = `http://${request.headers.host ?? 'localhost'}/catalog.ttl`
    return send(response, 200, 'text/turtle', regionalPage(wanted, Number(page), address, roots))
  }
}
