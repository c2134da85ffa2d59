import { at } from '../../readers/json/fields.ts'
import { isObject, items, objects, text, type JsonObject } from '../../readers/json/values.ts'
import type { Artefact, Component, Message, Texts } from './structure.ts'

/** The parts of a structure message in JSON (SDMX-JSON 1.0 for SDMX 2.1, 2.0 for 3.0); undefined where it is none. */
export function jsonMessage(root: unknown): Omit<Message, 'only'> | undefined {
  const data = isObject(root) ? root['data'] : undefined
  if (!isObject(data)) return undefined
  const all = (name: string) => objects(data[name])
  return {
    flows: all('dataflows').map(flow => ({
      ...maintained(flow),
      agency: text(flow['agencyID']),
      version: text(flow['version']) || '1.0',
      structure: refOf(flow['structure']),
    })),
    structures: all('dataStructures').map(structure => ({
      ...maintained(structure),
      dimensions: ['dimensions', 'measureDimensions', 'timeDimensions', 'timeDimension']
        .flatMap(name => objects(at(structure, `dataStructureComponents.dimensionList.${name}`)))
        .map(componentOf),
      attributes: objects(at(structure, 'dataStructureComponents.attributeList.attributes')).map(componentOf),
    })),
    concepts: all('conceptSchemes').flatMap(scheme => itemsOf(scheme, 'concepts')),
    categories: all('categorySchemes').flatMap(scheme => itemsOf(scheme, 'categories')),
    categorisations: all('categorisations').map(each => ({ ...maintained(each), source: refOf(each['source']), target: refOf(each['target']) })),
    agencies: all('agencySchemes').flatMap(scheme => itemsOf(scheme, 'agencies')),
    constraints: [...all('contentConstraints'), ...all('dataConstraints')].map(each => {
      const keys = objects(at(each, 'cubeRegions.keyValues'))
      const period = (name: string) => text(at(keys, `timeRange.${name}.period`))
      return {
        ...maintained(each),
        flows: items(at(each, 'constraintAttachment.dataflows')).map(refOf),
        actual: /^actual$/i.test(text(each['type']) || text(each['role'])),
        start: period('startPeriod') || period('afterPeriod'),
        end: period('endPeriod') || period('beforePeriod'),
        values: Object.fromEntries(keys.map(key => [text(key['id']), objects(key['values']).map(value => text(value['name'] ?? value['value']))])),
      }
    }),
  }
}

/** The message with only the wanted objects and what encloses them; undefined where nothing is left. */
export function pruneJson(value: unknown, wanted: Set<object>): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  if (wanted.has(value)) return value
  if (Array.isArray(value)) {
    const left = value.map(each => pruneJson(each, wanted)).filter(each => each !== undefined)
    return left.length > 0 ? left : undefined
  }
  const left = Object.entries(value)
    .map(
      ([name, each]: [string, unknown]) =>
        [
          name,
          name === 'dataflows' && Array.isArray(each)
            ? each.filter(flow => wanted.has(flow as object))
            : typeof each === 'object'
              ? pruneJson(each, wanted)
              : each,
        ] as const,
    )
    .filter(([, each]) => each !== undefined)
  return left.some(([, each]) => typeof each === 'object') ? Object.fromEntries(left) : undefined
}

const maintained = (item: JsonObject): Artefact => described(item, `${text(item['agencyID'])}:${text(item['id'])}(${text(item['version']) || '1.0'})`)

const described = (item: JsonObject, ref: string): Artefact => ({
  ref,
  id: text(item['id']),
  names: textsOf(item, 'name'),
  descriptions: textsOf(item, 'description'),
  from: item,
  annotations: objects(item['annotations']).map(each => ({
    id: text(each['id']),
    type: text(each['type']),
    title: text(each['title'] ?? each['value']),
    url: text(at(each, 'links.href')),
    texts: textsOf(each, 'text'),
  })),
})

/** The items of a scheme, those below others too. */
function itemsOf(node: JsonObject, name: string, ref = maintained(node).ref): Artefact[] {
  return objects(node[name]).flatMap(item => {
    const own = `${ref}.${text(item['id'])}`
    return [described(item, own), ...itemsOf(item, name, own)]
  })
}

const componentOf = (item: JsonObject): Component => ({ id: text(item['id']), concept: refOf(item['conceptIdentity']) })

const textsOf = (item: JsonObject, name: string): Texts =>
  isObject(item[`${name}s`])
    ? Object.fromEntries(Object.entries(item[`${name}s`] as JsonObject).map(([language, words]) => [language, text(words)]))
    : text(item[name])

const refOf = (urn: unknown) => text(urn).replace(/^[^=]*=/, '')
