import type { Answer } from '../../../portal.ts'

export type Package = Record<string, unknown>

/** CKAN's package_search over a list that may change between runs: rows, start, and a filter by metadata_modified. */
export function packageSearch(packages: unknown[]): Answer {
  return (request, response) => {
    const query = new URL(request.url!, 'http://portal').searchParams
    const since = /metadata_modified:\["?([^" ]+)"? TO \*\]/.exec(query.get('fq') ?? '')?.[1]
    if (since && !since.endsWith('Z')) {
      response
        .writeHead(400, { 'content-type': 'application/json' })
        .end(JSON.stringify({ success: false, error: { message: `Invalid Date String:'${since}'` } }))
      return
    }
    const found = packages.filter(each => !since || `${String((each as Package)['metadata_modified']).replace(/Z$/, '')}Z` >= since)
    const [rows, start] = [Number(query.get('rows') ?? 10), Number(query.get('start') ?? 0)]
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ success: true, result: { count: found.length, results: found.slice(start, start + rows) } }))
  }
}

/** CKAN's package_show over the same list. */
export function packageShow(packages: unknown[]): Answer {
  return (request, response) => {
    const id = new URL(request.url!, 'http://portal').searchParams.get('id')
    const found = packages.find(each => [(each as Package)['id'], (each as Package)['name']].includes(id))
    response.writeHead(found ? 200 : 404, { 'content-type': 'application/json' })
    response.end(JSON.stringify(found ? { success: true, result: found } : { success: false, error: { __type: 'Not Found Error', message: 'Not found' } }))
  }
}

/** A whole portal: its two actions. */
export const ckanAnswers = (packages: unknown[]): Record<string, Answer> => ({
  '/api/3/action/package_search?*': packageSearch(packages),
  '/api/3/action/package_show?*': packageShow(packages),
})

/** A dataset as a portal that has nothing wrong with it sends it. */
export function packageOf(id: string, more: Package = {}): Package {
  return {
    id,
    name: `jeu-${id}`,
    title: `Jeu de données ${id}`,
    notes: `Description du jeu ${id}.`,
    state: 'active',
    private: false,
    metadata_created: '2024-01-01T08:00:00.000000',
    metadata_modified: '2024-03-01T08:00:00.000000',
    license_id: 'cc-by',
    tags: [{ name: 'eau', display_name: 'eau' }],
    groups: [],
    organization: { id: 'o', name: 'hcp', title: 'Haut-Commissariat au Plan' },
    resources: [{ id: `${id}-r`, name: 'Fichier', url: `https://data.example.org/${id}.csv`, format: 'CSV' }],
    extras: [],
    ...more,
  }
}
