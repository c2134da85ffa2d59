import type { Answer } from '../../../portal.ts'

/** A dataflow as the tests write it; `more` and `after` are XML inside it and beside it. */
export interface Sample {
  id: string
  edition: number
  version?: string
  more?: string
  after?: string
}

export const sample = (id: string, edition = 1, more: Partial<Sample> = {}): Sample => ({ id, edition, ...more })

const urn = (kind: string, ref: string) => `urn:sdmx:org.sdmx.infomodel.${kind}=${ref}`
const space = (version: string) => `http://www.sdmx.org/resources/sdmxml/schemas/v${version === '3.0' ? '3_0' : '2_1'}`
const envelope = (inside: string, version: string) =>
  `<?xml version="1.0" encoding="UTF-8"?><m:Structure xmlns:m="${space(version)}/message" xmlns:s="${space(version)}/structure" xmlns:c="${space(version)}/common"><m:Header><m:ID>X</m:ID><m:Prepared>${new Date().toISOString()}</m:Prepared></m:Header><m:Structures>${inside}</m:Structures></m:Structure>`

/** How one thing names another: by parts in 2.1, by URN in 3.0. */
const to = (version: string, kind: string, id: string, item = '') =>
  version === '3.0'
    ? urn(kind, `INS:${id}(1.0)${item && `.${item}`}`)
    : item
      ? `<Ref agencyID="INS" maintainableParentID="${id}" maintainableParentVersion="1.0" id="${item}"/>`
      : `<Ref agencyID="INS" id="${id}" version="1.0"/>`

const flowXml = ({ id, edition, version = '1.0', more = '' }: Sample, of: string) =>
  `<s:Dataflow ${id && `id="${id}"`} agencyID="INS" version="${version}">${more}<c:Name xml:lang="fr">Flux ${id}</c:Name><c:Name xml:lang="en">Flow ${id}</c:Name><c:Description xml:lang="fr">Description ${id}, édition ${edition}</c:Description><s:Structure>${to(of, 'datastructure.DataStructure', 'DSD')}</s:Structure></s:Dataflow>`

const component = (element: string, id: string, of: string) =>
  `<s:${element} id="${id}"><s:ConceptIdentity>${to(of, 'conceptscheme.Concept', 'CS', id)}</s:ConceptIdentity></s:${element}>`

/** What a portal answers about one dataflow with references=all: its structure, concepts, categories, agency; and much that is of no interest. */
export const structureXml = (one: Sample, of = '2.1') =>
  envelope(
    `
  <s:${of === '3.0' ? 'AgencySchemes' : 'OrganisationSchemes'}><s:AgencyScheme id="AGENCIES" agencyID="SDMX"><s:Agency id="INS"><c:Name xml:lang="fr">Institut de statistique</c:Name></s:Agency><s:Agency id="AUTRE"><c:Name xml:lang="fr">Autre</c:Name></s:Agency></s:AgencyScheme></s:${of === '3.0' ? 'AgencySchemes' : 'OrganisationSchemes'}>
  <s:Dataflows>${flowXml(one, of)}</s:Dataflows>
  <s:CategorySchemes><s:CategoryScheme id="THEMES" agencyID="INS" version="1.0"><s:Category id="S"><c:Name xml:lang="fr">Société</c:Name><s:Category id="SANTE"><c:Name xml:lang="fr">Santé</c:Name></s:Category></s:Category></s:CategoryScheme></s:CategorySchemes>
  <s:Categorisations><s:Categorisation id="C-${one.id}" agencyID="INS"><s:Source>${to(of, 'datastructure.Dataflow', one.id)}</s:Source><s:Target>${to(of, 'categoryscheme.Category', 'THEMES', of === '3.0' ? 'S.SANTE' : 'SANTE')}</s:Target></s:Categorisation></s:Categorisations>
  <s:Codelists><s:Codelist id="CL" agencyID="INS"><s:Code id="A"><c:Name xml:lang="fr">Code dont nul n'a besoin</c:Name></s:Code></s:Codelist></s:Codelists>
  <s:${of === '3.0' ? 'ConceptSchemes' : 'Concepts'}><s:ConceptScheme id="CS" agencyID="INS" version="1.0">${[
    ['FREQ', 'Fréquence'],
    ['REGION', 'Région'],
    ['TIME_PERIOD', 'Période'],
    ['OBS_STATUS', 'Statut'],
    ['AUTRE', 'Concept étranger'],
  ]
    .map(([id, name]) => `<s:Concept id="${id}"><c:Name xml:lang="fr">${name}</c:Name></s:Concept>`)
    .join('')}</s:ConceptScheme></s:${of === '3.0' ? 'ConceptSchemes' : 'Concepts'}>
  <s:DataStructures><s:DataStructure id="DSD" agencyID="INS" version="1.0"><c:Name xml:lang="fr">Structure</c:Name><s:DataStructureComponents><s:DimensionList>${component('Dimension', 'FREQ', of)}${component('Dimension', 'REGION', of)}${component('TimeDimension', 'TIME_PERIOD', of)}</s:DimensionList><s:AttributeList>${component('Attribute', 'OBS_STATUS', of)}</s:AttributeList></s:DataStructureComponents></s:DataStructure></s:DataStructures>
  ${one.after ?? ''}`,
    of,
  )

const names = (fr: string) => ({ name: fr, names: { fr } })
const flowJson = ({ id, edition, version = '1.0' }: Sample) => ({
  id,
  agencyID: 'INS',
  version,
  name: `Flux ${id}`,
  names: { fr: `Flux ${id}`, en: `Flow ${id}` },
  descriptions: { fr: `Description ${id}, édition ${edition}` },
  structure: urn('datastructure.DataStructure', 'INS:DSD(1.0)'),
})
const part = (id: string) => ({ id, conceptIdentity: urn('conceptscheme.Concept', `INS:CS(1.0).${id}`) })

/** The same in JSON. */
export const structureJson = (one: Sample) =>
  JSON.stringify({
    meta: { prepared: new Date().toISOString() },
    data: {
      agencySchemes: [{ id: 'AGENCIES', agencyID: 'SDMX', agencies: [{ id: 'INS', ...names('Institut de statistique') }] }],
      dataflows: [flowJson(one)],
      categorySchemes: [
        { id: 'THEMES', agencyID: 'INS', version: '1.0', categories: [{ id: 'S', ...names('Société'), categories: [{ id: 'SANTE', ...names('Santé') }] }] },
      ],
      categorisations: [
        {
          id: `C-${one.id}`,
          agencyID: 'INS',
          source: urn('datastructure.Dataflow', `INS:${one.id}(1.0)`),
          target: urn('categoryscheme.Category', 'INS:THEMES(1.0).S.SANTE'),
        },
      ],
      codelists: [{ id: 'CL', agencyID: 'INS', codes: [{ id: 'A', ...names("Code dont nul n'a besoin") }] }],
      conceptSchemes: [
        {
          id: 'CS',
          agencyID: 'INS',
          version: '1.0',
          concepts: [
            ['FREQ', 'Fréquence'],
            ['REGION', 'Région'],
            ['TIME_PERIOD', 'Période'],
            ['OBS_STATUS', 'Statut'],
            ['AUTRE', 'Concept étranger'],
          ].map(([id, name]) => ({ id, ...names(name!) })),
        },
      ],
      dataStructures: [
        {
          id: 'DSD',
          agencyID: 'INS',
          version: '1.0',
          ...names('Structure'),
          dataStructureComponents: {
            dimensionList: { dimensions: [part('FREQ'), part('REGION')], timeDimensions: [part('TIME_PERIOD')] },
            attributeList: { attributes: [part('OBS_STATUS')] },
          },
        },
      ],
    },
  })

/** An SDMX REST API with these dataflows. */
export function answers(samples: Sample[], of = '2.1', format = 'xml'): Record<string, Answer> {
  const [root, list] = of === '3.0' ? ['/rest/structure/dataflow', '/rest/structure/dataflow/*/*/~'] : ['/rest/dataflow', '/rest/dataflow/all/all/latest']
  const type = format === 'xml' ? `application/vnd.sdmx.structure+xml;version=${of}` : 'application/vnd.sdmx.structure+json'
  const all =
    format === 'xml'
      ? envelope(`<s:Dataflows>${samples.map(each => flowXml(each, of)).join('')}</s:Dataflows>`, of)
      : JSON.stringify({ data: { dataflows: samples.map(flowJson) } })
  return {
    [`${list}?*`]: { type, body: all },
    ...Object.fromEntries(
      samples.flatMap(each =>
        [each.version ?? '1.0', 'latest', '~'].map(version => [
          `${root}/INS/${each.id}/${version}?*`,
          { type, body: format === 'xml' ? structureXml(each, of) : structureJson(each) },
        ]),
      ),
    ),
  }
}
