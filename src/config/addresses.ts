import { remembering } from '../remembering.ts'

/** Where everything is, below a base: an entry of this table is an address that a route answers, or an IRI that names what we publish. */
const tableOf = (base: string) => {
  const dataset = (id: string) => `${base}/dataset/${id}`
  const record = (id: string) => `${base}/record/${id}`
  const versions = (id: string) => `${record(id)}/versions`
  const version = (id: string, number: number | string) => `${versions(id)}/${number}`
  const source = (id: string) => `${base}/sources/${id}`
  const catalogue = `${base}/catalog`
  return {
    home: `${base}/`,
    datasets: `${base}/datasets`,
    dataset,
    /** Its card, for pages of others. */
    embedded: (id: string) => `${dataset(id)}/card`,
    /** A file of a dataset, which is described with it. */
    distribution: (id: string, resource: string) => `${dataset(id)}/resource/${resource}`,
    /** The beginning of a file, by the place that it has among those of its dataset. */
    preview: (id: string, place: number | string) => `${dataset(id)}/resource/${place}/preview`,
    record,
    versions,
    version,
    /** What changed with a version, and between any two. */
    difference: (id: string, number: number | string) => `${version(id, number)}/diff`,
    comparison: (id: string) => `${versions(id)}/diff`,
    /** The datasets of a theme, of an organisation, and of a place. */
    theme: (slug: string) => `${base}/theme/${slug}`,
    territory: (slug: string) => `${base}/territory/${slug}`,
    organisation: (slug: string) => `${base}/organisation/${slug}`,
    /** A reference list of the edition's own, and an entry of it. */
    list: (name: string) => `${base}/id/${name}`,
    concept: (list: string, slug: string) => `${base}/id/${list}/${slug}`,
    /** The bodies that publish, and the themes of what they do. */
    organisations: `${base}/organisations`,
    themes: `${base}/themes`,
    /** Where those who write programs begin. */
    developers: `${base}/developers`,
    /** The places that datasets are of. */
    territories: `${base}/territories`,
    /** The standards that records are checked by. */
    profiles: `${base}/profiles`,
    profile: (name: string) => `${base}/profiles/${name}`,
    /** Our own terms. */
    vocabulary: `${base}/vocabulary`,
    sources: `${base}/sources`,
    source,
    run: (id: string, number: number | string) => `${source(id)}/runs/${number}`,
    /** The same as a feed, in pages. */
    sourceFeed: (id: string) => `${source(id)}/catalog`,
    /** The catalogue that a source is for us; more is said of it by the portal under names of its own. */
    sourceCatalogue: (id: string, name = 'catalogue') => `${source(id)}#${name}`,
    /** The scorecards of the whole, of a body, of a source, of a theme, and of a place. */
    quality: `${base}/quality`,
    qualityOf: (organisation: string) => `${base}/quality/${organisation}`,
    sourceQuality: (id: string) => `${source(id)}/quality`,
    themeQuality: (slug: string) => `${base}/theme/${slug}/quality`,
    territoryQuality: (slug: string) => `${base}/territory/${slug}/quality`,
    /** The same as a small picture, for the pages of the portal. */
    sourceBadge: (id: string) => `${source(id)}/badge`,
    sparql: `${base}/sparql`,
    /** The classes, properties and concepts that the editor completes. */
    sparqlTerms: `${base}/sparql/terms`,
    /** The catalogue itself, which is its feed. */
    catalogue,
    /** The version of the program that ran a harvest. */
    program: (version: string) => `${catalogue}#fihrist-${version}`,
    context: `${base}/context.jsonld`,
    /** Ways out for programs (outlets/). */
    dataJson: `${base}/data.json`,
    oai: `${base}/oai`,
    /** All of the catalogue as one file. */
    dump: `${base}/dump/catalogue`,
    /** What changed, a line each. */
    changes: `${base}/changes`,
    /** The states that the catalogue, and a dataset, had (RFC 7089). */
    catalogueStates: `${base}/timemap/catalog`,
    datasetStates: (id: string) => `${base}/timemap/dataset/${id}`,
    ldes: `${base}/ldes`,
    ckanAction: (action: string) => `${base}/api/3/action/${action}`,
    atom: `${base}/feed.atom`,
    void: `${base}/.well-known/void`,
    dataCatalogue: `${base}/.well-known/datacatalog`,
    openApi: `${base}/openapi.json`,
    llms: `${base}/llms.txt`,
    mcp: `${base}/mcp`,
    sitemap: `${base}/sitemap.xml`,
    openSearch: `${base}/opensearch.xml`,
    robots: `${base}/robots.txt`,
    /** Where feeds of others are looked at: the page, a verdict that is kept for a day, and the address that takes them. */
    validate: `${base}/validate`,
    verdict: (key: string) => `${base}/validate/${key}`,
    check: `${base}/api/validate`,
    withheld: (source: string) => `${base}/api/sources/${source}/withheld`,
    notify: (source: string) => `${base}/api/sources/${source}/notify`,
    acceptRemovals: (source: string) => `${base}/api/sources/${source}/accept-removals`,
    request: (number: number | string) => `${base}/api/requests/${number}`,
    health: `${base}/healthz`,
    readiness: `${base}/readyz`,
    metrics: `${base}/metrics`,
    /** A page in a language, whatever its path. */
    inLanguage: (language: string, path: string) => `${base}/${language}${path}`,
    /** A page that the edition wrote itself. */
    text: (slug: string) => `${base}/${slug}`,
    /** What people bring: datasets they ask for, what they made of some, what is wrong with one; the forms by which they do. */
    requests: `${base}/requests`,
    newRequest: `${base}/requests/new`,
    support: (id: number | string) => `${base}/requests/${id}/support`,
    asked: (id: number | string) => `${base}/requests/${id}`,
    reuses: `${base}/reuses`,
    newReuse: `${base}/reuses/new`,
    /** What bodies know of and have not opened. */
    inventory: `${base}/inventory`,
    reuse: (id: number | string) => `${base}/reuses/${id}`,
    picture: (id: number | string) => `${base}/reuses/${id}/picture`,
    report: (id: string) => `${dataset(id)}/report`,
    brought: (id: number | string) => `${base}/brought/${id}`,
    unsubscribe: (word: string) => `${base}/unsubscribe/${word}`,
    /** For those who look after the catalogue. */
    steward: `${base}/steward`,
    signIn: `${base}/steward/sign-in`,
    signOut: `${base}/steward/sign-out`,
    /** By the accounts of the administration: there, and back. */
    oidc: `${base}/steward/sign-in/oidc`,
    oidcBack: `${base}/steward/sign-in/oidc/callback`,
    invitation: (word: string) => `${base}/steward/invitation/${word}`,
    matter: (id: number | string) => `${base}/steward/matters/${id}`,
    heldPicture: (id: number | string) => `${base}/steward/matters/${id}/picture`,
    keptRecord: (id: string) => `${base}/steward/records/${id}`,
    keptInventory: `${base}/steward/inventory`,
    newEntry: `${base}/steward/inventory/new`,
    keptEntry: (key: string) => `${base}/steward/inventory/entries/${encodeURIComponent(key)}`,
    keptSource: (id: string) => `${base}/steward/sources/${id}`,
    people: `${base}/steward/people`,
    deeds: `${base}/steward/log`,
    /** A graph of the store: a name, and no page. */
    graph: (name: 'catalogue' | 'quality' | 'scorecards' | 'provenance' | 'programme' | 'vocabulary') => `${base}/graph/${name}`,
  }
}

export type Addresses = ReturnType<typeof addressesOf>

/** The end of the IRI of what a portal says of its own entry, within our record. */
export const portalRecord = '#portal'

/** The addresses without their base: what pages link to. */
export const paths = tableOf('')

/** The addresses below the base of a catalogue, and what they tell when they are met again: the one description of our URL space. */
export const addressesOf = remembering((base: string) => {
  const table = tableOf(base)
  const own = [table.dataset(''), table.record(''), table.source(''), `${base}/graph/`]
  const isCatalogue = (iri: string) => iri.startsWith(table.catalogue) && /^(?:$|[#?.])/.test(iri.slice(table.catalogue.length))
  return {
    ...table,
    /** True of every IRI that we mint. */
    isMinted: (iri: string): boolean => iri.startsWith(table.home),
    /** True of what is ours alone to speak of: the catalogue, its datasets and records, sources and graphs. Concepts of our lists are there for all. */
    isOurs: (iri: string): boolean => iri.startsWith(base) && (own.some(start => iri.startsWith(start)) || isCatalogue(iri)),
    /** True of a record, and of what is described within one. */
    isRecord: (iri: string): boolean => iri.startsWith(table.record('')),
    /** True of the entry that we make of what a portal says of its own, in the name of its catalogue. */
    isPortalRecord: (iri: string): boolean => iri.startsWith(table.record('')) && iri.endsWith(portalRecord),
    /** True of an entry of a list of the edition's own, and of the list. */
    isConcept: (iri: string): boolean => iri.startsWith(table.list('')),
    /** The id of the record that an IRI of a record or a dataset names. */
    idIn: (iri: string): string | undefined =>
      [table.record(''), table.dataset('')].flatMap(start => (iri.startsWith(start) ? [iri.slice(start.length)] : []))[0],
    /** The source that an IRI names, or is described with; with the number of the run, of a run. */
    sourceIn: (iri: string): { source: string; run?: string } | undefined => {
      const [, source, run] = /^([^/#?]+)(?:\/runs\/(\d+))?(?:#|$)/.exec(iri.startsWith(table.source('')) ? iri.slice(table.source('').length) : '') ?? []
      return source === undefined ? undefined : { source, ...(run !== undefined && { run }) }
    },
    /** True of the graphs of the store, which have no page. */
    isGraph: (iri: string): boolean => iri.startsWith(`${base}/graph/`),
    /** The path of an IRI of ours: what a page links to. */
    pathOf: (iri: string): string => iri.slice(base.length),
  }
})
