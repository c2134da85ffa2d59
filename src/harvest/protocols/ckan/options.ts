import { z } from 'zod'
import { expand } from '../../../rdf/namespaces.ts'
import type { Target } from '../../readers/target.ts'
import { pace } from '../incremental.ts'

export const options = z
  .strictObject({
    pageSize: z.number().int().min(1).max(1000).default(100).describe('Datasets asked for at a time.'),
    languages: z
      .record(z.string(), z.string().regex(/^[a-z]{2,3}$/, 'expected a language code such as fr'))
      .default({})
      .describe('Suffix of flat multilingual fields → language: `{ fr: fr, ar: ar }` reads title_fr and title_ar.'),
    fields: z
      .record(
        z.string(),
        z.string().refine(property => expand(property) !== undefined, 'expected a property such as dct:spatial'),
      )
      .default({})
      .describe('Further fields → property: `geographic_coverage: dct:spatial`.'),
    licences: z.record(z.string(), z.string()).default({}).describe("The portal's licence ids → slug in the edition's licence list, or an IRI."),
    site: z.url().optional().describe('The public address of the portal, where it differs from the address that is asked.'),
    series: z
      .boolean()
      .default(false)
      .describe('A dataset of which each file says its year is a series, and each year a dataset in it. Every run then reads all of the source.'),
    trees: z.boolean().default(false).describe('Asks for the trees of organisations and groups (ckanext-hierarchy), so that bodies name those above them.'),
    filter: z.string().optional().describe('A Solr filter query: only these datasets.'),
    ...pace('Ask only for what changed, between full runs.'),
  })
  .describe('The action API of CKAN, with its multilingual and hierarchy extensions, and of DKAN.')
export type CkanOptions = z.infer<typeof options>

/** What the mapping needs to know of the portal. */
export interface Portal extends Pick<CkanOptions, 'languages' | 'fields' | 'licences' | 'series'> {
  site: string
  language: string
}

/** Where the statements of a package go. */
export interface CkanTarget extends Target {
  portal: Portal
}
