import { add, renamed, values } from '../../../rdf/graph.ts'
import { adms, dcat, dct } from '../../../rdf/namespaces.ts'
import { isLiteral, literal, namedNode } from '../../../rdf/terms.ts'
import type { Mapped, Mint } from '../../protocol.ts'
import { text, type JsonObject } from '../../readers/json/values.ts'
import { yearsOf } from './files.ts'
import { mapPackage, publicIri, withExtras } from './mapping.ts'
import type { Portal } from './options.ts'
import { resourcesOf } from './resource.ts'

// A dataset whose files are one for each year is, in the words of DCAT-AP 3, a series: what is said of all years stands there once, and each year is a
// dataset of its own that names it (dcat:inSeries), with its period and its files.

/** The field of a payload that says of which year it is the member of its series; the other fields are the portal's. */
const mark = 'fihrist:year'

/** Whether a dataset is a series: the portal says so (ckanext-dataset-series), or the source does and each file tells its year. */
const isSeries = (item: JsonObject, portal: Portal): boolean =>
  item[mark] === undefined && (item['type'] === 'dataset_series' || yearsIn(item, portal).length > 0)

/** The years of a dataset that is taken for a series; none where one of its files says no year, or nobody could follow the link to the series. */
function yearsIn(item: JsonObject, portal: Portal): string[] {
  if (!portal.series || publicIri(item, withExtras(item), portal) === undefined) return []
  const resources = resourcesOf(item)
  const years = yearsOf(resources)
  return years.size === resources.length ? [...new Set(years.values())].sort() : []
}

/** A dataset, or the series it is and its members, each as the package that its record keeps. */
export function partsOf(item: JsonObject, portal: Portal): JsonObject[] {
  const told = yearsIn(item, portal)
  if (told.length === 0) return [item]
  const resources = resourcesOf(item)
  const years = yearsOf(resources)
  return [item, ...told.map(year => ({ ...item, [mark]: year, resources: resources.filter(resource => years.get(resource) === year) }))]
}

/** The key of a package, or of one year of it. */
export const partKey = (key: string | undefined, item: JsonObject): string | undefined =>
  key === undefined || item[mark] === undefined ? key : `${key}#${text(item[mark])}`
export const packageOf = (key: string): string => key.replace(/#\d{4}(-\d{4})?$/, '')

/** A package, or one year of it. */
export function mapPart(item: JsonObject, portal: Portal): (mint: Mint) => Mapped {
  const year = text(item[mark])
  if (year) return mint => mapMember(item, year, portal, mint)
  const years = yearsIn(item, portal)
  return mint => {
    const mapped = mapPackage(item, portal, isSeries(item, portal))(mint)
    if (years.length > 0 && values(mapped.graph, mapped.dataset, dct.temporal).length === 0)
      add(mapped.graph, mapped.dataset, dct.temporal, literal(`${years[0]!.slice(0, 4)}-${years.at(-1)!.slice(-4)}`))
    return mapped
  }
}

/** Properties that identify the series, and are not copied to its members. */
const ofSeries = [dct.identifier, adms.identifier, dcat.landingPage, dct.temporal, dcat.inSeries]

function mapMember(item: JsonObject, year: string, portal: Portal, mint: Mint): Mapped {
  const series = namedNode(publicIri(item, withExtras(item), portal)!)
  const dataset = namedNode(mint.dataset)
  const mapped = mapPackage(item, portal)(mint)
  const to = renamed(mapped.graph, mapped.dataset, dataset)
  for (const property of ofSeries) for (const each of to.quads(dataset, property)) to.remove(each)
  for (const each of to.quads(dataset, dct.title)) {
    if (!isLiteral(each.object)) continue
    to.remove(each)
    add(to, dataset, dct.title, literal(`${each.object.value} (${year})`, each.object.language || undefined))
  }
  add(to, dataset, dct.identifier, literal(partKey(text(item['id']) || text(item['name']), item)!))
  add(to, dataset, dct.temporal, literal(year))
  add(to, dataset, dcat.inSeries, series)
  return { dataset, graph: to }
}
