/** How the formats of files are written, by the ends of their names. */
const written: Record<string, RegExp> = {
  csv: /csv|comma/i,
  tsv: /tsv|tab[- ]/i,
  xlsx: /xlsx|spreadsheetml|excel/i,
  xls: /xls\b|ms-excel|excel/i,
  ods: /ods\b|opendocument/i,
  geojson: /geo\W?json/i,
  gml: /gml/i,
  gpkg: /gpkg|geo ?package/i,
  shp: /shp|shape/i,
  pdf: /pdf/i,
  kml: /kml/i,
  kmz: /kmz/i,
  tif: /tiff?\b/i,
  tiff: /tiff?\b/i,
  nc: /netcdf|\bnc\b/i,
  jp2: /jp2|jpeg ?2000/i,
  las: /\blas\b/i,
  dxf: /dxf/i,
  rdf: /rdf/i,
  ttl: /turtle|ttl/i,
  parquet: /parquet/i,
}

/** Formats of what a service answers, and of the service itself: no file has them. */
const served = /\b(?:wms|wmts|wfs|wcs|wps|sos|sps|csw|tms)\b|web (?:map|feature|coverage)|ogc ?api|\brest\b|web ?service/i

/** Of the formats that a record lists for all of its links, those of one file: by the end of its address, where that tells more than a package does. */
export function formatsOfFile(listed: string[], path: string): string[] {
  const files = listed.filter(format => !served.test(format))
  const own = written[/\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? '']
  return own ? files.filter(format => own.test(format)) : files
}

/** What a service's format is called: the one that is listed for it, else the last word of its standard. */
export function formatsOfService(listed: string[], name: RegExp, standard: string): string[] {
  const own = listed.filter(format => name.test(format))
  const [, short] = /opengeospatial\.org\/standards\/(\w+)$/.exec(standard) ?? []
  return own.length > 0 ? own : short && short !== 'cat' ? [short.toUpperCase()] : []
}

/** True of an address of the metadata of a resource, whatever its protocol says: a page, and none of its files. */
export const isMetadataAddress = (url: string): boolean =>
  /[?&]request=GetRecordById\b|#\/?metadata\/|\/(?:metadata\.show|catalog\.search|api\/records\/[^/]+(?:\/formatters\b.*)?$)/i.test(url)

/** True of what is called the metadata of a resource, and is no package of data with them. */
export const isCalledMetadata = (url: string, words: string): boolean =>
  /m[ée]tadonn[ée]es?\b|\bmetadata\b|البيانات الوصفية|metadatos\b/i.test(words) &&
  !/donn[ée]es? (?:et|&)|data (?:and|&)|t[ée]l[ée]charg|download/i.test(words) &&
  !/\.(?:zip|7z|gz|csv|xlsx?|gpkg|shp|geojson)(?:$|[?#])/i.test(url)
