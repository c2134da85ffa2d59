import { readFileSync } from 'node:fs'
import { LineCounter, parseDocument, isMap, isScalar, isSeq, type Document } from 'yaml'
import type { z } from 'zod'
import { Problem, sentence } from '../problem.ts'

/**
 * Reads a YAML file against a schema. Every error is one Problem whose message names file, line and key;
 * unknown keys are errors; `env:NAME` values are taken from `env`, and below the keys of `secrets` there is nothing else.
 */
export function readYaml<T>(file: string, schema: z.ZodType<T>, env: NodeJS.ProcessEnv, secrets: string[] = []): T {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw new Problem('configuration', `${file} cannot be read: ${sentence(error)}.`, { file }, error)
  }
  return checkYaml(text, file, schema, env, secrets)
}

/** The same for a text that is in a file, or will be. */
export function checkYaml<T>(text: string, file: string, schema: z.ZodType<T>, env: NodeJS.ProcessEnv, secrets: string[] = []): T {
  const counter = new LineCounter()
  const fail = (offset: number | undefined, message: string): never => {
    const line = offset === undefined ? 1 : counter.linePos(offset).line
    throw new Problem('configuration', `${file}:${line}: ${message}`, { file, line })
  }
  /** Aliases of aliases, and what is nested without end, are more than there is room for. */
  const within = <Made>(make: () => Made): Made => {
    try {
      return make()
    } catch (error) {
      if (error instanceof Problem) throw error
      return fail(undefined, `this cannot be read: ${sentence(error)}`)
    }
  }
  const document: Document = within(() => parseDocument(text, { lineCounter: counter, prettyErrors: false }))
  const broken = document.errors[0]
  if (broken) fail(broken.pos[0], `this is not YAML: ${broken.message}`)

  const written = within(() => document.toJS({ maxAliasCount: 100 }) as unknown) ?? {}
  const open = secrets.flatMap(key => stringsIn((written as Record<string, unknown>)[key], [key])).find(({ text: said }) => !said.startsWith('env:'))
  if (open)
    fail(offsetOf(document, open.path), `${open.path.join('.')}: expected the name of an environment variable, as env:NAME: secrets are not written down`)
  const value = within(() => resolveEnv(written, env, (path, name) => fail(offsetOf(document, path), `the environment variable ${name} is not set`)))
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const issue = deepest(result.error.issues[0]!)
  const path = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0]!] : issue.path
  const key = path.length ? path.join('.') : 'the file'
  const message =
    issue.code === 'unrecognized_keys'
      ? `unknown key "${key}"; known here: ${('known' in issue ? (issue.known as string[]) : knownKeys(schema, issue.path, value)).join(', ')}`
      : `${key}: ${issue.message}`
  return fail(offsetOf(document, path), message)
}

/** The texts of a value, each with its place. */
function stringsIn(node: unknown, path: string[]): { path: string[]; text: string }[] {
  if (typeof node === 'string') return [{ path, text: node }]
  return node && typeof node === 'object' ? Object.entries(node).flatMap(([key, value]) => stringsIn(value, [...path, key])) : []
}

type Issue = z.core.$ZodIssue

/** The issue of the alternative that came nearest, where a value may have several forms. */
function deepest(issue: Issue): Issue {
  if (issue.code !== 'invalid_union') return issue
  const inner = issue.errors
    .map(each => each[0])
    .filter(each => each !== undefined)
    .sort((a, b) => b.path.length - a.path.length)[0]
  return inner ? { ...deepest(inner), path: [...issue.path, ...inner.path] } : issue
}

function resolveEnv(node: unknown, env: NodeJS.ProcessEnv, missing: (path: PropertyKey[], name: string) => void, path: PropertyKey[] = []): unknown {
  if (typeof node === 'string' && node.startsWith('env:')) {
    const name = node.slice(4)
    const value = env[name]
    if (value === undefined) missing(path, name)
    return value
  }
  if (Array.isArray(node)) return node.map((each, at) => resolveEnv(each, env, missing, [...path, at]))
  if (node && typeof node === 'object')
    return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, resolveEnv(value, env, missing, [...path, key])]))
  return node
}

/** Where a key stands; the nearest enclosing thing that is there for one that is missing. */
function offsetOf(document: Document, path: PropertyKey[]): number | undefined {
  let node: unknown = document.contents
  let offset = isMap(node) ? node.range?.[0] : undefined
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(item => isScalar(item.key) && String(item.key.value) === String(step))
      if (!pair) break
      offset = (isScalar(pair.key) ? pair.key.range?.[0] : undefined) ?? offset
      node = pair.value
    } else if (isSeq(node)) {
      node = node.items[Number(step)]
      offset = (node as { range?: [number] } | undefined)?.range?.[0] ?? offset
    } else break
  }
  return offset
}

interface Definition {
  innerType?: unknown
  in?: unknown
  options?: { shape?: Record<string, { def?: { values?: unknown[] } }> }[]
  discriminator?: string
}

/** The keys that a place in a file may have; where a place may have several forms, those of the form that it has. */
export function knownKeys(schema: z.ZodType, path: PropertyKey[], value: unknown): string[] {
  let inner: unknown = schema
  let here: unknown = value
  for (const step of [...path, undefined]) {
    for (let next: unknown = inner; next; next = narrower((inner as { def?: Definition }).def, here)) inner = next
    if (step === undefined) continue
    inner = (inner as { shape?: Record<PropertyKey, unknown> }).shape?.[step]
    here = (here as Record<PropertyKey, unknown> | undefined)?.[step]
  }
  return Object.keys((inner as { shape?: object })?.shape ?? {})
}

function narrower(of: Definition | undefined, value: unknown): unknown {
  const form = (value as Record<string, unknown> | undefined)?.[of?.discriminator ?? '']
  return of?.innerType ?? of?.in ?? of?.options?.find(option => option.shape?.[of.discriminator ?? '']?.def?.values?.includes(form))
}
