import { fihrist, rdf, sh, xsd } from '../../rdf/namespaces.ts'
import { pretty } from '../../rdf/pretty.ts'
import { blankNode, literal, namedNode, quad } from '../../rdf/terms.ts'
import { nodeOf, valueOf } from '../finding.ts'
import { pathQuads } from '../shacl/path-quads.ts'
import { pathOfText } from '../shacl/path-text.ts'
import { messageOf, type VerdictFormat } from './verdict-format.ts'

const severities = { violation: sh.Violation, warning: sh.Warning, info: sh.Info }

/** A SHACL validation report (SHACL, section 3.6): terms as they stand in the data, paths whole. That nothing is a violation is our own word. */
export const turtle: VerdictFormat = {
  mediaType: 'text/turtle',
  write(verdict, { words }) {
    const report = blankNode('report')
    const results = verdict.results.flatMap((result, at) => {
      const self = blankNode(`result${at + 1}`)
      const path = result.path === undefined ? undefined : pathOfText(result.path)
      const written = path && pathQuads(path, `path${at + 1}`)
      const value = valueOf(result)
      const message = messageOf(result, words)
      return [
        quad(report, sh.result, self),
        quad(self, rdf.type, sh.ValidationResult),
        quad(self, sh.resultSeverity, severities[result.severity]),
        quad(self, sh.sourceShape, nodeOf(result.rule)),
        quad(self, sh.sourceConstraintComponent, namedNode(sh.iri + result.constraint)),
        quad(self, sh.focusNode, nodeOf(result.focus)),
        ...(written ? [quad(self, sh.resultPath, written.node), ...written.quads] : []),
        ...(value ? [quad(self, sh.value, value)] : []),
        quad(self, sh.resultMessage, literal(message.text, message.language)),
      ]
    })
    const boolean = (is: boolean) => literal(String(is), xsd.boolean)
    const all = [
      quad(report, rdf.type, sh.ValidationReport),
      quad(report, sh.conforms, boolean(verdict.results.length === 0)),
      quad(report, fihrist.noViolation, boolean(verdict.conforms)),
      ...results,
    ]
    return [pretty(all, 'Turtle')]
  },
}
