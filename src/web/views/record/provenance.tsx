import { paths } from '../../../config/addresses.ts'
import { formats } from '../../../rdf/formats.ts'
import type { Quad } from '../../../rdf/terms.ts'
import type { Dossier } from '../../page/dossier.ts'
import type { Page } from '../../page/page.ts'
import { datasetFacts } from '../../page/shown.ts'
import { FactLines } from './fact-lines.tsx'
import { RecordFacts } from './record-facts.tsx'
import { Repairs, Statements } from './statements.tsx'

/** Where the description comes from, what it is named by, its other forms, and all else that its portal said: for who needs to know. */
export function Provenance({ page, dossier: { graph, dataset, record, repairs }, rest }: { page: Page; dossier: Dossier; rest: Quad[] }) {
  const { t } = page.words
  return (
    <details class="block fold" id="provenance">
      <summary>
        <h2>{t('provenance.title')}</h2>
      </summary>
      <div class="facts-wide">
        <RecordFacts page={page} record={record} names={['source', 'state', 'first', 'changed', 'seen', 'iri']} />
        <dl class="facts">
          <FactLines page={page} graph={graph} node={dataset} lines={datasetFacts.filter(([label]) => label === 'identifier')} />
        </dl>
      </div>
      <p>
        <a href={page.to(paths.record(record.id))}>{t('record.see')}</a> · <a href={page.to(paths.versions(record.id))}>{t('versions.title')}</a>
      </p>
      <h3 id="forms">{t('forms.title')}</h3>
      <ul class="forms" aria-labelledby="forms">
        {formats.map(format => (
          <li>
            <a href={`${paths.dataset(record.id)}.${format.extension}`} rel="alternate" type={format.mediaType}>
              <bdi dir="ltr">{format.label}</bdi>
            </a>
          </li>
        ))}
      </ul>
      <Repairs page={page} repairs={repairs} />
      <Statements page={page} quads={rest} />
    </details>
  )
}
