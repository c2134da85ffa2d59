import { paths } from '../../../config/addresses.ts'
import { dcat } from '../../../rdf/namespaces.ts'
import type { Term } from '../../../rdf/terms.ts'
import { choose } from '../../../words/choose.ts'
import type { Dossier } from '../../page/dossier.ts'
import type { Page } from '../../page/page.ts'
import { bySubject, valuesOf } from '../../page/reading.ts'
import { Layout } from '../layout.tsx'
import { Pill, PortalText, SourceName } from '../parts.tsx'
import { NextFixes } from '../quality/fixes.tsx'
import { Findings } from './findings.tsx'
import { QualityLine, QualityPicture } from './quality.tsx'
import { RecordFacts } from './record-facts.tsx'
import { Siblings, StandsBack } from './siblings.tsx'
import { Repairs, Statements } from './statements.tsx'

/** Our entry about one dataset, for the people of its portal: what came in, whether it is shown, and what would mend it. */
export function RecordView({ page, dossier }: { page: Page; dossier: Dossier }) {
  const {
    words: { t },
    site,
  } = page
  const { record, dataset, graph } = dossier
  const distributions = valuesOf(graph, dataset, [dcat.distribution])
  const blocking = dossier.findings.filter(({ profile, severity }) => severity === 'violation' && site.publication.catalogue.blocking.includes(profile))
  const title = choose(record.title, page.reading)?.text ?? record.id
  return (
    <Layout page={page} title={`${t('record.title')} : ${title}`} at={paths.record(record.id)}>
      <div class="head">
        <div class="wrap">
          <p class="crumbs">
            <a href={page.to(paths.sources)}>{t('nav.sources')}</a> <span aria-hidden="true">/</span> <SourceName page={page} id={record.source} />
          </p>
          <p class="kicker">{t('record.title')}</p>
          <h1>
            <PortalText page={page} texts={record.title} fallback={record.id} />
          </h1>
        </div>
      </div>
      <div class="wrap two">
        <div class="two-main">
          {record.canonical !== null && <StandsBack page={page} siblings={dossier.siblings} />}
          {record.admission === 'quarantined' && (
            <div class="notice notice-violation">
              <p>
                <Pill kind="quarantined">{t('admission.quarantined')}</Pill> {t(record.shown ? 'record.quarantined_shown' : 'record.quarantined')}
              </p>
            </div>
          )}
          {blocking.length > 0 && record.admission === 'quarantined' && (
            <Findings page={page} dossier={{ findings: blocking, dataset }} distributions={distributions} heading="record.blocking" />
          )}
          <Rest
            page={page}
            dossier={{
              ...dossier,
              findings: record.admission === 'quarantined' ? dossier.findings.filter(each => !blocking.includes(each)) : dossier.findings,
            }}
            distributions={distributions}
          />
          <Siblings page={page} siblings={dossier.siblings} />
          <section class="block" aria-labelledby="quality">
            <h2 id="quality">{t('quality.title')}</h2>
            <QualityLine page={page} measurements={dossier.measured.measurements} score={record.score} />
            <QualityPicture page={page} measurements={dossier.measured.measurements} />
            <NextFixes page={page} measurements={dossier.measured.measurements} />
          </section>
          <Repairs page={page} repairs={dossier.repairs} />
          <Statements page={page} quads={bySubject([...graph])} />
        </div>
        <aside class="two-side">
          <section class="panel" aria-labelledby="record">
            <h2 id="record">{t('facts.title')}</h2>
            <RecordFacts page={page} record={record} names={['state', 'source', 'key', 'iri', 'first', 'changed', 'seen', 'revision']} />
            <p>
              <a href={page.to(paths.versions(record.id))}>{t('versions.title')}</a>
            </p>
            {record.shown !== null && (
              <p>
                <a href={page.to(paths.dataset(record.id))}>{t('record.dataset')}</a>
              </p>
            )}
          </section>
        </aside>
      </div>
    </Layout>
  )
}

/** On the page of a quarantined record, what blocks it stands apart and above. */
function Rest({ page, dossier, distributions }: { page: Page; dossier: Dossier; distributions: Term[] }) {
  return (
    <Findings
      page={page}
      dossier={dossier}
      distributions={distributions}
      heading={dossier.record.admission === 'quarantined' ? 'record.others' : 'findings.title'}
    />
  )
}
