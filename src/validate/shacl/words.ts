import { entry } from '../../table.ts'
import { constraints } from './constraints.ts'
import { componentOf } from './result.ts'

const parameters = [...Object.keys(constraints), 'property']

/** The terms of the SHACL namespace that shapes may be made of: SHACL Core and SPARQL constraints, and what either says of its results. */
const known = new Set([
  ...parameters,
  ...parameters.map(componentOf),
  ...'flags ignoredProperties qualifiedValueShape qualifiedValueShapesDisjoint'.split(' '),
  ...'Shape NodeShape PropertyShape path severity message deactivated name description order group defaultValue PropertyGroup'.split(' '),
  ...'targetClass targetNode targetSubjectsOf targetObjectsOf targetWhere'.split(' '),
  ...'inversePath alternativePath zeroOrMorePath oneOrMorePath zeroOrOnePath'.split(' '),
  ...'NodeKind BlankNode BlankNodeOrIRI BlankNodeOrLiteral IRI IRIOrLiteral Literal Severity Info Violation Warning'.split(' '),
  ...'SPARQLConstraint SPARQLExecutable SPARQLAskExecutable SPARQLSelectExecutable select prefixes declare PrefixDeclaration prefix namespace'.split(' '),
  ...'target Target SPARQLTarget'.split(' '),
  ...'shapesGraph suggestedShapesGraph shapesGraphWellFormed conforms result detail focusNode value'.split(' '),
  ...'resultMessage resultPath resultSeverity sourceConstraint sourceShape sourceConstraintComponent ValidationReport AbstractResult ValidationResult'.split(
    ' ',
  ),
  ...'Parameterizable parameter labelTemplate Parameter optional ConstraintComponent validator nodeValidator propertyValidator Validator ask'.split(' '),
  ...'SPARQLAskValidator SPARQLSelectValidator'.split(' '),
])

/** Terms of SHACL that ask for what is not done here: entailment, rules, expressions and functions (SHACL Advanced Features), JavaScript. */
const unheeded = new Set(
  (
    'TargetType SPARQLTargetType entailment rule Rule TripleRule SPARQLRule condition subject predicate object construct SPARQLConstructExecutable update ' +
    'SPARQLUpdateExecutable expression ExpressionConstraintComponent filterShape nodes intersection union this Function SPARQLFunction returnType ' +
    'resultAnnotation ResultAnnotation annotationProperty annotationValue annotationVarName js JSExecutable JSTarget JSTargetType JSConstraint ' +
    'JSConstraintComponent jsFunctionName jsLibrary jsLibraryURL JSFunction JSLibrary JSRule JSValidator'
  ).split(' '),
)

/** What is wrong with a word of the SHACL namespace that is used as a property, or as a value; undefined where nothing is. */
export function wrongWord(word: string, as: 'property' | 'value'): string | undefined {
  if (known.has(word) || (as === 'value' && unheeded.has(word))) return undefined
  if (unheeded.has(word))
    return `sh:${word} is not done here, and would be passed over in silence. Say it with constraints of SHACL Core or with sh:sparql, or take it out`
  const meant = entry(drafts, word) ?? nearest(word)
  return (
    `sh:${word} is no term of SHACL, and would be passed over in silence. ` +
    `${meant ? `Write sh:${meant} if you mean that` : 'Write it as SHACL does, or take it out'}`
  )
}

/** What terms of the drafts of 2015 and 2016 are called now. */
const drafts: Record<string, string> = {
  shape: 'node',
  hasShape: 'node',
  valueShape: 'node',
  valueClass: 'class',
  classIn: 'class',
  scopeClass: 'targetClass',
  scopeNode: 'targetNode',
}

/** The term that a slip is nearest to: a third of its letters may be wrong, and which of them are capitals does not matter. */
function nearest(word: string): string | undefined {
  const near = [...known].map(each => ({ each, far: distance(each.toLowerCase(), word.toLowerCase()) }))
  return near.filter(({ far }) => far <= word.length / 3).sort((a, b) => a.far - b.far)[0]?.each
}

/** How many letters have to be changed, left out or put in (Levenshtein). */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, at) => at)
  for (const [at, letter] of [...from].entries()) {
    const next = [at + 1]
    for (let to_ = 1; to_ <= to.length; to_++) next.push(Math.min(row[to_]! + 1, next[to_ - 1]! + 1, row[to_ - 1]! + Number(letter !== to[to_ - 1])))
    row = next
  }
  return row.at(-1)!
}
