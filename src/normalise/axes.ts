/**
 * What the name of a coordinate reference system says of coordinates: the latitude comes first, the longitude does, or they are no degrees of longitude and
 * latitude at all.
 */
export type Axes = 'latitude first' | 'longitude first' | 'other'

/** The forms in which a system is named by an authority and its code: URN, URI of OGC, `EPSG:4326`, and those that write x before y whatever the code says. */
const named: [form: RegExp, always?: Axes][] = [
  // CRS84, CRS83 and CRS27 are defined with the longitude first (OGC 06-042, annex B).
  [/\bCRS:?(?:84|83|27)h?$/i, 'longitude first'],
  // GML 2 and EWKT wrote x before y for every code; so does GeoNetwork's "::EPSG:4326".
  [/epsg\.xml#(\d+)$/i, 'longitude first'],
  [/^(?:::EPSG:|urn:ogc:def:crs:::?EPSG:|SRID=)(\d+);?$/i, 'longitude first'],
  [/^urn:(?:x-)?ogc:def:crs:EPSG:[^:]*:(\d+)$/i],
  [/^https?:\/\/www\.opengis\.net\/def\/crs\/EPSG\/[^/]+\/(\d+)\/?$/i],
  [/^https?:\/\/(?:www\.)?(?:epsg\.io|spatialreference\.org\/ref\/epsg)\/(\d+)\/?$/i],
  [/^(?:urn:)?(?:x-)?EPSG:{1,2}(\d+)$/i],
  [/^(\d{4,6})$/],
  [/^(?:urn:ogc:def:crs:::)?WGS[ _-]?(?:19)?84(?:\s*\(.*\))?$/i, 'longitude first'],
]

/** Geographic systems of EPSG: their first axis is the latitude. All have codes of four digits that begin with 4, or are later ones in degrees. */
const isGeographic = (code: string) => /^4\d{3}$/.test(code) || /^(?:5527|5546|6318|6668|7844|8255|9000|10412|20033)$/.test(code)

/** The axes of a system by whatever name it goes; GeoJSON's and CRS84's where it has none. */
export function axesOf(name: string): Axes {
  const text = name.trim().replace(/^<|>$/g, '')
  if (!text) return 'longitude first'
  for (const [form, always] of named) {
    const found = form.exec(text)
    if (!found) continue
    const [, code] = found
    if (code !== undefined && !isGeographic(code)) return 'other'
    return always ?? 'latitude first'
  }
  return 'other'
}
