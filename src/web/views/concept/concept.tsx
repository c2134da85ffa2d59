import { paths } from '../../../config/addresses.ts'
import { graphFormats } from '../../../rdf/formats.ts'
import { values } from '../../../rdf/graph.ts'
import { dct, foaf, skos } from '../../../rdf/namespaces.ts'
import { namedNode, type NamedNode } from '../../../rdf/terms.ts'
import { textsOf } from '../../../rdf/texts.ts'
import { printed } from '../../../words/print.ts'
import { scopePages } from '../../page/lists.ts'
import type { Page } from '../../page/page.ts'
import type { ConceptUses } from '../../page/query.ts'
import { labelText } from '../../page/reading.ts'
import { Layout } from '../layout.tsx'
import { Away, Fact, OurText, PortalText } from '../parts.tsx'
import { Members, Related } from './related.tsx'

/** A reference concept or a whole list. */
export function ConceptView({ page, iri, uses }: { page: Page; iri: string; uses: ConceptUses | undefined }) {
  const {
    words: { t },
    site,
  } = page
  const { vocabulary } = site.publication
  const scheme = vocabulary.schemes.get(iri)
  const concept = vocabulary.concepts.get(iri)
  const labels = scheme?.labels ?? concept?.labels ?? {}
  const of = (property: NamedNode) => values(vocabulary.graph, namedNode(iri), property)
  const description = textsOf(vocabulary.graph, namedNode(iri), scheme ? dct.description : skos.definition)
  const parent = concept && vocabulary.schemes.get(concept.scheme)
  const narrower = vocabulary.concepts
    .values()
    .filter(each => each.broader === iri)
    .toArray()
  const { addresses } = site
  const path = addresses.pathOf(iri)
  return (
    <Layout page={page} title={labelText(page, labels) ?? path} at={addresses.pathOf(iri)}>
      <div class="head">
        <div class="wrap">
          <p class="crumbs">
            {parent ? (
              <a href={page.to(addresses.pathOf(parent.iri))}>
                <OurText page={page} texts={parent.labels} />
              </a>
            ) : (
              t('concept.list')
            )}
          </p>
          <h1>{Object.keys(labels).length > 0 ? <OurText page={page} texts={labels} /> : <bdi>{path}</bdi>}</h1>
          {Object.keys(description).length > 0 && (
            <p class="head-text">
              <PortalText page={page} texts={description} />
            </p>
          )}
        </div>
      </div>
      <div class="wrap two">
        <div class="two-main">
          {concept && uses && <Uses page={page} slug={concept.slug} uses={uses} />}
          {concept && (
            <section class="block" aria-labelledby="labels">
              <h2 id="labels">{t('concept.labels')}</h2>
              <dl class="facts facts-wide">
                {Object.entries(concept.labels).map(([language, label]) => (
                  <div class="fact">
                    <dt>{site.words.get(language)?.t('meta.name') ?? language}</dt>
                    <dd>
                      <bdi lang={language}>{printed(label, language)}</bdi>
                    </dd>
                  </div>
                ))}
                <Fact name={t('concept.other_names')}>
                  {of(skos.altLabel).map(each => (
                    <bdi>{each.value}</bdi>
                  ))}
                </Fact>
                <Fact name={t('concept.notation')}>
                  {concept.notation && (
                    <bdi class="code" dir="ltr">
                      {concept.notation}
                    </bdi>
                  )}
                </Fact>
                <Fact name={t('concept.homepage')}>
                  {of(foaf.homepage).map(each => (
                    <Away href={each.value} />
                  ))}
                </Fact>
              </dl>
            </section>
          )}
          {concept?.broader && <Related page={page} title={t('concept.broader')} iris={[concept.broader]} />}
          {narrower.length > 0 && <Related page={page} title={t('concept.narrower')} iris={narrower.map(each => each.iri)} />}
          {concept && (
            <Related
              page={page}
              title={t('concept.matches')}
              iris={[skos.exactMatch, skos.closeMatch, skos.broadMatch, skos.relatedMatch].flatMap(of).map(each => each.value)}
            />
          )}
          {scheme && <Members page={page} iri={iri} />}
        </div>
        <aside class="two-side">
          <section class="panel" aria-labelledby="forms">
            <h2 id="forms">{t('forms.title')}</h2>
            <ul class="forms">
              {graphFormats.map(format => (
                <li>
                  <a href={`${path}.${format.extension}`} rel="alternate" type={format.mediaType}>
                    <bdi dir="ltr">{format.label}</bdi>
                  </a>
                </li>
              ))}
            </ul>
            <p class="code" dir="ltr">
              {iri}
            </p>
          </section>
        </aside>
      </div>
    </Layout>
  )
}

/** The datasets that name a concept. */
function Uses({ page, slug, uses: { dimension, total } }: { page: Page; slug: string; uses: ConceptUses }) {
  const { t } = page.words
  const own = scopePages[dimension]
  if (total === 0) return <p class="soft">{t('concept.unused')}</p>
  return (
    <p>
      <a class="button" href={own ? page.to(own(encodeURIComponent(slug))) : page.to(paths.datasets, new URLSearchParams({ [dimension]: slug }))}>
        {t('concept.see', { count: total })}
      </a>
    </p>
  )
}
