import type { Defaults, Draft } from '../../src/normalise/draft.ts'
import { normalise } from '../../src/normalise/steps.ts'
import { Graph } from '../../src/rdf/graph.ts'
import { prefixes } from '../../src/rdf/namespaces.ts'
import { isNamed, namedNode, quad, type Term } from '../../src/rdf/terms.ts'
import { base, contactRules, turtle, vocabulary } from '../edition.ts'

export const dataset = namedNode('https://portal.example.ma/dataset/eau')
const heading =
  Object.entries(prefixes)
    .map(([name, iri]) => `@prefix ${name}: <${iri}> .`)
    .join('\n') +
  `\n@prefix eu: <http://publications.europa.eu/resource/authority/> .\n@prefix iana: <https://www.iana.org/assignments/media-types/> .\n@prefix : <https://portal.example.ma/dataset/> .\n`

/**
 * One case: Turtle that a portal sent, a line `# becomes`, Turtle that is published. `# repair: …` lines tell what is listed, `# source: …` what
 * the source's own file gives, `# languages: fr ar` the catalogue's, `# contacts: { … }` its rules
 * for people's data as JSON, `# gone: …` what must not be found anywhere afterwards. Prefixes are those we write; `:eau` is the dataset, relative IRIs are
 * under the base;
 * `<illegal:a%20b>` stands for an IRI that no Turtle could hold.
 */
export interface Case {
  before: Graph
  after: Graph
  repairs: string[]
  defaults: Defaults
  gone: string[]
}

export function readCase(text: string): Case {
  const [before = '', after = ''] = text.split(/^# becomes$/m)
  const lines = (kind: string) => [...text.matchAll(new RegExp(`^# ${kind}: (.+)$`, 'gm'))].map(([, line]) => line!)
  return {
    before: withIllegal(turtle(heading + before)),
    after: turtle(heading + after),
    repairs: lines('repair').sort(),
    gone: lines('gone'),
    defaults: {
      language: 'fr',
      ...Object.fromEntries(lines('source').map(line => line.split(' '))),
      ...Object.fromEntries(lines('languages').map(line => ['languages', line.split(' ')])),
      ...Object.fromEntries(lines('contacts').map(line => ['contacts', contactRules(JSON.parse(line))])),
    },
  }
}

function withIllegal(from: Graph): Graph {
  const real = <T extends Term>(term: T): T =>
    isNamed(term) && term.value.startsWith('illegal:') ? (namedNode(decodeURIComponent(term.value.slice(8))) as Term as T) : term
  return new Graph([...from].map(each => quad(real(each.subject) as never, real(each.predicate) as never, real(each.object) as never)))
}

export async function run(graph: Graph, defaults: Defaults): Promise<Draft> {
  return normalise({ graph, dataset, record: `${base}/record/portal-eau`, base, defaults, vocabulary: await vocabulary(), repairs: [] })
}

export const written = ({ rule, property, before, after }: Draft['repairs'][number]) =>
  `${rule} ${property}: ${JSON.stringify(before)} → ${JSON.stringify(after)}`
