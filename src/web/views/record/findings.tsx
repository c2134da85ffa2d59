import { compact } from '../../../rdf/namespaces.ts'
import type { Term } from '../../../rdf/terms.ts'
import { resultsIn, type Finding } from '../../../validate/finding.ts'
import { meantBy } from '../../../validate/meant.ts'
import { choose } from '../../../words/choose.ts'
import type { Dossier } from '../../page/dossier.ts'
import type { Page } from '../../page/page.ts'
import { OurText, Pill } from '../parts.tsx'
import { anchorOf } from './distributions.tsx'

const severities = ['violation', 'warning', 'info'] as const

/** What the rules found, worst first, each rule once with its advice and the places where it is broken. */
export function Findings({
  page,
  dossier: { findings, dataset },
  distributions,
  heading = 'findings.title',
}: {
  page: Page
  dossier: Pick<Dossier, 'findings' | 'dataset'>
  distributions: Term[]
  heading?: string
}) {
  const { t, number } = page.words
  const broken = new Set(findings.map(({ rule, severity }) => `${severity} ${rule}`)).size
  return (
    <section class="block" aria-labelledby="findings">
      <h2 id="findings">
        {t(heading)} {broken > 0 && <span class="tally">{number(broken)}</span>}
      </h2>
      {findings.length === 0 && <p class="soft">{t('findings.none')}</p>}
      {severities.map(severity => {
        const rules = Map.groupBy(
          findings.filter(finding => finding.severity === severity),
          finding => finding.rule,
        )
        if (rules.size === 0) return null
        return (
          <details class="severity" open={severity === 'violation'}>
            <summary>
              <Pill kind={severity}>{t(`severity.${severity}`, { count: rules.size })}</Pill>
            </summary>
            <ul class="findings">
              {[...rules.values()].map(group => (
                <Rule page={page} group={group} dataset={dataset} distributions={distributions} />
              ))}
            </ul>
          </details>
        )
      })}
    </section>
  )
}

const placesShown = 5

function Rule({ page, group, dataset, distributions }: { page: Page; group: Finding[]; dataset: Term; distributions: Term[] }) {
  const {
    words: { t },
    site,
  } = page
  const [{ rule, profile, path }] = group as [Finding]
  const places = group.filter(({ focus, value }) => focus !== dataset.value || (value !== undefined && value !== null))
  const unshown = resultsIn(places.slice(placesShown))
  return (
    <li class="finding">
      <p class="finding-message">
        <RuleText page={page} rule={rule} part="message" />
      </p>
      <p class="finding-advice">
        <RuleText page={page} rule={rule} part="advice" />
      </p>
      {places.length > 0 && (
        <ul class="places">
          {places.slice(0, placesShown).map(({ focus, value }) => {
            const file = distributions.findIndex(each => each.value === focus)
            return (
              <li>
                {focus === dataset.value ? null : file >= 0 ? (
                  <a href={`#${anchorOf(distributions[file]!)}`}>{t('findings.file', { n: page.words.number(file + 1) })}</a>
                ) : (
                  <bdi class="code" dir="ltr">
                    {focus}
                  </bdi>
                )}
                {value !== undefined && value !== null && (
                  <>
                    {' '}
                    <q class="value-said" lang="">
                      <bdi>{value}</bdi>
                    </q>
                    <Meant page={page} value={value} />
                  </>
                )}
              </li>
            )
          })}
          {unshown > 0 && <li>{t('findings.more', { count: unshown })}</li>}
        </ul>
      )}
      <p class="finding-end">
        <bdi class="code" dir="ltr">
          {path
            ? path
                .split(/[/|](?=http)/)
                .map(compact)
                .slice(0, 2)
                .join(' / ')
            : (site.rules.get(rule)?.name ?? rule)}
        </bdi>{' '}
        <bdi dir="ltr">{profile}</bdi>
      </p>
    </li>
  )
}

/** What was probably meant by a code that no list has. */
function Meant({ page, value }: { page: Page; value: string }) {
  const concept = meantBy(value, page.site.publication.vocabulary)
  if (!concept) return null
  return <> {page.words.t('findings.meant', { code: concept.slug })}</>
}

/** What a rule says in the language of the page. */
export function RuleText({ page, rule, part }: { page: Page; rule: string; part: 'message' | 'advice' }) {
  const known = page.site.rules.get(rule)
  if (known && choose(known[part], page.reading)) return <OurText page={page} texts={known[part]} />
  return part === 'message' ? <bdi dir="ltr">{known?.name ?? rule}</bdi> : null
}
