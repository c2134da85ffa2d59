import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A CKAN portal that makes up its datasets as it is asked for them: run as a process of its own, so that it costs the harvester nothing. */
const total = Number(process.argv[2] ?? 10_000)

const themes = ['agriculture', 'finance', 'education', 'emploi', 'sante', 'justice', 'habitat', 'tourisme']
const bodies = ['hcp', 'mef', 'menps', 'msps', 'mj', 'anrt', 'cnss', 'onssa']
const formats = ['CSV', 'XLSX', 'JSON', 'PDF', 'csv.', 'application/json']

const dataset = (n: number) => ({
  id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
  name: `jeu-${n}`,
  type: 'dataset',
  state: 'active',
  private: false,
  title: `Jeu de données numéro ${n}`,
  title_fr: `Jeu de données numéro ${n}`,
  title_ar: `مجموعة البيانات رقم ${n}`,
  notes: `Description du jeu ${n}. `.repeat(10),
  notes_ar: `وصف المجموعة رقم ${n}. `.repeat(10),
  metadata_created: '2023-01-15T10:20:30.123456',
  metadata_modified: `2025-${String((n % 12) + 1).padStart(2, '0')}-01T08:00:00.000000`,
  license_id: 'odc-odbl',
  license_title: 'Open Data Commons Open Database License (ODbL)',
  organization: { id: `org-${n % 8}`, name: bodies[n % 8], title: bodies[n % 8]?.toUpperCase() },
  groups: [{ id: `group-${n % 8}`, name: themes[n % 8], title: themes[n % 8] }],
  tags: [
    { name: `mot-${n % 50}`, display_name: `mot ${n % 50}` },
    { name: 'maroc', display_name: 'maroc' },
  ],
  geographic_coverage: 'National',
  collection_frequency: 'Annuelle',
  available_languages: 'fr',
  author: '',
  maintainer: 'Cellule open data',
  maintainer_email: 'opendata@example.ma',
  extras: [
    { key: 'temporal_start', value: '2020-01-01' },
    { key: 'temporal_end', value: '2024-12-31' },
  ],
  resources: [0, 1].map(at => ({
    id: `res-${n}-${at}`,
    name: `Fichier ${at + 1}`,
    description: 'Données',
    format: formats[(n + at) % formats.length],
    mimetype: '',
    size: 1000 + n,
    url: `https://portail.example.ma/data/fr/dataset/${n}/resource/${at}/download/fichier-${n}.csv`,
    url_type: 'upload',
    created: '2023-01-15T10:20:30.123456',
    last_modified: '2025-03-01T00:00:00',
  })),
})

let etags = false
let asked = 0
let sent = 0

createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://localhost')
  const start = Number(url.searchParams.get('start') ?? 0)
  const rows = Math.min(1000, Number(url.searchParams.get('rows') ?? 10))
  asked++
  response.setHeader('content-type', 'application/json')
  if (etags) response.setHeader('etag', `"${start}-${rows}-${total}"`)
  if (etags && request.headers['if-none-match'] === response.getHeader('etag')) return response.writeHead(304).end()
  const results = Array.from({ length: Math.max(0, Math.min(rows, total - start)) }, (_, at) => dataset(start + at))
  const body = JSON.stringify({ success: true, result: { count: total, results } })
  sent += body.length
  response.end(body)
}).listen(0, '127.0.0.1', function (this: { address(): unknown }) {
  process.send?.((this.address() as AddressInfo).port)
})

// Told to know ETags or not, it tells how often it was asked since it was last told, and what it sent.
process.on('message', (told: { etags?: boolean }) => {
  etags = told.etags ?? etags
  process.send?.({ asked, sent })
  asked = sent = 0
})
