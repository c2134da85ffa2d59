// The files of the sample portals: small, real to look at and to download, and made up. Each is made from its name alone, so that it is the same at every start.

import { createHash } from 'node:crypto'
import type { RequestListener } from 'node:http'
import { strToU8, zipSync } from 'fflate'

const regions: [name: string, longitude: number, latitude: number][] = [
  ['Tanger-Tétouan-Al Hoceïma', -5.6, 35.2],
  ["L'Oriental", -2.4, 33.9],
  ['Fès-Meknès', -4.6, 33.8],
  ['Rabat-Salé-Kénitra', -6.4, 34.1],
  ['Béni Mellal-Khénifra', -6.3, 32.5],
  ['Casablanca-Settat', -7.5, 33.2],
  ['Marrakech-Safi', -8.3, 31.7],
  ['Drâa-Tafilalet', -5.3, 31.2],
  ['Souss-Massa', -8.9, 30.2],
  ['Guelmim-Oued Noun', -9.9, 28.8],
  ['Laâyoune-Sakia El Hamra', -12.6, 26.9],
  ['Dakhla-Oued Ed-Dahab', -14.4, 23.4],
]
const lastYears = [2021, 2022, 2023, 2024]

/** A number that is always the same for the same words. */
const numberOf = (words: string, most: number): number => createHash('sha1').update(words).digest().readUInt32BE(0) % most

/** Values by region: of the year that the name of the file says, or of the last years. */
function tableOf(name: string): string[][] {
  const year = /(?:19|20)\d\d/.exec(name)?.[0]
  const rows = (year ? [year] : lastYears.map(String)).flatMap(each =>
    regions.map(([region], at) => [
      `MA-${String(at + 1).padStart(2, '0')}`,
      region,
      each,
      String(200 + numberOf(`${name} ${region}`, 9000) + Number(each) - 2000),
      (numberOf(`${name} ${region} ${each}`, 1000) / 10).toFixed(1).replace('.', ','),
    ]),
  )
  return [['Code', 'Région', 'Année', 'Valeur', 'Part (%)'], ...rows]
}

const csvOf = (name: string) =>
  `\ufeff${tableOf(name)
    .map(row => row.join(';'))
    .join('\r\n')}\r\n`

const geoJsonOf = (name: string) =>
  JSON.stringify({
    type: 'FeatureCollection',
    features: regions.map(([region, x, y], at) => ({
      type: 'Feature',
      properties: { code: `MA-${String(at + 1).padStart(2, '0')}`, region, valeur: numberOf(`${name} ${region}`, 9000) },
      geometry: { type: 'Point', coordinates: [x, y] },
    })),
  })

/** The least that is a workbook (ECMA-376): one sheet, its texts within its cells. */
function workbookOf(name: string): Uint8Array {
  const cell = (text: string, row: number) =>
    row > 0 && /^\d+$/.test(text) ? `<c><v>${text}</v></c>` : `<c t="inlineStr"><is><t>${text.replaceAll('&', '&amp;')}</t></is></c>`
  const rows = tableOf(name).map((row, at) => `<row>${row.map(text => cell(text, at)).join('')}</row>`)
  const office = 'http://schemas.openxmlformats.org'
  const relations = `${office}/officeDocument/2006/relationships`
  const sheets = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
  const parts = {
    '[Content_Types].xml': `<Types xmlns="${office}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${sheets}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${sheets}.worksheet+xml"/></Types>`,
    '_rels/.rels': `<Relationships xmlns="${office}/package/2006/relationships"><Relationship Id="r1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${office}/spreadsheetml/2006/main" xmlns:r="${relations}"><sheets><sheet name="Données" sheetId="1" r:id="r1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${office}/package/2006/relationships"><Relationship Id="r1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    'xl/worksheets/sheet1.xml': `<worksheet xmlns="${office}/spreadsheetml/2006/main"><sheetData>${rows.join('')}</sheetData></worksheet>`,
  }
  return zipSync(Object.fromEntries(Object.entries(parts).map(([path, xml]) => [path, strToU8(`<?xml version="1.0" encoding="UTF-8"?>${xml}`)])), {
    mtime: '2024-01-01',
  })
}

const kinds: Record<string, { type: string; made(name: string): string | Uint8Array }> = {
  csv: { type: 'text/csv; charset=utf-8', made: csvOf },
  geojson: { type: 'application/geo+json', made: geoJsonOf },
  xlsx: { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', made: workbookOf },
}

const kindOf = (name: string) => kinds[name.slice(name.lastIndexOf('.') + 1).toLowerCase()]

/** Whether the sample portals have a file of this name: tables and points, but no documents, archives or pictures. */
export const isServed = (name: string): boolean => kindOf(name) !== undefined

/** How long the file of this name is, in bytes. */
export const sizeOf = (name: string): number => Buffer.byteLength(kindOf(name)!.made(name))

/** A portal that serves the files of its datasets too. */
export const withFiles =
  (portal: RequestListener): RequestListener =>
  (request, response) => {
    const name = (request.url ?? '/').replace(/\?.*$/, '').split('/').at(-1)!
    const kind = kindOf(name)
    if (!kind || (request.method !== 'GET' && request.method !== 'HEAD')) return portal(request, response)
    const body = Buffer.from(kind.made(name))
    response.writeHead(200, {
      'Content-Type': kind.type,
      'Content-Length': body.length,
      'Content-Disposition': `attachment; filename*=UTF-8''${name}`,
    })
    response.end(request.method === 'HEAD' ? undefined : body)
  }
