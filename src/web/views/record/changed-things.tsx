import type { Graph } from '../../../rdf/graph.ts'
import { isLiteral, type Quad, type Term } from '../../../rdf/terms.ts'
import { choose } from '../../../words/choose.ts'
import { cut, mostLetters } from '../../page/cut.ts'
import type { Comparison } from '../../page/history.ts'
import type { Page } from '../../page/page.ts'
import { textsOf } from '../../page/reading.ts'
import { nameProperties } from '../../page/shown.ts'
import { graphOf, propertyLabel, thingsOf } from '../../page/things.ts'
import { wordChanges, type Piece } from '../../page/word-changes.ts'
import { Table } from '../table.tsx'
import { Named } from './named.tsx'

/** Values of one property that are told; all of them are among the triples. */
const most = 20
/** Things of which it is told. */
const mostThings = 50

/** What came and went between two versions, for people: of the dataset, of each file, and of what else is described, a property a row by its name. */
export function ChangedThings({ page, comparison }: { page: Page; comparison: Comparison }) {
  const { t } = page.words
  const graph = graphOf(comparison)
  const things = thingsOf(comparison, graph)
  return (
    <>
      {things.slice(0, mostThings).map(thing => {
        const name = nameProperties.map(property => choose(textsOf(graph, thing.node, property), page.reading)).find(Boolean)?.text
        const heading =
          thing.kind === 'dataset' ? t('versions.dataset') : thing.kind === 'file' ? `${t('versions.file')} ${name ?? ''}` : (name ?? t('versions.other'))
        return (
          <section class="block">
            <h2>
              <bdi>{heading}</bdi>
            </h2>
            <Table label={heading} kind="differences" heads={[t('statements.property'), t('repairs.before'), t('repairs.after')]}>
              {thing.properties.map(({ property, gone, come }) => (
                <tr>
                  <th scope="row">{propertyLabel(page, property)}</th>
                  <Cells page={page} graph={graph} gone={gone} come={come} />
                </tr>
              ))}
            </Table>
          </section>
        )
      })}
      {things.length > mostThings && <p class="soft">{t('findings.more', { count: things.length - mostThings })}</p>}
    </>
  )
}

/** Before and after; where one text became another, with the words that went struck and those that came marked. */
function Cells({ page, graph, gone, come }: { page: Page; graph: Graph; gone: Quad[]; come: Quad[] }) {
  const [before, after] = [gone, come].map(quads => quads.map(({ object }) => object)) as [Term[], Term[]]
  const [[old], [now]] = [before, after]
  if (before.length === 1 && after.length === 1 && old && now && isLiteral(old) && isLiteral(now)) {
    const changes = wordChanges(cut(old.value, mostLetters.value), cut(now.value, mostLetters.value))
    return (
      <>
        {[changes.before, changes.after].map((pieces, at) => (
          <td>
            <bdi lang={(at === 0 ? old : now).language || undefined}>
              <Pieces of={pieces} />
            </bdi>
          </td>
        ))}
      </>
    )
  }
  return (
    <>
      {[before, after].map(values => (
        <td>
          {values.slice(0, most).map(value => (
            <p>
              {isLiteral(value) ? <bdi lang={value.language}>{cut(value.value, mostLetters.value)}</bdi> : <Named page={page} graph={graph} term={value} />}
            </p>
          ))}
          {values.length > most && <p>… +{values.length - most}</p>}
        </td>
      ))}
    </>
  )
}

const Pieces = ({ of }: { of: Piece[] }) => (
  <>{of.map(({ text, kind }) => (kind === 'gone' ? <del>{text}</del> : kind === 'come' ? <ins>{text}</ins> : text))}</>
)
