import { z } from 'zod'
import { pace } from '../incremental.ts'

export const options = z
  .strictObject({
    api: z
      .enum(['search', 'v3', 'feed', 'portal', 'server'])
      .optional()
      .describe(
        'What is asked: the `search` of Hub (OGC API Records), its older `v3`, its DCAT-AP `feed`, the items of a `portal` (ArcGIS Online or ' +
          'Enterprise), the services of a `server`. Found by the url where it is not said.',
      ),
    pageSize: z.number().int().min(1).max(100).default(100).describe('Items asked for at a time.'),
    collection: z.string().default('dataset').describe("The collection of Hub's search: `dataset`, `all`, or one of the site's own."),
    filter: z.string().optional().describe('Words or a query that items must answer: `orgid:… AND type:"Feature Service"` of a portal.'),
    site: z.url().optional().describe('The public address of the site, where it differs from the address that is asked.'),
    formats: z
      .array(z.string().regex(/^[a-z0-9]+$/i, 'expected a format of the exports such as csv'))
      .default(['csv', 'geojson', 'shp', 'kml'])
      .describe('The formats in which Hub exports a layer, that stand as distributions.'),
    ...pace('Read only the newest changes, between full runs.'),
  })
  .describe('ArcGIS: sites of Hub, portals, plain servers with their folders of services.')
export type ArcgisOptions = z.infer<typeof options>
