import { z } from 'zod'
import { Problem } from '../../../problem.ts'
import { addressOf, look } from '../../page/preview.ts'
import { described } from '../asked.ts'
import { short } from '../told.ts'
import { tool } from '../tool.ts'

/** The first rows of a file. */
export const previewFile = tool({
  name: 'preview_file',
  title: 'First rows of a file',
  about: 'The columns, with their kinds, and the first rows of a CSV, XLSX, JSON or GeoJSON file of a dataset, read from its portal now.',
  input: z.object({
    dataset: z.string().min(1).max(2000).describe('Id, address or IRI of the dataset.'),
    file: z.number().int().min(1).max(1000).default(1).describe('The number of the file, as get_dataset tells it.'),
    rows: z.number().int().min(1).max(20).default(5),
  }),
  answer: async (site, { dataset: name, file: number, rows }, { signal }) => {
    const { id, plain } = described(site, name)
    const address = addressOf(plain.files[number - 1])
    if (address === undefined) throw new Problem('not-found', `The dataset "${id}" has no file ${number}: get_dataset tells those that it has.`)
    const { columns, rows: found } = await look(site, address, signal)
    return {
      address,
      columns: columns.map(({ name: column }) => short(column, 100)),
      kinds: columns.map(({ kind }) => kind),
      rows: found.slice(0, rows).map(row => row.map(cell => short(cell, 100))),
    }
  },
})
