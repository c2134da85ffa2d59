import { execFile, spawnSync } from 'node:child_process'

// Readers of RDF that others wrote. A test that needs one is skipped, with a message, where it is absent.

/** A command that reads a text from its input and writes N-Triples; the names by which it calls our formats. */
interface Reader {
  name: string
  isThere: boolean
  command: [string, ...string[]]
  syntaxes: Record<string, string>
}

const python = `
import sys, rdflib
from rdflib.plugins.serializers.nt import _nt_row
rdflib.NORMALIZE_LITERALS = False
named = sys.argv[1] in ('nquads', 'trig')
graph = rdflib.ConjunctiveGraph() if named else rdflib.Graph()
graph.parse(data=sys.stdin.buffer.read().decode('utf-8'), format=sys.argv[1], publicID=sys.argv[2])
sys.stdout.reconfigure(encoding='utf-8')
for statement in set(graph): sys.stdout.write(_nt_row(statement))
`
const works = (command: string, ...args: string[]) => spawnSync(command, args).status === 0

export const readers: Reader[] = [
  {
    name: 'rapper',
    isThere: works('rapper', '--version'),
    command: ['rapper', '-q', '-o', 'ntriples', '-i'],
    syntaxes: { turtle: 'turtle', rdfxml: 'rdfxml', ntriples: 'ntriples', nquads: 'nquads', trig: 'trig' },
  },
  {
    name: 'rdflib',
    isThere: works('/usr/bin/python3', '-c', 'import rdflib'),
    command: ['/usr/bin/python3', '-c', python],
    syntaxes: { turtle: 'turtle', rdfxml: 'xml', ntriples: 'nt', nquads: 'nquads', trig: 'trig', jsonld: 'json-ld' },
  },
]

/** Checks XML against schemas; tests go without it where it is absent. */
export const hasXmllint = works('xmllint', '--version')
if (!hasXmllint) console.warn('XML is not checked against its schemas: xmllint is not installed.')

/** What xmllint finds wrong with a text by a RELAX NG schema; empty where nothing is. */
export function validated(schema: string, text: string): string {
  const { status, stderr } = spawnSync('xmllint', ['--noout', '--nonet', '--relaxng', schema, '-'], { input: text, encoding: 'utf8' })
  return status === 0 ? '' : stderr
}

/** What a reader makes of a text, as N-Triples. While it reads, it may ask this process for what the text names. */
export function readBy({ name, command: [command, ...args] }: Reader, syntax: string, text: string, base: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const rest = name === 'rapper' ? [syntax, '-', base] : [syntax, base]
    const child = execFile(command, [...args, ...rest], { maxBuffer: 256 * 1024 * 1024 }, (error, stdout, stderr) =>
      error ? reject(new Error(`${name} cannot read it: ${stderr.slice(0, 500)}`)) : resolve(stdout),
    )
    child.stdin!.on('error', () => {}).end(text)
  })
}
