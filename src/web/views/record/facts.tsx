import { paths } from '../../../config/addresses.ts'
import { resourceFormats } from '../../../outlets/document.ts'
import type { Dossier } from '../../page/dossier.ts'
import type { Page } from '../../page/page.ts'
import { datasetFacts } from '../../page/shown.ts'
import { Fact, Pill, SourceName } from '../parts.tsx'
import { FactLines } from './fact-lines.tsx'

/** The facts beside a dataset: when, where, whose, how often; our record of it; and its other forms. */
export function Facts({ page, dossier: { graph, dataset, record } }: { page: Page; dossier: Dossier }) {
  const {
    words: { t, date, moment },
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
        <dl class="facts">
          <Fact name={t('record.source')}>
            <SourceName page={page} id={record.source} />
          </Fact>
          <Fact name={t('record.state')}>
            <Pill kind={record.admission}>{t(`admission.${record.admission}`)}</Pill>
          </Fact>
          <Fact name={t('record.first')}>
            <time datetime={record.issued}>{date(record.issued)}</time>
          </Fact>
          <Fact name={t('record.changed')}>
            <time datetime={record.modified}>{date(record.modified)}</time>
          </Fact>
          <Fact name={t('record.seen')}>
            <time datetime={record.seen_at}>{moment(record.seen_at)}</time>
          </Fact>
          <Fact name={t('record.iri')}>
            <bdi class="code" dir="ltr">
              {record.dataset}
            </bdi>
          </Fact>
        </dl>
        <p>
          <a href={page.to(paths.record(record.id))}>{t('record.see')}</a>
        </p>
      </section>
      <section class="panel" aria-labelledby="forms">
        <h2 id="forms">{t('forms.title')}</h2>
        <ul class="forms">
          {resourceFormats.map(format => (
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
