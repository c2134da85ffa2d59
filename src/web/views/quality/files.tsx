import type { Graph } from '../../../rdf/graph.ts'
import { dct } from '../../../rdf/namespaces.ts'
import { namedNode } from '../../../rdf/terms.ts'
import { metrics } from '../../../validate/quality/metrics.ts'
import { fails, pointsOf, type Measurements } from '../../../validate/quality/points.ts'
import { choose } from '../../../words/choose.ts'
import type { Page } from '../../page/page.ts'
import { textsOf } from '../../page/reading.ts'

const ofFiles = metrics.filter(({ on }) => on !== 'dataset')
const most = ofFiles.reduce((sum, { weight }) => sum + weight, 0)
/** Files that are told; more are in the RDF. */
const told = 50

/** The points of each file, and what it lacks: the best of them counts for the dataset. */
export function FilesMeasured({ page, graph, files }: { page: Page; graph: Graph; files: Record<string, Measurements> }) {
  const { t, number } = page.words
  const all = Object.entries(files)
  if (all.length < 2) return null
  const rows = all.map(([iri, measurements]) => ({ iri, measurements, points: pointsOf(measurements).score })).sort((a, b) => b.points - a.points)
  return (
    <details class="files-measured">
      <summary>{t('quality.files', { count: all.length })}</summary>
      <div class="scroll" tabindex={0} role="region" aria-label={t('quality.files', { count: all.length })}>
        <table>
          <tbody>
            {rows.slice(0, told).map(({ iri, measurements, points }) => (
              <tr>
                <th scope="row">
                  <bdi>{choose(textsOf(graph, namedNode(iri), dct.title), page.reading)?.text ?? iri.slice(iri.lastIndexOf('/') + 1)}</bdi>
                </th>
                <td>{t('quality.points', { score: number(points), most: number(most) })}</td>
                <td class="soft">
                  {ofFiles
                    .filter(({ name }) => fails(measurements[name]))
                    .map(({ name }) => t(`metric.${name}`))
                    .join(page.words.direction === 'rtl' ? '، ' : ', ')}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}
