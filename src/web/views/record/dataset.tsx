import { paths } from '../../../config/addresses.ts'
import { plainRecord } from '../../../outlets/plain-record.ts'
import { schemaOrg } from '../../../outlets/profiles/schema-org.ts'
import { formats } from '../../../rdf/formats.ts'
import { dcat, dct } from '../../../rdf/namespaces.ts'
import { choose } from '../../../words/choose.ts'
import type { Dossier } from '../../page/dossier.ts'
import { mainFile } from '../../page/files.ts'
import type { Page } from '../../page/page.ts'
import { textsOf, valuesOf } from '../../page/reading.ts'
import { datasetFacts, unshown } from '../../page/shown.ts'
import { Sign } from '../icons.tsx'
import { Layout } from '../layout.tsx'
import { Availability } from '../list/card.tsx'
import { Pill, PortalText } from '../parts.tsx'
import { FilesMeasured } from '../quality/files.tsx'
import { NextFixes } from '../quality/fixes.tsx'
import { Freshness } from '../quality/freshness.tsx'
import { Openness } from '../quality/openness.tsx'
import { Corrected } from './corrected.tsx'
import { Description } from './description.tsx'
import { Distributions, mostFiles } from './distributions.tsx'
import { FactLines } from './fact-lines.tsx'
import { Findings } from './findings.tsx'
import { Named } from './named.tsx'
import { People } from './people.tsx'
import { Place } from './place.tsx'
import { Provenance } from './provenance.tsx'
import { QualityLine, QualityPicture } from './quality.tsx'
import { SeeAlso } from './see-also.tsx'
import { Share } from './share.tsx'
import { Siblings } from './siblings.tsx'
import { Strip, Unopened } from './strip.tsx'

/** What the strip and the last block say of a dataset already. */
const elsewhere = new Set(['frequency', 'places', 'level', 'period', 'contact', 'identifier'])

/**
 * One dataset, for people, in one order for wide and narrow screens: what it is, whether it is of use (four facts), what can be opened, what else is known of
 * it, how good its description is, and where all of that comes from.
 */
export function DatasetView({ page, dossier }: { page: Page; dossier: Dossier }) {
  const {
    words: { t },
    site,
  } = page
  const { record, dataset, graph, measured } = dossier
  const { concepts } = site.publication.vocabulary
  const plain = plainRecord(dossier.inView ?? dossier.version, site.publication.vocabulary)
  const titles = textsOf(graph, dataset, dct.title)
  const descriptions = textsOf(graph, dataset, dct.description)
  const distributions = valuesOf(graph, dataset, [dcat.distribution])
  const licences = [
    ...new Map(
      [...valuesOf(graph, dataset, [dct.license]), ...distributions.flatMap(each => valuesOf(graph, each, [dct.license]))].map(each => [each.value, each]),
    ).values(),
  ]
  return (
    <Layout
      page={page}
      title={choose(titles, page.reading)?.text ?? record.id}
      description={choose(descriptions, page.reading)?.text}
      alternates={formats.map(({ mediaType, extension }) => ({ type: mediaType, href: `${paths.dataset(record.id)}.${extension}` }))}
      at={paths.dataset(record.id)}
      {...(dossier.inView && { data: schemaOrg({ ...plain, files: plain.files.slice(0, mostFiles) }, site.publication, page.language) })}
    >
      <Head page={page} dossier={dossier} files={plain.files} />
      <div class="wrap">
        <Strip page={page} dossier={dossier} licences={licences} />
      </div>
      <div class="wrap two">
        <div class="two-main">
          <State page={page} dossier={dossier} />
          <Description page={page} titles={titles} descriptions={descriptions} />
          <Subjects page={page} dossier={dossier} />
          {distributions.length === 0 ? (
            <Unopened page={page} dossier={dossier} />
          ) : (
            <Distributions page={page} dossier={dossier} files={plain.files} licence={licences.length === 1 ? licences[0] : undefined} />
          )}
          <Facts page={page} dossier={dossier} />
          <Corrected page={page} corrections={dossier.corrections} />
          <People page={page} reuses={dossier.reuses} requests={dossier.requests} />
          <section class="block" aria-labelledby="quality">
            <h2 id="quality">{t('quality.title')}</h2>
            <QualityLine page={page} measurements={measured.measurements} score={record.score} />
            <NextFixes page={page} measurements={measured.measurements} />
            <details class="more">
              <summary>{t('quality.details')}</summary>
              <p class="soft">{t('quality.text')}</p>
              <QualityPicture page={page} measurements={measured.measurements} />
              <Freshness page={page} measured={measured} />
              <Openness page={page} measurements={measured.measurements} />
              <FilesMeasured page={page} graph={graph} files={measured.files} />
              <Findings page={page} dossier={dossier} distributions={distributions} />
            </details>
          </section>
          <Provenance page={page} dossier={dossier} rest={unshown(graph, dataset, iri => concepts.has(iri))} />
        </div>
        <aside class="two-side">
          <Place page={page} places={plain.places} />
          <Siblings page={page} siblings={dossier.siblings} />
          <Share page={page} plain={plain} />
          <SeeAlso page={page} records={dossier.related} />
        </aside>
      </div>
    </Layout>
  )
}

function Head({ page, dossier: { record, dataset, graph }, files }: { page: Page; dossier: Dossier; files: ReturnType<typeof plainRecord>['files'] }) {
  const { t, size } = page.words
  const themes = valuesOf(graph, dataset, [dcat.theme])
  const publishers = valuesOf(graph, dataset, [dct.publisher])
  const main = mainFile(files, page)
  return (
    <div class="head">
      <div class="wrap head-row">
        <div>
          <p class="crumbs">
            <a href={page.to(paths.datasets)}>{t('nav.datasets')}</a>
            {themes[0] && (
              <>
                {' '}
                <span aria-hidden="true">/</span> <Named page={page} graph={graph} term={themes[0]} to={paths.theme} />
              </>
            )}
          </p>
          <h1>
            <PortalText page={page} texts={textsOf(graph, dataset, dct.title)} fallback={record.id} />
          </h1>
          <p class="head-by">
            {publishers.map(publisher => (
              <Named page={page} graph={graph} term={publisher} to={paths.organisation} />
            ))}
            {files.length === 0 && <Availability page={page} opening={record.opening} availability={record.opening === null ? 'none' : undefined} />}
          </p>
        </div>
        {main && (
          <a class="button button-main" href={main.download[0]} rel="external nofollow noopener">
            <Sign of="down" />
            {t('files.best', {
              what: [main.format && choose(main.format.labels, page.reading)?.text, main.bytes && size(main.bytes)].filter(Boolean).join(' · '),
            })}
          </a>
        )}
      </div>
    </div>
  )
}

/** Themes and keywords, each of which leads to what else has it. A European theme that only repeats the national one beside it says nothing to people. */
function Subjects({ page, dossier: { graph, dataset } }: { page: Page; dossier: Dossier }) {
  const { concepts } = page.site.publication.vocabulary
  const themes = valuesOf(graph, dataset, [dcat.theme])
  const keywords = valuesOf(graph, dataset, [dcat.keyword])
  const wider = new Set(themes.flatMap(theme => concepts.get(theme.value)?.broadMatch ?? []))
  if (themes.length + keywords.length === 0) return null
  return (
    <ul class="tags" aria-label={page.words.t('dataset.subjects')}>
      {themes
        .filter(theme => !wider.has(theme.value))
        .map(theme => (
          <li class="tag tag-theme">
            <Named page={page} graph={graph} term={theme} to={paths.theme} />
          </li>
        ))}
      {keywords.map(word => (
        <li class="tag">
          <a href={page.to(paths.datasets, new URLSearchParams({ q: word.value }))}>
            <Named page={page} graph={graph} term={word} />
          </a>
        </li>
      ))}
    </ul>
  )
}

function Facts({ page, dossier: { graph, dataset, version } }: { page: Page; dossier: Dossier }) {
  const isOpen = graph.has(dataset, dcat.distribution)
  const lines = datasetFacts.filter(([label]) => !elsewhere.has(label) && (isOpen || !/^(?:stage|available)$/.test(label)))
  if (!lines.some(([, properties]) => valuesOf(graph, dataset, properties).length > 0)) return null
  return (
    <section class="block" aria-labelledby="facts">
      <h2 id="facts">{page.words.t('facts.title')}</h2>
      <dl class="facts facts-grid">
        <FactLines page={page} graph={graph} node={dataset} lines={lines} filled={version.filled ?? []} />
      </dl>
    </section>
  )
}

/** What a reader has to know before the rest: that the record is missing at its portal, or that a newer version waits. */
function State({ page, dossier: { record } }: { page: Page; dossier: Dossier }) {
  const {
    words: { t, date },
  } = page
  if (record.admission === 'missing')
    return (
      <p class="notice notice-warning">
        <Pill kind="missing">{t('admission.missing')}</Pill> {t('dataset.missing', { date: date(record.missing_since ?? record.modified) })}
      </p>
    )
  if (record.admission !== 'quarantined') return null
  return (
    <p class="notice notice-warning">
      <Pill kind="quarantined">{t('admission.quarantined')}</Pill> {t('dataset.newer_waits')} <a href={page.to(paths.record(record.id))}>{t('record.see')}</a>
    </p>
  )
}
