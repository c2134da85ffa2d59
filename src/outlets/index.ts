import { atom } from './atom.ts'
import { changes } from './changes.ts'
import { ckan } from './ckan/ckan.ts'
import { context } from './context.ts'
import { dataJson } from './data-json.ts'
import { dumps } from './dump.ts'
import { feed, sourceFeed } from './hydra.ts'
import { ldes } from './ldes/ldes.ts'
import { catalogueTimeMap, datasetTimeMap } from './memento.ts'
import { oai } from './oai/oai.ts'
import { openSearch } from './opensearch.ts'
import type { Outlet } from './outlet.ts'
import { siteMap } from './sitemap.ts'
import { voidDescription } from './void.ts'

/** Every way out that is for programs alone. Add one: a file beside this one and its row here. */
export const outlets = [
  feed,
  sourceFeed,
  ...dumps,
  changes,
  catalogueTimeMap,
  datasetTimeMap,
  dataJson,
  oai,
  ldes,
  ckan,
  atom,
  openSearch,
  voidDescription,
  siteMap,
  context,
] as Outlet[]
