import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Problem, sentence } from '../problem.ts'
import { decode } from '../rdf/decode.ts'
import { Graph, instances } from '../rdf/graph.ts'
import { fihrist, sh } from '../rdf/namespaces.ts'
import type { Quad } from '../rdf/terms.ts'
import { textsOf } from '../rdf/texts.ts'
import { turtleReader } from '../rdf/turtle.ts'
import { calledIn, faultsOf, type Fault } from './shacl/broken.ts'
import { faultsOfQueries } from './shacl/queries.ts'

/** A named set of shapes: one Turtle file of the shapes folder. */
export interface Profile {
  name: string
  iri: string
  file: string
  shapes: Graph
  /** The line of its file on which each statement ends. */
  lines: ReadonlyMap<Quad, number>
}

/** What a shape says to people, by language. */
export interface Rule {
  iri: string
  /** The last part of its IRI: `dataset-title`. */
  name: string
  message: Record<string, string>
  advice: Record<string, string>
}

const profileBase = 'https://w3id.org/fihrist/shapes/'

/** The names of the profiles a folder holds. */
export const profileNames = (folder: string): string[] =>
  readdirSync(folder)
    .filter(name => name.endsWith('.ttl'))
    .map(name => name.slice(0, -4))
    .sort()

/** A profile as it is written. Throws a Problem `configuration` where there is none of that name. */
export function profileText(folder: string, name: string): Buffer {
  const file = fileOf(folder, name)
  if (existsSync(file)) return readFileSync(file)
  throw new Problem('configuration', `There is no profile "${name}" in ${folder}; there are: ${profileNames(folder).join(', ')}.`, { file: folder })
}

const fileOf = (folder: string, name: string) => join(folder, `${name}.ttl`)

/** Reads a profile. Throws a Problem `configuration` where there is none of that name, its file is no Turtle, or a query in it cannot be run. */
export async function loadProfile(folder: string, base: string, name: string): Promise<Profile> {
  const file = fileOf(folder, name)
  const lines = new Map<Quad, number>()
  const reader = turtleReader(`${base}/`, (quad, line) => lines.set(quad, line))
  reader.read(decode(profileText(folder, name)))
  reader.end()
  if (reader.error) throw new Problem('configuration', `${file} is not Turtle: ${sentence(reader.error)}`, { file }, reader.error)
  const profile = { name, iri: profileBase + name, file, shapes: new Graph(lines.keys()), lines }
  refuse([profile], profile.shapes, await faultsOfQueries(profile.shapes))
  return profile
}

/** Throws a Problem `configuration` where something in the files of these profiles would be misread or passed over: file and line, shape, and what to do. */
export function refuseBroken(profiles: Profile[]): void {
  const all = new Graph(profiles.flatMap(({ shapes }) => [...shapes]))
  refuse(profiles, all, faultsOf(all))
}

function refuse(profiles: Profile[], all: Graph, found: Fault[]): void {
  const faults = found
    .map(fault => {
      const profile = profiles.find(({ lines }) => lines.has(fault.quad))!
      return { ...fault, file: profile.file, line: profile.lines.get(fault.quad)! }
    })
    .sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1))
  const [first, ...others] = faults
  if (!first) return
  const { file, line, shape, message } = first
  const more =
    others.length === 0
      ? ''
      : ` Wrong as well: ${[...new Set(others.map(other => `${other.file}:${other.line}`))].slice(0, 9).join(', ')}${others.length > 9 ? ' …' : ''}.`
  throw new Problem('configuration', `${file}:${line}: ${calledIn(all, shape)}: ${message}.${more}`, { file, line })
}

/** Every rule of a profile with its sentences. */
export function rulesOf({ shapes }: Profile): Map<string, Rule> {
  const subjects = new Map(instances(shapes, sh.PropertyShape, sh.NodeShape).map(subject => [subject.value, subject]))
  for (const subject of shapes.subjects(sh.message)) subjects.set(subject.value, subject)
  return new Map(
    [...subjects].map(([iri, subject]) => [
      iri,
      {
        iri,
        name: iri.slice(iri.indexOf('#') + 1),
        message: textsOf(shapes, subject, sh.message),
        advice: textsOf(shapes, subject, fihrist.advice),
      },
    ]),
  )
}
