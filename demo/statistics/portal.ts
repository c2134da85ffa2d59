// The statistical database of an institute: a tree of subjects at /api/v1/subject-groups, and one answer for each
// indicator, its metadata before its values. The values are made up, the same at each start.

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { RequestListener } from 'node:http'

const API = '/api/v1'
const MONTHS: Record<string, number> = { M: 1, T: 3 }

export interface SampleIndicator {
  code: string
  /** its places in the tree: theme, subject, sub-subject */
  in: [string, string, string][]
  label: string
  unit: string
  frequency: string
  source: string
  definition: string | null
  notes: string | null
  method: string | null
  /** first and last period, as the API writes them: `2020`, `2025T2`, `2026M5` */
  from: string
  to: string
  /** each with its label and the number of its items */
  dimensions: [string, number][] | null
  updated: string
  /** why it is no longer continued */
  ended?: string
}

export function sampleIndicators(): SampleIndicator[] {
  return JSON.parse(readFileSync(new URL('./indicators.json', import.meta.url), 'utf8')) as SampleIndicator[]
}

/** The members of a list by something of theirs, in the order in which that is first met. */
function grouped<T>(items: T[], of: (item: T) => string): [string, T[]][] {
  return [...Map.groupBy(items, of)]
}

function treeOf(indicators: SampleIndicator[]): object[] {
  const leaves = indicators.flatMap(({ code, label, in: places }) => places.map(place => ({ code, label, place })))
  return grouped(leaves, ({ place }) => place[0]).map(([theme, inTheme], index) => ({
    code: `TH${index + 1}`,
    label: theme,
    subjects: grouped(inTheme, ({ place }) => place[1]).map(([subject, inSubject]) => ({
      label: subject,
      subSubjects: grouped(inSubject, ({ place }) => place[2]).map(([subSubject, inLeast]) => ({
        label: subSubject,
        indicators: inLeast.map(({ code, label }) => ({ code, label })),
      })),
    })),
  }))
}

/** All periods, newest first. */
function periodsOf({ from, to }: SampleIndicator): string[] {
  const step = MONTHS[from.charAt(4)]
  const count = (period: string) => Number(period.slice(0, 4)) * (12 / (step ?? 12)) + Number(period.slice(5) || 1) - 1
  const name = (index: number) => {
    if (step === undefined) return `${index}`
    const each = 12 / step
    return `${Math.floor(index / each)}${from.charAt(4)}${(index % each) + 1}`
  }
  return Array.from({ length: count(to) - count(from) + 1 }, (_, index) => name(count(to) - index))
}

/** Every choice of one item in each dimension. */
function cellsOf(dimensions: { modalites: { id: number }[] }[]): string[] {
  return dimensions.reduce<string[]>(
    (cells, { modalites }) => cells.flatMap(cell => modalites.map(({ id }) => (cell === '' ? `${id}` : `${cell}.${id}`))),
    [''],
  )
}

function answerOf(sample: SampleIndicator, index: number): object {
  const dimensions = (sample.dimensions ?? []).map(([label, size], rank) => ({
    id: index * 10 + rank,
    rank: rank + 1,
    label,
    modalites: Array.from({ length: size }, (_, item) => ({
      id: index * 10_000 + rank * 1000 + item,
      rank: item + 1,
      label: item === 0 ? 'Ensemble' : `${label} ${item}`,
      total: item === 0,
    })),
  }))
  const periods = periodsOf(sample)
  const start = createHash('sha1').update(sample.code).digest()[0] ?? 0
  const cells = cellsOf(dimensions)
  const data = periods.flatMap((period, when) =>
    cells.map((cell, at) => [cell === '' ? period : `${cell}_${period}`, { value: (((start + when * 7 + at * 3) % 1000) / 10).toFixed(1), footNote: null }]),
  )
  return {
    iid: index,
    code: sample.code,
    label: sample.label,
    metaData: {
      unit: sample.unit,
      frequency: sample.frequency,
      source: sample.source,
      definitionFr: sample.definition,
      footNotesFr: sample.notes,
      methodOfCalculationFr: sample.method,
    },
    periods,
    dimensions: sample.dimensions === null ? null : dimensions,
    isShutOff: sample.ended !== undefined,
    shutOffComment: sample.ended ?? null,
    updatingDate: Date.parse(sample.updated),
    data: Object.fromEntries(data),
  }
}

/** The portal as a request listener; tests may give it other indicators. */
export function statisticsPortal(indicators: SampleIndicator[] = sampleIndicators()): RequestListener {
  return (request, response) => {
    const path = (request.url ?? '/').replace(/\?.*$/, '')
    const send = (status: number, body: object) => {
      response.writeHead(status, { 'Content-Type': 'application/json;charset=UTF-8' })
      response.end(JSON.stringify(body))
    }
    const index = indicators.findIndex(({ code }) => path === `${API}/indicators/${encodeURIComponent(code)}`)
    const found = indicators[index]
    if (path === `${API}/subject-groups`) send(200, treeOf(indicators))
    else if (found !== undefined) send(200, answerOf(found, index + 1))
    else send(404, { status: 404, error: 'Not Found', path })
  }
}
