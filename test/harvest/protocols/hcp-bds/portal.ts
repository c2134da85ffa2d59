import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import type { Answer } from '../../../portal.ts'

/** An indicator as the API gives it, without its values. */
export interface Sample {
  code: string
  label?: string
  [field: string]: unknown
}

/** A monthly index by city and group of products. */
export const indicator = (code: string, edition = 1, more: Record<string, unknown> = {}): Sample => ({
  iid: 77,
  code,
  label: `Indice ${code} `,
  metaData: {
    unit: 'Indice',
    frequency: 'M',
    source: 'Division des indices (exemple)',
    definitionFr: `Mesure ${code}, version ${edition}.`,
    footNotesFr: null,
    methodOfCalculationFr: null,
  },
  periods: ['2026M5', '2026M4', '2025M11'],
  dimensions: [
    { id: 79, rank: 2, label: 'Groupes de produits', modalites: [{ id: 973, rank: 1, label: 'Général', total: true }] },
    { id: 78, rank: 1, label: 'Villes', modalites: [{ id: 972, rank: 19, label: 'National', total: true }] },
  ],
  isShutOff: false,
  shutOffComment: null,
  updatingDate: 1782131181708,
  ...more,
})

/** The tree of subjects: each indicator in the theme that `theme` says. */
export const tree = (samples: Sample[], theme: (code: string) => string = () => 'Indices économiques') =>
  [...Map.groupBy(samples, ({ code }) => theme(code))].map(([label, those], at) => ({
    code: `T${at}`,
    label,
    subjects: [{ label: 'Prix', subSubjects: [{ label: 'Prix à la consommation', indicators: those.map(({ code, label }) => ({ code, label })) }] }],
  }))

/** How many bytes of values were sent, and how it ended. */
export interface Told {
  sent: number
  hungUp: boolean
}

/** An answer with its metadata first, then `size` bytes of values, no faster than they are read. */
export const answer =
  ({ after, ...sample }: Sample, size = 200, told: Told = { sent: 0, hungUp: false }): Answer =>
  (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json;charset=UTF-8' })
    response.write(`${JSON.stringify(sample).slice(0, -1)},"data":{`)
    void pour(response, size, told).then(() => response.end(`"last":{"value":"ND","footNote":null}}${after ? `,${JSON.stringify(after).slice(1)}` : '}'}`))
  }

async function pour(response: ServerResponse, size: number, told: Told): Promise<void> {
  response.on('close', () => {
    told.hungUp = !response.writableFinished
  })
  for (let n = 0; told.sent < size && !response.destroyed; n++) {
    const value = `"${972 + n}.973_2026M5":{"value":"120.4","footNote":null},`
    told.sent += value.length
    if (!response.write(value)) await Promise.race([once(response, 'drain'), once(response, 'close')])
  }
}

export const api = '/api/v1'
export const answers = (samples: Sample[], theme?: (code: string) => string): Record<string, Answer> => ({
  [`${api}/subject-groups`]: { type: 'application/json', body: JSON.stringify(tree(samples, theme)) },
  ...Object.fromEntries(samples.map(sample => [`${api}/indicators/${encodeURIComponent(sample.code)}`, answer(sample)])),
})
