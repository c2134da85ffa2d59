import { existsSync, readFileSync } from 'node:fs'
import { fileWithShared, filesWithShared } from '../config/shared.ts'
import { Problem, sentence } from '../problem.ts'
import { decode } from '../rdf/decode.ts'
import { digest } from '../rdf/digest.ts'
import { Graph, instances, values } from '../rdf/graph.ts'
import { dct, fihrist, owl, prof, rdf, sh } from '../rdf/namespaces.ts'
import { namedNode, type NamedNode, type Quad } from '../rdf/terms.ts'
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
  /** The profiles of the folder that it is a profile of (prof:isProfileOf): who conforms to it conforms to them. */
  above: Profile[]
  /** The profiles of the folder whose rules it names, without what those are asked about (owl:imports). */
  uses: Profile[]
}

/** What a shape says to people, by language. */
export interface Rule {
  iri: string
  /** The last part of its IRI: `dataset-title`. */
  name: string
  /** The property that it is about, where it is about one. */
  property?: string
  message: Record<string, string>
  advice: Record<string, string>
}

const profileBase = 'https://w3id.org/fihrist/shapes/'

/** What a profile is called in RDF. */
export const profileIri = (name: string): string => profileBase + name

/** The name of a profile that is called so; undefined for what is none of ours. */
export const nameOfProfile = (iri: string): string | undefined => (iri.startsWith(profileBase) ? iri.slice(profileBase.length) : undefined)

/** The names of the profiles a folder holds, and of those that all editions share. */
export const profileNames = (folder: string): string[] =>
  [...filesWithShared(folder, 'shapes').keys()]
    .filter(name => name.endsWith('.ttl'))
    .map(name => name.slice(0, -4))
    .sort()

/** A profile as it is written. Throws a Problem `configuration` where there is none of that name. */
export function profileText(folder: string, name: string): Buffer {
  const file = fileOf(folder, name)
  if (existsSync(file)) return readFileSync(file)
  throw new Problem('configuration', `There is no profile "${name}" in ${folder}; there are: ${profileNames(folder).join(', ')}.`, { file: folder })
}

const fileOf = (folder: string, name: string) => fileWithShared(folder, 'shapes', `${name}.ttl`)

/**
 * Reads a profile, with those that it is a profile of and those whose rules it uses. Throws a Problem `configuration` where there is none of that name, its
 * file is no Turtle, a query in it cannot be run, or it is a profile of itself by way of others.
 */
export async function loadProfile(folder: string, base: string, name: string, within: readonly string[] = []): Promise<Profile> {
  const file = fileOf(folder, name)
  if (within.includes(name))
    throw new Problem('configuration', `${file}: a profile of itself, by way of ${within.join(' and ')}. Take one of the links out.`, { file })
  const { lines, shapes } = readShapes(file, profileText(folder, name), base)
  const iri = profileIri(name)
  const named = (property: NamedNode) =>
    Promise.all(
      values(shapes, namedNode(iri), property)
        .flatMap(({ value }) => nameOfProfile(value) ?? [])
        .map(other => loadProfile(folder, base, other, [...within, name])),
    )
  const profile = { name, iri, file, shapes, lines, above: await named(prof.isProfileOf), uses: await named(owl.imports) }
  refuse([profile], shapes, await faultsOfQueries(shapes))
  return profile
}

/** What a profile is called by people, and the IRIs of those that it is a profile of, without loading these. */
export function titleAndAbove(folder: string, base: string, name: string): { title: Record<string, string>; above: string[] } {
  const { shapes } = readShapes(fileOf(folder, name), profileText(folder, name), base)
  const self = namedNode(profileIri(name))
  return { title: textsOf(shapes, self, dct.title), above: values(shapes, self, prof.isProfileOf).map(({ value }) => value) }
}

/** Files are read once: the same one stands below several profiles. */
const read = new Map<string, { lines: Map<Quad, number>; shapes: Graph }>()

function readShapes(file: string, text: Buffer, base: string): { lines: Map<Quad, number>; shapes: Graph } {
  const key = `${base} ${digest(text.toString('latin1'))}`
  const known = read.get(key)
  if (known) return known
  const lines = new Map<Quad, number>()
  const reader = turtleReader(`${base}/`, (quad, line) => lines.set(quad, line))
  reader.read(decode(text))
  reader.end()
  if (reader.error) throw new Problem('configuration', `${file} is not Turtle: ${sentence(reader.error)}`, { file }, reader.error)
  const found = { lines, shapes: new Graph(lines.keys()) }
  read.set(key, found)
  return found
}

/** Profiles and all that they are profiles of, each once, the general ones first. */
export const withAbove = (profiles: Profile[]): Profile[] => eachOnce(profiles.flatMap(profile => [...withAbove(profile.above), profile]))

/** The files that profiles are made of: their own, those of the profiles above, and those whose rules they use. */
export function filesOf(profiles: Profile[]): Profile[] {
  const all = withAbove(profiles)
  return eachOnce([...all, ...all.flatMap(({ uses }) => (uses.length > 0 ? filesOf(uses) : []))])
}

/** How many profiles stand above one, one above the other: the more, the more special it is. */
export const depthOf = ({ above }: Profile): number => Math.max(0, ...above.map(each => depthOf(each) + 1))

const eachOnce = (profiles: Profile[]) => profiles.filter(({ name }, at) => profiles.findIndex(other => other.name === name) === at)

/** Throws a Problem `configuration` where something in the files of these profiles would be misread or passed over: file and line, shape, and what to do. */
export function refuseBroken(profiles: Profile[]): void {
  const files = filesOf(profiles)
  const all = new Graph(files.flatMap(({ shapes }) => [...shapes]))
  refuse(files, all, faultsOf(all))
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

/** Every rule of a profile with its sentences: its own, those above and those it uses. */
export function rulesOf(profile: Profile): Map<string, Rule> {
  return new Map(filesOf([profile]).flatMap(({ shapes }) => [...rulesIn(shapes)]))
}

/** The rules that stand in one file. */
export function rulesIn(shapes: Graph): Map<string, Rule> {
  const subjects = new Map(instances(shapes, sh.PropertyShape, sh.NodeShape).map(subject => [subject.value, subject]))
  for (const subject of shapes.subjects(sh.message)) subjects.set(subject.value, subject)
  return new Map(
    [...subjects].map(([iri, subject]) => {
      // Of a path the first step.
      const property = values(shapes, subject, sh.path)
        .flatMap(path => [path, ...values(shapes, path as NamedNode, rdf.first)])
        .find(({ termType }) => termType === 'NamedNode')?.value
      return [
        iri,
        {
          iri,
          name: iri.slice(iri.indexOf('#') + 1),
          ...(property && { property }),
          message: textsOf(shapes, subject, sh.message),
          advice: textsOf(shapes, subject, fihrist.advice),
        },
      ]
    }),
  )
}
