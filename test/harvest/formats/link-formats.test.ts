import { expect, test } from 'vitest'
import { formatsOfFile, formatsOfService, isCalledMetadata, isMetadataAddress } from '../../../src/harvest/formats/link-formats.ts'
import { withParameters, withoutParameters } from '../../../src/harvest/readers/addresses.ts'

const listed = ['GeoPackage', 'ESRI Shapefile', 'WFS', 'Excel']

test('of the formats of a record a file has those that its address bears out', () => {
  expect(formatsOfFile(listed, '/zones.gpkg')).toEqual(['GeoPackage'])
  expect(formatsOfFile(listed, '/zones.xlsx')).toEqual(['Excel'])
  expect(formatsOfFile(listed, '/zones.csv')).toEqual([])
  expect(formatsOfFile(['ESRI Shapefile', 'WFS'], '/zones.zip')).toEqual(['ESRI Shapefile'])
  expect(formatsOfFile(['GML'], '/zones.xml')).toEqual(['GML'])
})

test('a service has the format of its protocol', () => {
  expect(formatsOfService(listed, /\bwfs\b/i, 'http://www.opengeospatial.org/standards/wfs')).toEqual(['WFS'])
  expect(formatsOfService(['CSV'], /\bwms\b/i, 'http://www.opengeospatial.org/standards/wms')).toEqual(['WMS'])
  expect(formatsOfService(['CSV'], /rest/i, 'https://developers.arcgis.com/rest/')).toEqual([])
})

test('links to the metadata are told by their address or by what they are called', () => {
  expect(
    [
      'https://a.example/geonetwork/srv/fre/catalog.search#/metadata/7',
      'https://a.example/csw?REQUEST=GetRecordById&id=7',
      'https://a.example/geonetwork/srv/api/records/7',
    ].every(isMetadataAddress),
  ).toBe(true)
  expect(['https://a.example/data/7.zip', 'https://a.example/wfs?request=GetFeature'].some(isMetadataAddress)).toBe(false)
  expect(isCalledMetadata('https://a.example/7.html', 'Fiche de métadonnées')).toBe(true)
  expect(isCalledMetadata('https://a.example/7', 'Données et métadonnées')).toBe(false)
  expect(isCalledMetadata('https://a.example/7.zip', 'Metadata')).toBe(false)
})

test('what stays of an address is written as it was', () => {
  const url = 'https://maps.example.org/cgi?map=/srv/x.map&Service=WMS&layers=a,b&REQUEST=GetCapabilities'
  expect(withoutParameters(url, /^(service|request)$/i)).toBe('https://maps.example.org/cgi?map=/srv/x.map&layers=a,b')
  expect(withoutParameters('https://maps.example.org/wms?service=WMS', /^service$/i)).toBe('https://maps.example.org/wms')
  expect(withParameters('https://maps.example.org/cgi?map=/srv/x.map&VERSION=1', { version: '2', q: 'a b' })).toBe(
    'https://maps.example.org/cgi?map=/srv/x.map&version=2&q=a+b',
  )
})
