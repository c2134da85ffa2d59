import { attribute, children, languageOf, select, textOf, type Element } from '../../readers/xml/xml.ts'
import type { Annotation, Artefact, Component, Message, Texts } from './structure.ts'

/** SDMX-ML 2.1 and 3.0 differ in their namespaces, and in how one thing names another. */
export const isStructure = ({ space, name }: Element) => name === 'Structure' && /sdmx.*\/v(2_1|3_\d)\/message$/i.test(space)

/** The parts of a structure message in XML. */
export function xmlMessage(root: Element): Omit<Message, 'only'> {
  const all = (path: string) => select(root, `Structures/${path}`).filter(({ cut }) => !cut)
  return {
    flows: all('Dataflows/Dataflow').map(flow => ({
      ...maintained(flow),
      agency: attribute(flow, 'agencyID'),
      version: attribute(flow, 'version') || '1.0',
      structure: refOf(select(flow, 'Structure')[0]),
    })),
    structures: all('DataStructures/DataStructure').map(structure => ({
      ...maintained(structure),
      dimensions: select(structure, 'DataStructureComponents/DimensionList/Dimension|MeasureDimension|TimeDimension').map(componentOf),
      attributes: select(structure, 'DataStructureComponents/AttributeList/Attribute').map(componentOf),
    })),
    concepts: all('Concepts|ConceptSchemes/ConceptScheme').flatMap(scheme => itemsOf(scheme, 'Concept')),
    categories: all('CategorySchemes/CategoryScheme').flatMap(scheme => itemsOf(scheme, 'Category')),
    categorisations: all('Categorisations/Categorisation').map(each => ({
      ...maintained(each),
      source: refOf(select(each, 'Source')[0]),
      target: refOf(select(each, 'Target')[0]),
    })),
    agencies: all('OrganisationSchemes|AgencySchemes/AgencyScheme').flatMap(scheme => itemsOf(scheme, 'Agency')),
    constraints: all('Constraints|DataConstraints/ContentConstraint|DataConstraint').map(each => ({
      ...maintained(each),
      flows: select(each, 'ConstraintAttachment/Dataflow').map(refOf),
      actual: /^actual$/i.test(attribute(each, 'type') || attribute(each, 'role')),
      start: textOf(select(each, 'CubeRegion/KeyValue/TimeRange/StartPeriod|AfterPeriod')[0]),
      end: textOf(select(each, 'CubeRegion/KeyValue/TimeRange/EndPeriod|BeforePeriod')[0]),
      values: Object.fromEntries(select(each, 'CubeRegion/KeyValue').map(key => [attribute(key, 'id'), select(key, 'Value').map(textOf)])),
    })),
  }
}

/** The message with only the wanted elements and what encloses them; undefined where nothing is left. */
export function pruneXml(node: Element, wanted: Set<object>): Element | undefined {
  if (wanted.has(node)) return node
  if (node.name === 'Dataflow') return undefined
  const left = children(node).flatMap(each => pruneXml(each, wanted) ?? [])
  return left.length > 0 ? { ...node, children: left } : undefined
}

const maintained = (node: Element): Artefact =>
  described(node, `${attribute(node, 'agencyID')}:${attribute(node, 'id')}(${attribute(node, 'version') || '1.0'})`)

const described = (node: Element, ref: string): Artefact => ({
  ref,
  id: attribute(node, 'id'),
  names: textsOf(node, 'Name'),
  descriptions: textsOf(node, 'Description'),
  annotations: select(node, 'Annotations/Annotation').map(annotationOf),
  from: node,
})

/** The items of a scheme, those below others too. */
function itemsOf(node: Element, name: string, ref = maintained(node).ref): Artefact[] {
  return select(node, name).flatMap(item => {
    const own = `${ref}.${attribute(item, 'id')}`
    return [described(item, own), ...itemsOf(item, name, own)]
  })
}

const componentOf = (node: Element): Component => {
  const concept = refOf(select(node, 'ConceptIdentity')[0])
  // In 2.1 a dimension may leave its id to its concept.
  return { id: attribute(node, 'id') || concept.replace(/^.*\)\./, ''), concept }
}

const annotationOf = (node: Element): Annotation => {
  const said = (name: string) => textOf(select(node, name)[0])
  return {
    id: attribute(node, 'id'),
    type: said('AnnotationType'),
    title: said('AnnotationTitle') || said('AnnotationValue'),
    url: said('AnnotationURL'),
    texts: textsOf(node, 'AnnotationText'),
  }
}

/** xml:lang is English where it is not given (SDMXCommon.xsd). */
const textsOf = (node: Element, name: string): Texts =>
  Object.fromEntries(
    select(node, name)
      .filter(each => textOf(each))
      .map(each => [languageOf(each) || 'en', textOf(each)]),
  )

/** What an element refers to: by the parts of a name, or by a URN. */
function refOf(node: Element | undefined): string {
  if (!node) return ''
  const [ref] = select(node, 'Ref')
  if (!ref) return textOf(node).replace(/^[^=]*=/, '')
  const [agency, id, parent] = [attribute(ref, 'agencyID'), attribute(ref, 'id'), attribute(ref, 'maintainableParentID')]
  return parent
    ? `${agency}:${parent}(${attribute(ref, 'maintainableParentVersion') || '1.0'}).${id}`
    : `${agency}:${id}(${attribute(ref, 'version') || '1.0'})`
}
