import { textOf, type NamedNode, type Term } from '../../rdf/terms.ts'
import { entry } from '../../table.ts'
import { isSubclass, subclassesIn, type Subclasses } from './classes.ts'
import { constraints, failsWithoutValues, ofPropertyShapes } from './constraints.ts'
import { isTrue, sh, shacl, type Data } from './data.ts'
import { follow, readPath } from './paths.ts'
import { componentOf, type Constraint, type Report } from './result.ts'
import type { Declared, Run, Shape } from './shape.ts'
import { targetsOf, type Queried } from './targets.ts'

/** What another engine says of the parts of shapes that are written in SPARQL. */
export interface Asked {
  selected: Run['selected']
  queried: Queried
}

/** Compiled shapes: a graph in, the results of its validation out, each to the report as it is found (SHACL, section 3.4). */
export type Validator = (data: Data, report: Report, asked?: Asked) => void

const nothing: Asked = { selected: () => [], queried: () => [] }

/** Compiles the shapes of a shapes graph in which nothing is broken (`broken.ts`). */
export function compile(shapes: Data): Validator {
  const subclasses = subclassesIn(shapes)
  const shape = shapesOf(shapes)
  const focusNodes = targetsOf(shapes, subclasses)
  return (data, report, { selected, queried } = nothing) => {
    const statements = [...data.quads()]
    const below = statements.some(isSubclass) ? subclassesIn(shapes, data) : subclasses
    const run = runOn(data, below, selected)
    for (const [term, nodes] of focusNodes(statements, below, queried, (where, node) => run.conforms(shape(where), node))) {
      const { check, values } = shape(term)
      for (const node of nodes) check(run, node, values(data, node), report)
    }
  }
}

function runOn(data: Data, subclasses: Subclasses, selected: Run['selected']): Run {
  const known = new Map<Shape, Map<string, boolean>>()
  const run: Run = {
    data,
    subclasses,
    selected,
    conforms(shape, node) {
      if (shape.holds) return shape.holds(node, run)
      if (!shape.looksFurther) return shape.check(run, node, shape.values(data, node))
      let nodes = known.get(shape)
      if (!nodes) known.set(shape, (nodes = new Map()))
      const id = textOf(node)
      let conforms = nodes.get(id)
      if (conforms === undefined) nodes.set(id, (conforms = shape.check(run, node, shape.values(data, node))))
      return conforms
    },
  }
  return run
}

/** The shapes of a graph, each compiled when it is first asked for. */
function shapesOf(shapes: Data): (term: Term) => Shape {
  const known = new Map<string, Shape>()
  const shape = (term: Term): Shape => {
    const found = known.get(textOf(term)) ?? compileShape({ term, shapes, shape })
    known.set(textOf(term), found)
    return found
  }
  return shape
}

const oneself = (_data: Data, focus: Term) => [focus]

function compileShape({ term, shapes, shape: shapeOf }: Declared): Shape {
  const used: Shape[] = []
  const shape = (named: Term) => {
    used.push(shapeOf(named))
    return used.at(-1)!
  }
  const one = (name: string) => shapes.objects(term, sh(name))[0]
  const path = one('path') && readPath(shapes, one('path')!)
  const values = path ? follow(path) : oneself
  if (isTrue(one('deactivated'))) return { term, looksFurther: false, judgesAbsence: false, values, check: () => true, ...(path && { path }) }

  const said = [...shapes.quads(term)].filter(({ predicate }) => predicate.value.startsWith(shacl))
  const parameters = Object.fromEntries(said.map(({ predicate, object }) => [predicate.value.slice(shacl.length), object]))
  const severity = (one('severity') ?? sh('Violation')) as NamedNode
  const tests = said.flatMap(({ predicate, object }) => {
    const name = predicate.value.slice(shacl.length)
    const test = path || !ofPropertyShapes.has(name) ? entry(constraints, name)?.(object, { term, shapes, shape }) : undefined
    const constraint: Constraint = {
      component: sh(componentOf(name)),
      shape: term,
      severity,
      parameters: { ...parameters, [name]: object },
      ...(path && { path }),
    }
    return test ? [{ constraint, ...test }] : []
  })
  const onAll = tests.filter(test => 'all' in test)
  const onEach = tests.filter(test => 'each' in test)
  const properties = byPath(shapes.objects(term, sh('property')).map(shape))
  const looksFurther = path !== undefined || used.some(each => each.looksFurther)
  const isOfNodeAlone = !looksFurther && onAll.length === 0 && properties.length === 0
  const asksNoValue = onEach.length === 0 && properties.length === 0
  return {
    term,
    ...(isOfNodeAlone && { holds: (value: Term, run: Run) => onEach.every(({ each }) => each(value, run)) }),
    ...(path && { path }),
    looksFurther,
    judgesAbsence: Object.keys(parameters).some(name => failsWithoutValues.has(name)),
    values,
    check(run, focus, values, report) {
      let conforms = true
      for (const { constraint, all } of onAll) {
        const failures = all(values, focus, run)
        if (failures.length === 0) continue
        if (!report) return false
        conforms = false
        for (const failure of failures) report(constraint, focus, failure)
      }
      if (asksNoValue) return conforms
      for (const value of values) {
        for (const { constraint, each } of onEach) {
          if (each(value, run)) continue
          if (!report) return false
          conforms = false
          report(constraint, focus, { value })
        }
        for (const { values, shapes, withoutValues } of properties) {
          const inner = values(run.data, value)
          for (const each of inner.length === 0 ? withoutValues : shapes) {
            if (each.check(run, value, inner, report)) continue
            if (!report) return false
            conforms = false
          }
        }
      }
      return conforms
    },
  }
}

/** Property shapes (section 4.7.2) of one and the same property share what it is followed to. */
function byPath(properties: Shape[]): { values: Shape['values']; shapes: Shape[]; withoutValues: Shape[] }[] {
  const groups = Map.groupBy(properties, ({ path, term }) => (path?.kind === 'predicate' ? path.property.value : textOf(term)))
  return [...groups.values()].map(shapes => ({
    values: shapes[0]!.values,
    shapes,
    withoutValues: shapes.filter(shape => shape.judgesAbsence),
  }))
}
