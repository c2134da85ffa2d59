import { paths } from '../../../config/addresses.ts'
import { formats } from '../../../rdf/formats.ts'
import type { Dossier } from '../../page/dossier.ts'
import type { Page } from '../../page/page.ts'
import { datasetFacts } from '../../page/shown.ts'
import { FactLines } from './fact-lines.tsx'
import { RecordFacts } from './record-facts.tsx'

/** The facts beside a dataset: when, where, whose, how often; our record of it; and its other forms. */
export function Facts({ page, dossier: { graph, dataset, record } }: { page: Page; dossier: Dossier }) {
  const {
    words: { t },
  } = page
  return (
    <>
      <section class="panel" aria-labelledby="facts">
        <h2 id="facts">{t('facts.title')}</h2>
        <dl class="facts">
          <FactLines page={page} graph={graph} node={dataset} lines={datasetFacts} />
        </dl>
      </section>
      <section class="panel" aria-labelledby="record">
        <h2 id="record">{t('record.title')}</h2>
        <RecordFacts page={page} record={record} names={['source', 'state', 'first', 'changed', 'seen', 'iri']} />
        <p>
          <a href={page.to(paths.record(record.id))}>{t('record.see')}</a>
        </p>
        <p>
          <a href={page.to(paths.report(record.id))} rel="nofollow">
            {t('brought.report.new')}
          </a>
        </p>
      </section>
      <section class="panel" aria-labelledby="forms">
        <h2 id="forms">{t('forms.title')}</h2>
        <ul class="forms">
          {formats.map(format => (
            <li>
              <a href={`${paths.dataset(record.id)}.${format.extension}`} rel="alternate" type={format.mediaType}>
                <bdi dir="ltr">{format.label}</bdi>
              </a>
            </li>
          ))}
        </ul>
      </section>
    </>
  )
}
