import { isNamed, type Term } from '../../src/rdf/terms.ts'
import { sh, type Data } from '../../src/validate/shacl/data.ts'

/** A graph that breaks one constraint of a shape at `<https://e.ma/focus>`. */
export interface Mutant {
  /** Class, property and constraint: `Dataset title minCount`. */
  name: string
  text: string
}

const localName = (term: Term) => /[^/#]*$/.exec(term.value)![0]
const law = '<http://data.europa.eu/r5r/applicableLegislation> <http://data.europa.eu/eli/reg_impl/2023/138/oj>'
const described = '<https://e.ma/other> a <https://e.ma/Something> .'

/** Values that break a constraint, by its parameter; undefined where nothing is to be said. */
const broken: Record<string, (argument: Term, literal: boolean) => string | undefined> = {
  minCount: () => '',
  maxCount: (_most, literal) => (literal ? '"a" , "b"' : '<https://e.ma/a> , <https://e.ma/b>'),
  nodeKind: kind => (localName(kind) === 'Literal' ? '<https://e.ma/a>' : '"text"'),
  datatype: () => '"text"',
  class: () => '<https://e.ma/other>',
  node: () => '<https://e.ma/other>',
  hasValue: () => '<https://e.ma/other>',
}

/** One mutant for each constraint of each property of each shape that has a class for its target. */
export function mutantsOf(shapes: Data): Mutant[] {
  const mutants: Mutant[] = []
  for (const { subject: shape, predicate, object: of } of shapes.quads()) {
    if (!predicate.equals(sh('targetClass'))) continue
    for (const property of shapes.objects(shape, sh('property'))) {
      const [path] = shapes.objects(property, sh('path'))
      if (!path || !isNamed(path)) continue
      const said = [...shapes.quads(property)].map(({ predicate, object }) => [localName(predicate), object] as const)
      const isText = said.some(([name, value]) => name === 'datatype' || (name === 'nodeKind' && localName(value) === 'Literal'))
      for (const [name, argument] of said) {
        const value = broken[name]?.(argument, isText)
        if (value === undefined) continue
        mutants.push({
          name: `${localName(of)} ${localName(path)} ${name}`,
          text: `<https://e.ma/focus> a <${of.value}> ; ${law} . ${value && `<https://e.ma/focus> <${path.value}> ${value} .`} ${described}`,
        })
      }
    }
  }
  return mutants
}
