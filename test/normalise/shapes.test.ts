import { describe, expect, test } from 'vitest'
import { axesOf } from '../../src/normalise/axes.ts'
import { shapeIn } from '../../src/normalise/geojson.ts'
import { wktOf } from '../../src/normalise/geometry.ts'
import { readLength, readNumber } from '../../src/normalise/number-text.ts'
import { isCoordinates, readShape } from '../../src/normalise/shape-text.ts'
import { isLegalWkt } from '../../src/normalise/wkt.ts'
import { geo } from '../../src/rdf/namespaces.ts'
import { literal } from '../../src/rdf/terms.ts'

const read = (text: string) => {
  const found = readShape(text)
  return found && wktOf(found.shape)
}
const rabat = 'POLYGON((-7.1 33.9, -6.7 33.9, -6.7 34.1, -7.1 34.1, -7.1 33.9))'
const pacific = 'MULTIPOLYGON(((165 -30, 180 -30, 180 5, 165 5, 165 -30)), ((-180 -30, -150 -30, -150 5, -180 5, -180 -30)))'

describe('a box is read in every form', () => {
  test.each([
    '-7.1,33.9,-6.7,34.1',
    ' -7.1  33.9 -6.7 34.1 ',
    '-7,1; 33,9; -6,7; 34,1',
    '[-7.1, 33.9, -6.7, 34.1]',
    '[-7.1, 33.9, 0, -6.7, 34.1, 900]',
    'ENVELOPE(-7.1, -6.7, 34.1, 33.9)',
    'BOX(-7.1 33.9, -6.7 34.1)',
    'POLYGON((-7.1 33.9, -6.7 33.9, -6.7 34.1, -7.1 34.1, -7.1 33.9))',
    'polygon ((-7.1 33.9,-6.7 33.9,-6.7 34.1,-7.1 34.1))',
    '<http://www.opengis.net/def/crs/EPSG/0/4258> POLYGON((33.9 -7.1, 33.9 -6.7, 34.1 -6.7, 34.1 -7.1, 33.9 -7.1))',
    '{"type":"Feature","geometry":{"type":"Polygon","coordinates":[[[-7.1,33.9],[-6.7,33.9],[-6.7,34.1],[-7.1,34.1]]]}}',
    '{"type":"Feature","geometry":null,"bbox":[-7.1,33.9,-6.7,34.1]}',
    '<gml:Envelope srsName="http://www.opengis.net/def/crs/EPSG/0/4326"><gml:lowerCorner>33.9 -7.1</gml:lowerCorner><gml:upperCorner>34.1 -6.7</gml:upperCorner></gml:Envelope>',
    '<gml:Envelope srsName="http://www.opengis.net/gml/srs/epsg.xml#4326"><gml:lowerCorner>-7.1 33.9</gml:lowerCorner><gml:upperCorner>-6.7 34.1</gml:upperCorner></gml:Envelope>',
    'westlimit=-7.1; eastlimit=-6.7; southlimit=33.9; northlimit=34.1; units=signed decimal degrees',
    'North 34.1, South 33.9, East -6.7, West -7.1',
    'Nord : 34,1 / Sud : 33,9 / Est : -6,7 / Ouest : -7,1',
  ])('%s', text => expect(read(text)).toBe(rabat))

  test('with the name that stands beside it', () => {
    expect(readShape('north 34.1, south 33.9, east -6.7, west -7.1. Rabat et Salé')?.name).toBe('Rabat et Salé')
    expect(readShape('name=Rabat; eastlimit=-6.7; westlimit=-7.1; northlimit=34.1; southlimit=33.9')?.name).toBe('Rabat')
  })
})

describe('the 180th meridian', () => {
  test.each([
    '165,-30,-150,5',
    '165,-30,210,5',
    'ENVELOPE(165, -150, 5, -30)',
    '{"type":"Polygon","bbox":[165,-30,-150,5],"coordinates":[[[165,-30],[-150,-30],[-150,5],[165,-30]]]}',
    'eastlimit=-150; westlimit=165; northlimit=5; southlimit=-30',
    '{"type":"GeometryCollection","geometries":[{"type":"Polygon","coordinates":[[[165,-30],[180,-30],[180,5],[165,-30]]]},{"type":"Polygon","coordinates":[[[-180,-30],[-150,-30],[-150,5],[-180,-30]]]}]}',
  ])('%s is two boxes that meet there', text => expect(read(text)).toBe(pacific))

  test('a side on the meridian makes one box', () => {
    expect(read('170,-10,180,0')).toBe('POLYGON((170 -10, 180 -10, 180 0, 170 0, 170 -10))')
    expect(read('180,-10,-170,0')).toBe('POLYGON((-180 -10, -170 -10, -170 0, -180 0, -180 -10))')
    expect(read('0,-90,360,90')).toBe('POLYGON((-180 -90, 180 -90, 180 90, -180 90, -180 -90))')
  })
})

describe('what cannot be', () => {
  test('axes are turned where a latitude beyond 90° proves it', () => {
    expect(read('POINT(33.9 -110)')).toBe('POINT(-110 33.9)')
    expect(read('{"type":"LineString","coordinates":[[10,120],[11,121]]}')).toBe('LINESTRING(120 10, 121 11)')
  })
  test.each([
    'POINT(95 -110)',
    '50,7,40,3',
    'POLYGON((400 10, 410 10, 410 20))',
    '{"type":"Point","coordinates":[1000,2000]}',
    '<http://www.opengis.net/def/crs/EPSG/0/26191> POINT(372500 372000)',
  ])('%s is no place, and no name of one', text => {
    expect(read(text)).toBeUndefined()
    expect(isCoordinates(text)).toBe(true)
  })
  test.each(['Casablanca', '20000, 20100', 'Région 2020', 'Nord-Est', 'Bassin du Souss (Massa)', 'Point d’eau', 'BOX'])(
    '%s may be the name of a place',
    text => {
      expect(read(text)).toBeUndefined()
      expect(isCoordinates(text)).toBe(false)
    },
  )
})

test.each([
  ['GML whose positions have no dimension', '<gml:LineString srsDimension="0"><gml:posList>1 2 3 4</gml:posList></gml:LineString>'],
  ['GML whose positions have one', '<gml:LineString srsDimension="1"><gml:posList>1 2 3 4</gml:posList></gml:LineString>'],
  ['an envelope that is a list of numbers', '{"type":"envelope","coordinates":[1,2]}'],
])('%s is no shape', (_, text) => {
  expect(read(text)).toBeUndefined()
  if (text.startsWith('{')) expect(shapeIn(JSON.parse(text))).toBeUndefined()
})

test('a collection may have more shapes than a function takes arguments', () => {
  const points = Array.from({ length: 300_000 }, (_, at) => `POINT(${at % 90} 0)`)
  expect(read(`GEOMETRYCOLLECTION(${points.join(',')})`)).toBe('POLYGON((0 0, 89 0, 89 0, 0 0, 0 0))')
})

test('literals of GeoSPARQL that are legal need nothing', () => {
  const legal = (text: string) => isLegalWkt(literal(text, geo.wktLiteral))
  for (const each of [
    rabat,
    pacific,
    'POINT Z (1 2 3)',
    'POLYGON EMPTY',
    '<http://www.opengis.net/def/crs/EPSG/0/26191> POINT(372500 372000)',
    '<http://www.opengis.net/def/crs/EPSG/0/4326> POINT(33.9 -110)',
  ])
    expect(legal(each), each).toBe(true)
  for (const each of ['POINT(33.9 -110)', 'POLYGON((1 1, 2 1, 2 2))', 'SRID=4326;POINT(1 2)', '1,2,3,4']) expect(legal(each), each).toBe(false)
})

test('the order of axes is told by every way in which a reference system is named', () => {
  for (const each of [
    'urn:ogc:def:crs:EPSG::4326',
    'urn:x-ogc:def:crs:EPSG:6.9:4258',
    'http://www.opengis.net/def/crs/EPSG/0/4326',
    'https://www.opengis.net/def/crs/EPSG/9.9.1/4269',
    'EPSG:4326',
    '4326',
    'http://epsg.io/4326',
  ])
    expect(axesOf(each), each).toBe('latitude first')
  for (const each of [
    '',
    'CRS:84',
    'OGC:CRS84',
    'urn:ogc:def:crs:OGC:1.3:CRS84',
    'http://www.opengis.net/def/crs/OGC/1.3/CRS84',
    '::EPSG:4326',
    'http://www.opengis.net/gml/srs/epsg.xml#4326',
    'WGS 84',
  ])
    expect(axesOf(each), each).toBe('longitude first')
  for (const each of ['EPSG:2154', 'urn:ogc:def:crs:EPSG::3857', 'http://www.opengis.net/def/crs/EPSG/0/26191', 'Lambert Nord Maroc'])
    expect(axesOf(each), each).toBe('other')
})

test('a number is read whole or not at all', () => {
  expect(['12,75', '12.75', '25 000', '1.234,5', '1,234.5', '3,000,000', '٤٫٢', '−7.1', '1e-3', "10'000"].map(readNumber)).toEqual([
    12.75, 12.75, 25000, 1234.5, 1234.5, 3e6, 4.2, -7.1, 0.001, 10000,
  ])
  expect(['', '12 m', '5 to 10', '1,2,3', '1.2.3', 'abc', '--1'].map(readNumber)).toEqual(Array.from({ length: 7 }, () => undefined))
})

test('a length is in metres, by the unit that stands in it or beside it', () => {
  expect([
    readLength('2 500', 'm'),
    readLength('0,5', 'km'),
    readLength('30 cm'),
    readLength('10', '…/gmxUom.xml#m'),
    readLength('15', 'urn:ogc:def:uom:EPSG::9001'),
    readLength('1', 'nmi'),
  ]).toEqual([2500, 500, 0.3, 10, 15, 1852])
  expect([readLength('0.01', 'deg'), readLength('10'), readLength('about 5 m')]).toEqual([undefined, undefined, undefined])
})
