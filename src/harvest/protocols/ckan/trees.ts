import { isObject, objects, text, type JsonObject } from '../../readers/json/values.ts'

/** Asks an action of the portal. */
type Ask = (action: string, parameters: Record<string, string>) => Promise<unknown>

/** The bodies and the groups of a portal by their names, each with the names of those above it (ckanext-hierarchy). */
export interface Trees {
  organization: Map<string, JsonObject>
  groups: Map<string, JsonObject>
}

/** Portals answer no more than 25 at once where all fields are asked for, unless they are set up otherwise. */
const pageSize = 25
/** Far more than any portal has: an endless list ends here. */
const maxNodes = 20_000

export async function readTrees(ask: Ask): Promise<Trees> {
  return { organization: await nodesOf(ask, 'organization_list'), groups: await nodesOf(ask, 'group_list') }
}

async function nodesOf(ask: Ask, action: string): Promise<Map<string, JsonObject>> {
  const nodes = new Map<string, JsonObject>()
  for (let offset = 0; offset < maxNodes;) {
    const page = objects(
      await ask(action, { all_fields: 'true', include_groups: 'true', include_extras: 'true', limit: String(pageSize), offset: String(offset) }),
    )
    const before = nodes.size
    for (const node of page) if (text(node['name'])) nodes.set(text(node['name']), node)
    if (page.length === 0 || nodes.size === before) break
    offset += page.length
  }
  return nodes
}

/** A package with what stands above its organisation and its groups, so that its record is whole by itself. */
export function withTrees(item: JsonObject, { organization, groups }: Trees): JsonObject {
  return {
    ...item,
    ...(isObject(item['organization']) && { organization: { ...item['organization'], above: above(text(item['organization']['name']), organization) } }),
    ...(Array.isArray(item['groups']) && { groups: objects(item['groups']).map(group => ({ ...group, above: above(text(group['name']), groups) })) }),
  }
}

function above(name: string, nodes: Map<string, JsonObject>, below = new Set<string>()): JsonObject[] {
  const inside = new Set([...below, name])
  return objects(nodes.get(name)?.['groups'])
    .filter(parent => !inside.has(text(parent['name'])))
    .sort((a, b) => (text(a['name']) < text(b['name']) ? -1 : 1))
    .map(parent => {
      const known = Object.entries(nodes.get(text(parent['name'])) ?? parent).filter(([key]) => /^(id|name|display_name|title.*)$/.test(key))
      return { ...Object.fromEntries(known), above: above(text(parent['name']), nodes, inside) }
    })
}
