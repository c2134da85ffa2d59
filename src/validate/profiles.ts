import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Problem } from '../problem.ts'
import { parse } from '../rdf/parse.ts'
import { Graph, instances } from '../rdf/graph.ts'
import { fihrist, sh } from '../rdf/namespaces.ts'
import { textsOf } from '../rdf/texts.ts'

/** A named set of shapes: one Turtle file of the shapes folder. */
export interface Profile {
  name: string
  iri: string
  shapes: Graph
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

/** Reads a profile. Throws a Problem `configuration` where there is none of that name or its file is no Turtle. */
export async function loadProfile(folder: string, base: string, name: string): Promise<Profile> {
  const file = fileOf(folder, name)
  const { quads, problem } = await parse(profileText(folder, name), { url: `${base}/`, mediaType: 'text/turtle' }).catch((error: Problem) => ({
    quads: [],
    problem: error,
  }))
  if (problem) throw new Problem('configuration', `${file}: ${problem.message}`, { file }, problem)
  return { name, iri: profileBase + name, shapes: new Graph(quads) }
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
