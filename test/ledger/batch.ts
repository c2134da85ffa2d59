import type { Entry } from '../../src/ledger/records/entry.ts'

/** Records in a batch of the writing process. */
export const batchSize = 50

/** A batch in which every record of the source has the text of its number. */
export const batchOf = (n: number): Entry[] =>
  Array.from({ length: batchSize }, (_, at) => ({
    source: 'portal',
    key: `k${at}`,
    id: `portal-k${at}`,
    dataset: `https://portal.example.ma/k${at}`,
    payload: { digest: `${at} ${n}`, mediaType: 'text/plain', body: `${n}` },
    graph: { digest: `${at} ${n}`, text: `<https://portal.example.ma/k${at}> <http://purl.org/dc/terms/title> "batch ${n}" .\n` },
    admission: 'published',
    findings: [],
    repairs: [],
    measurements: { scoring: n },
    score: n % 405,
    summary: {
      title: { fr: `lot ${n}` },
      description: {},
      facets: { source: ['portal'] },
      searched: { title: `lot ${n}`, keywords: '', names: '', description: '' },
    },
  }))
