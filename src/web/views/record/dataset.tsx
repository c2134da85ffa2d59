import { paths } from '../../../config/addresses.ts'
import { plainRecord } from '../../../outlets/plain.ts'
import { schemaOrg } from '../../../outlets/schema-org.ts'
import { formats } from '../../../rdf/formats.ts'
import { dcat, dct } from '../../../rdf/namespaces.ts'
import { rating } from '../../../validate/quality/points.ts'
import { choose } from '../../../words/choose.ts'
import type { Dossier } from '../../page/dossier.ts'
import type { Page } from '../../page/page.ts'
import { facetLabel } from '../../page/query.ts'
import { textsOf, valuesOf } from '../../page/reading.ts'
import { unshown } from '../../page/shown.ts'
import { Layout } from '../layout.tsx'
import { Availability } from '../list/card.tsx'
import { Paragraphs, Pill, PortalText } from '../parts.tsx'
import { FilesMeasured } from '../quality/files.tsx'
import { NextFixes } from '../quality/fixes.tsx'
import { Freshness } from '../quality/freshness.tsx'
import { Openness } from '../quality/openness.tsx'
import { Distributions } from './distributions.tsx'
import { Facts } from './facts.tsx'
import { Findings } from './findings.tsx'
import { Named } from './named.tsx'
import { People } from './people.tsx'
import { QualityPicture, Ring } from './quality.tsx'
import { Siblings } from './siblings.tsx'
import { Repairs, Statements } from './statements.tsx'

/** One dataset, for people: what it is, what can be opened, how good its description is, and everything its portal said. */
export function DatasetView({ page, dossier }: { page: Page; dossier: Dossier }) {
  const {
    words: { t },
    site,
  } = page
  const { record, dataset, graph } = dossier
  const titles = textsOf(graph, dataset, dct.title)
  const descriptions = textsOf(graph, dataset, dct.description)
  const title = choose(titles, page.reading)
  const description = choose(descriptions, page.reading)
  const publishers = valuesOf(graph, dataset, [dct.publisher])
  const themes = valuesOf(graph, dataset, [dcat.theme])
  const keywords = valuesOf(graph, dataset, [dcat.keyword])
  const distributions = valuesOf(graph, dataset, [dcat.distribution])
  const { concepts } = site.publication.vocabulary
  // A European theme that only repeats the national one beside it says nothing to people.
  const wider = new Set(themes.flatMap(theme => concepts.get(theme.value)?.broadMatch ?? []))
  return (
    <Layout
      page={page}
      title={title?.text ?? record.id}
      description={description?.text}
      alternates={formats.map(({ mediaType, extension }) => ({ type: mediaType, href: `${paths.dataset(record.id)}.${extension}` }))}
      {...(dossier.inView && { data: schemaOrg(plainRecord(dossier.inView, site.publication.vocabulary), site.publication, page.language) })}
    >
      <div class="head">
        <div class="wrap">
          <p class="crumbs">
            <a href={page.to(paths.datasets)}>{t('nav.datasets')}</a> <span aria-hidden="true">/</span>{' '}
            <a href={page.to(paths.datasets, new URLSearchParams({ source: record.source }))}>
              <bdi>{facetLabel(page, 'source', record.source)}</bdi>
            </a>
          </p>
          <h1>
            <PortalText page={page} texts={titles} fallback={record.id} />
          </h1>
          <p class="head-by">
            {publishers.map(publisher => (
              <Named page={page} graph={graph} term={publisher} to={paths.organisation} />
            ))}
          </p>
        </div>
      </div>
      <div class="wrap two">
        <div class="two-main">
          <State page={page} dossier={dossier} />
          {description && <Paragraphs page={page} {...description} />}
          {(themes.length > 0 || keywords.length > 0) && (
            <ul class="tags" aria-label={t('dataset.subjects')}>
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
          )}
          <OtherLanguages page={page} titles={titles} descriptions={descriptions} shown={title?.language} />
          {distributions.length > 0 ? (
            <Distributions page={page} graph={graph} distributions={distributions} links={dossier.links} />
          ) : (
            <p class="block">
              <Availability page={page} opening={record.opening} availability={record.opening === null ? 'none' : 'announced'} />
            </p>
          )}
          <Siblings page={page} siblings={dossier.siblings} />
          <People page={page} reuses={dossier.reuses} requests={dossier.requests} />
          <section class="block" aria-labelledby="quality">
            <h2 id="quality">{t('quality.title')}</h2>
            <p class="soft">{t('quality.text')}</p>
            <QualityPicture page={page} measurements={dossier.measured.measurements} score={record.score} />
            <NextFixes page={page} measurements={dossier.measured.measurements} />
            <Freshness page={page} measured={dossier.measured} />
            <Openness page={page} measurements={dossier.measured.measurements} />
            <FilesMeasured page={page} graph={graph} files={dossier.measured.files} />
          </section>
          <Findings page={page} dossier={dossier} distributions={distributions} />
          <Repairs page={page} repairs={dossier.repairs} />
          <Statements page={page} quads={unshown(graph, dataset, iri => concepts.has(iri))} />
        </div>
        <aside class="two-side">
          <a class="side-score" href="#quality">
            <Ring page={page} score={record.score} />
            <span>
              {t('quality.short')}
              <strong>{t(`rating.${rating(record.score)}`)}</strong>
            </span>
          </a>
          <Facts page={page} dossier={dossier} />
        </aside>
      </div>
    </Layout>
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

function OtherLanguages({
  page,
  titles,
  descriptions,
  shown,
}: {
  page: Page
  titles: Record<string, string>
  descriptions: Record<string, string>
  shown: string | undefined
}) {
  const others = [...new Set([...Object.keys(titles), ...Object.keys(descriptions)])].filter(language => language !== shown && language !== 'und')
  if (others.length === 0) return null
  return (
    <div class="others">
      {others.map(language => (
        <details class="other">
          <summary>
            <span class="other-code">{page.site.words.get(language)?.t('meta.name') ?? language}</span> <bdi lang={language}>{titles[language] ?? ''}</bdi>
          </summary>
          {descriptions[language] && <Paragraphs page={page} text={descriptions[language]} language={language} />}
        </details>
      ))}
    </div>
  )
}
