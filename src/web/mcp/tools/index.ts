import type { Tool } from '../tool.ts'
import { getDataset } from './get-dataset.ts'
import { latestChanges } from './latest-changes.ts'
import { listValues } from './list-values.ts'
import { previewFile } from './preview-file.ts'
import { producerQuality } from './producer-quality.ts'
import { searchDatasets } from './search-datasets.ts'
import { sparqlQuery } from './sparql-query.ts'

/** What assistants may ask. All of it only reads, answers in a few kilobytes, and gives addresses to cite. Add one: a file and its row. */
export const tools: Tool[] = [searchDatasets, getDataset, latestChanges, producerQuality, listValues, sparqlQuery, previewFile]
