import { context } from './context.ts'
import { dataJson } from './data-json.ts'
import { feed } from './hydra.ts'
import { oai } from './oai/oai.ts'
import type { Outlet } from './outlet.ts'
import { siteMap } from './sitemap.ts'

/** Every way out that is for programs alone. Add one: a file beside this one and its row here. */
export const outlets: Outlet[] = [feed, dataJson, oai, siteMap, context]
