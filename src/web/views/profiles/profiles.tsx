import { paths } from '../../../config/addresses.ts'
import { compact, rdfs } from '../../../rdf/namespaces.ts'
import { namedNode } from '../../../rdf/terms.ts'
import { textsOf } from '../../../rdf/texts.ts'
import { pathForPeople } from '../../../validate/shacl/path-text.ts'
import type { Level, Standard } from '../../../validate/standard.ts'
import { choose } from '../../../words/choose.ts'
import type { Page } from '../../page/page.ts'
import { Head } from '../head.tsx'
import { Layout } from '../layout.tsx'
import { Fact, isLink, OurText, Pill, PortalText } from '../parts.tsx'

/** The standards that records are checked by. */
export function ProfilesView({ page, standards }: { page: Page; standards: Standard[] }) {
  const { t } = page.words
  return (
    <Layout page={page} title={t('standards.title')} description={t('standards.text')}>
      <Head title={t('standards.title')} text={t('standards.text')}>
        <Forms path={paths.profiles} />
      </Head>
      <div class="wrap band">
        <div class="cards cards-wide">
          {standards.map(standard => (
            <article class="card">
              <h2>
                <a href={page.to(paths.profile(standard.name))}>
                  <OurText page={page} texts={standard.title} />
                </a>
              </h2>
              <p>
                <OurText page={page} texts={standard.description} />
              </p>
              <Facts page={page} standard={standard} />
            </article>
          ))}
        </div>
      </div>
    </Layout>
  )
}

/** Properties of which a standard shows all that it says. */
const longest = 30
/** How a level looks. */
const pills: Record<Level, string> = { mandatory: 'violation', recommended: 'warning', optional: 'info' }

/** A standard with its rules, class by class: what is asked for, how it is checked, how it is mended, an example. */
export function ProfileView({ page, standard }: { page: Page; standard: Standard }) {
  const { t } = page.words
  // A short standard is read from its first line to its last; of a long one, what is looked for.
  const isShort = standard.classes.reduce((sum, { properties }) => sum + properties.length, 0) <= longest
  return (
    <Layout page={page} title={choose(standard.title, page.reading)?.text ?? standard.name}>
      <div class="head">
        <div class="wrap">
          <p class="crumbs">
            <a href={page.to(paths.profiles)}>{t('standards.title')}</a>
          </p>
          <h1>
            <OurText page={page} texts={standard.title} />
          </h1>
          <p class="head-text">
            <OurText page={page} texts={standard.description} />
          </p>
          <Facts page={page} standard={standard} />
          <Forms path={paths.profile(standard.name)} />
        </div>
      </div>
      <div class="wrap band">
        {standard.classes.map(({ label, targets, properties }, at) => (
          <section class="block" aria-labelledby={`class-${at}`}>
            <h2 id={`class-${at}`}>
              <PortalText page={page} texts={label} fallback={targets.map(compact).join(', ')} />
            </h2>
            <p class="soft">
              <bdi class="code" dir="ltr">
                {targets.map(compact).join(', ')}
              </bdi>
            </p>
            {properties.map(({ path, level, rules }) => (
              <details class="severity" open={isShort}>
                <summary>
                  <PropertyName page={page} path={path} /> <Pill kind={pills[level]}>{t(`standards.level.${level}`)}</Pill>
                </summary>
                <ul class="findings">
                  {rules.map(rule => (
                    <li class="finding" id={rule.name}>
                      <p class="finding-message">
                        <Pill kind={rule.severity}>{t(`level.${rule.severity}`)}</Pill> <OurText page={page} texts={rule.message} />
                      </p>
                      <p class="finding-advice">
                        <OurText page={page} texts={rule.advice} />
                      </p>
                      {rule.example && (
                        <pre class="code" dir="ltr">
                          {rule.example}
                        </pre>
                      )}
                      <p class="finding-end">
                        <bdi dir="ltr">{rule.name}</bdi>
                      </p>
                    </li>
                  ))}
                </ul>
              </details>
            ))}
          </section>
        ))}
      </div>
    </Layout>
  )
}

function Facts({ page, standard: { version, legalBasis, above, source } }: { page: Page; standard: Standard }) {
  const { t } = page.words
  return (
    <dl class="facts facts-wide">
      <Fact name={t('standards.version')}>{version && <bdi dir="ltr">{version}</bdi>}</Fact>
      <Fact name={t('standards.legal')}>{Object.keys(legalBasis).length > 0 && <OurText page={page} texts={legalBasis} />}</Fact>
      <Fact name={t('standards.above')}>
        {above.length > 0 &&
          above.map(name => (
            <a href={page.to(paths.profile(name))}>
              <bdi dir="ltr">{name}</bdi>
            </a>
          ))}
      </Fact>
      <Fact name={t('standards.source')}>
        {source && isLink(source) && (
          <a href={source}>
            <bdi dir="ltr">{source}</bdi>
          </a>
        )}
      </Fact>
    </dl>
  )
}

/** A property by its name in the reader's language, and as a path. */
function PropertyName({ page, path }: { page: Page; path: string }) {
  const label = choose(textsOf(page.site.publication.vocabulary.graph, namedNode(path), rdfs.label), page.reading)?.text
  return (
    <>
      {label && <strong>{label}</strong>}{' '}
      <bdi class="code" dir="ltr">
        {pathForPeople(path)}
      </bdi>
    </>
  )
}

/** The same for programs. */
function Forms({ path }: { path: string }) {
  return (
    <p class="forms">
      {[
        ['ttl', 'Turtle'],
        ['jsonld', 'JSON-LD'],
        ['rdf', 'RDF/XML'],
        ['json', 'JSON'],
      ].map(([extension, label]) => (
        <a href={`${path}.${extension}`}>{label}</a>
      ))}
    </p>
  )
}
