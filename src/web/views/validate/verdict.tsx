import { paths } from '../../../config/addresses.ts'
import type { Grouped } from '../../../validate/checks/grouped.ts'
import { lineOf } from '../../../validate/verdicts/text.ts'
import type { Page } from '../../page/page.ts'
import { Layout } from '../layout.tsx'
import { Fact, OurText, Pill } from '../parts.tsx'

/** What was found in a feed: rule by rule, where, and what to do about it. */
export function VerdictView({ page, verdict }: { page: Page; verdict: Grouped }) {
  const { t, number, moment } = page.words
  const { conforms, profile, counts, datasets, quality, rules, name, at } = verdict
  return (
    <Layout page={page} title={t('validate.verdict')}>
      <div class="head">
        <div class="wrap">
          <p class="crumbs">
            <a href={page.to(paths.validate)}>{t('validate.title')}</a>
          </p>
          <h1>{t('validate.verdict')}</h1>
          <p class="head-by">
            <Pill kind={conforms ? 'complete' : 'violation'}>{t(conforms ? 'validate.conforms' : 'validate.conforms_not', { profile })}</Pill>{' '}
            {name && <bdi dir="ltr">{name}</bdi>}
          </p>
        </div>
      </div>
      <div class="wrap two">
        <div class="two-main">
          {datasets === 0 && <p class="notice notice-warning">{t('validate.no_dataset')}</p>}
          <section class="block" aria-labelledby="mend">
            <h2 id="mend">{t('findings.title')}</h2>
            {rules.length === 0 && <p class="soft">{t('findings.none')}</p>}
            <ol class="findings">
              {rules.map(rule => (
                <Rule page={page} rule={rule} />
              ))}
            </ol>
          </section>
        </div>
        <aside class="two-side">
          <section class="panel" aria-labelledby="facts">
            <h2 id="facts">{t('validate.summary')}</h2>
            <dl class="facts">
              <Fact name={t('validate.profile')}>
                <bdi class="code">{profile}</bdi>
              </Fact>
              <Fact name={t('nav.datasets')}>{number(datasets)}</Fact>
              {(['violation', 'warning', 'info'] as const).map(severity => (
                <Fact name={t(`level.${severity}`)}>{number(counts[severity])}</Fact>
              ))}
              <Fact name={t('quality.short')}>
                {datasets > 0 && `${t('quality.points', { score: number(quality.score), most: number(quality.max) })} (${t(`rating.${quality.rating}`)})`}
              </Fact>
              <Fact name={t('validate.at')}>
                <time datetime={at}>{moment(at)}</time>
              </Fact>
            </dl>
            <p class="soft">{t('validate.share')}</p>
            <p>
              <a class="button button-quiet" href={page.to(paths.validate)}>
                {t('validate.another')}
              </a>
            </p>
          </section>
        </aside>
      </div>
    </Layout>
  )
}

function Rule({ page, rule: { severity, message, constraint, advice, places, first } }: { page: Page; rule: Grouped['rules'][number] }) {
  const { t } = page.words
  return (
    <li class="finding">
      <p class="finding-message">
        <Pill kind={severity}>{t(`level.${severity}`)}</Pill> {Object.keys(message).length > 0 ? <OurText page={page} texts={message} /> : constraint}
      </p>
      <p class="finding-advice">
        <OurText page={page} texts={advice} />
      </p>
      <details class="places-said" open={first.some(({ meant }) => meant !== undefined)}>
        <summary>{t('validate.places', { count: places })}</summary>
        <ul class="plain">
          {first.map(({ where, meant, line, column, excerpt }) => (
            <li>
              {line !== undefined && <span class="soft">{lineOf({ line, ...(column !== undefined && { column }) }, page.words)} </span>}
              <bdi class="code" dir="ltr">
                {where}
              </bdi>
              {meant && <span class="soft"> {t('validate.meant', { meant })}</span>}
              {excerpt && (
                <pre class="code" dir="ltr">
                  {excerpt}
                </pre>
              )}
            </li>
          ))}
          {places > first.length && <li class="soft">{t('findings.more', { count: places - first.length })}</li>}
        </ul>
      </details>
    </li>
  )
}
