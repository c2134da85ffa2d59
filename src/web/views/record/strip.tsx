import type { ComponentChildren } from 'preact'
import { adms, dcat, dct, fihrist } from '../../../rdf/namespaces.ts'
import type { Term } from '../../../rdf/terms.ts'
import { dayOf, dueOf, freshnessOn } from '../../../validate/quality/freshness.ts'
import type { Dossier } from '../../page/dossier.ts'
import type { Page } from '../../page/page.ts'
import { valuesOf } from '../../page/reading.ts'
import { Pill } from '../parts.tsx'
import { AfterAnother, FactLines } from './fact-lines.tsx'
import { Named } from './named.tsx'
import { termOf } from './terms.ts'

/** The four facts by which people choose: whether it is up to date, what its licence allows, what it covers, and who answers for it. */
export function Strip({ page, dossier, licences }: { page: Page; dossier: Dossier; licences: Term[] }) {
  const { t } = page.words
  const {
    graph,
    dataset,
    version: { filled = [] },
  } = dossier
  const covers = [...valuesOf(graph, dataset, [dct.spatial]), ...valuesOf(graph, dataset, [dct.temporal])]
  return (
    <dl class="strip" aria-label={t('strip.title')}>
      <Cell name={t('strip.updated')}>
        <Updated page={page} dossier={dossier} />
      </Cell>
      <Cell name={t('strip.licence')}>
        <Licence page={page} dossier={dossier} licences={licences} />
      </Cell>
      <Cell name={t('strip.covers')}>
        {covers.length > 0 ? (
          <dl class="strip-lines">
            <FactLines page={page} graph={graph} node={dataset} lines={covered} filled={filled} />
          </dl>
        ) : (
          <span class="soft">{t('strip.uncovered')}</span>
        )}
      </Cell>
      <Cell name={t('strip.contact')}>
        {graph.has(dataset, dcat.contactPoint) ? (
          <dl class="strip-lines">
            <FactLines page={page} graph={graph} node={dataset} lines={[['contact', [dcat.contactPoint], 'contact']]} filled={filled} />
          </dl>
        ) : (
          <span class="soft">{t('strip.uncontacted')}</span>
        )}
      </Cell>
    </dl>
  )
}

const covered: Parameters<typeof FactLines>[0]['lines'] = [
  ['places', [dct.spatial], 'name'],
  ['level', [fihrist.disaggregationLevel], 'name'],
  ['period', [dct.temporal], 'period'],
]

const Cell = ({ name, children }: { name: string; children: ComponentChildren }) => (
  <div class="strip-fact">
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
)

function Updated({ page, dossier: { record, version, measured, graph, dataset } }: { page: Page; dossier: Dossier }) {
  const { t, date } = page.words
  const stands = freshnessOn(dayOf(new Date()), dueOf(measured.rhythm, measured.seen)?.last)
  const [frequency] = valuesOf(graph, dataset, [dct.accrualPeriodicity, fihrist.collectionFrequency])
  return (
    <>
      <span class="strip-main">{record.dated === null ? t('strip.undated') : <time datetime={record.dated}>{date(record.dated)}</time>}</span>
      {stands !== 'unknown' && measured.rhythm.planned === undefined && <Pill kind={stands === 'late' ? 'late' : 'published'}>{t(`strip.${stands}`)}</Pill>}
      {frequency && (
        <span class="soft">
          <Named page={page} graph={graph} term={frequency} />
        </span>
      )}
      <AfterAnother page={page} filled={version.filled ?? []} properties={[dct.modified, dct.accrualPeriodicity]} />
    </>
  )
}

function Licence({ page, dossier: { graph, version }, licences }: { page: Page; dossier: Dossier; licences: Term[] }) {
  const { t } = page.words
  const { concepts } = page.site.publication.vocabulary
  const [licence] = licences
  if (!licence) return <span class="soft">{t('strip.unlicensed')}</span>
  if (licences.length > 1) return <span class="strip-main">{t('strip.licences')}</span>
  const concept = concepts.get(licence.value)
  const term = concept && termOf(concept)
  return (
    <>
      <span class="strip-main">
        <Named page={page} graph={graph} term={licence} />
      </span>
      {term && <span class="soft">{t(`terms.${term}`)}</span>}
      <AfterAnother page={page} filled={version.filled ?? []} properties={[dct.license]} />
    </>
  )
}

/** What has no data yet: when it will, whether it should have, and how to ask for it. */
export function Unopened({ page, dossier: { record, graph, dataset, measured } }: { page: Page; dossier: Dossier }) {
  const { t, date } = page.words
  const { planned } = measured.rhythm
  const late = planned === undefined ? 0 : dayOf(new Date()) - planned
  const shown = date(record.opening ?? '')
  return (
    <section class="notice unopened-box" aria-labelledby="unopened">
      <h2 id="unopened">{t('unopened.title')}</h2>
      <p>{planned === undefined ? t('unopened.none') : late > 0 ? t('unopened.late', { date: shown, count: late }) : t('unopened.planned', { date: shown })}</p>
      <dl class="file-facts">
        <FactLines page={page} graph={graph} node={dataset} lines={[['stage', [adms.status], 'name']]} />
      </dl>
      <p>
        <a href={page.to('/requests/new')} rel="nofollow">
          {t('unopened.ask')}
        </a>
      </p>
    </section>
  )
}
