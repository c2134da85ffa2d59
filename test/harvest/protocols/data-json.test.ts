import type { Answer } from '../../portal.ts'
import { keepsTheContract } from './contract.ts'

/** A dataset as a portal that has nothing wrong with it writes it. */
const dataset = (id: string, edition = 1) => ({
  '@type': 'dcat:Dataset', identifier: id, title: `Jeu ${id}`, description: `Description ${id}, version ${edition}`, modified: '2024-03-01', accessLevel: 'public',
  keyword: ['eau'], publisher: { name: 'Producteur' }, contactPoint: { fn: 'Service', hasEmail: 'mailto:donnees@example.org' },
  distribution: [{ '@type': 'dcat:Distribution', downloadURL: `https://data.example.org/${id}.csv`, mediaType: 'text/csv' }],
})
const file = (datasets: unknown[]) => JSON.stringify({ '@type': 'dcat:Catalog', title: 'Catalogue', dataset: datasets })
const served = (body: string): Record<string, Answer> => ({ '/data.json': { type: 'application/json', body } })

keepsTheContract({
  protocol: 'data-json',
  url: portal => `${portal}/data.json`,
  record: dataset,
  broken: { description: 'Sans identifiant ni titre' },
  answers: datasets => served(file(datasets)),
  partly: datasets => served(file(datasets).slice(0, -900)),
})
