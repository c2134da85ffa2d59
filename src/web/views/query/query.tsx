import { paths } from '../../../config/addresses.ts'
import type { Page } from '../../page/page.ts'
import { Head } from '../head.tsx'
import { Layout } from '../layout.tsx'
import { AnswerView, summaryOf, type Asked } from './answer.tsx'

/** A question to begin with. */
export interface Example {
  title: string
  query: string
}

/** The query page: a form and its answer, which need no script; with one, an editor takes the place of the text field. */
export function QueryView({ page, examples, asked }: { page: Page; examples: Example[]; asked?: Asked | undefined }) {
  const { t } = page.words
  return (
    <Layout page={page} title={t('sparql.title')} description={t('sparql.text')} styles={['site/query.css']} scripts={['browser/query-page.js']}>
      <Head title={t('sparql.title')} text={t('sparql.text')} />
      <div class="wrap ask">
        <Examples page={page} examples={examples} asked={asked?.query} />
        <div class="ask-main">
          <form
            id="ask"
            action={page.to(paths.sparql)}
            method="get"
            data-terms={page.to(paths.sparqlTerms)}
            data-label={t('sparql.query')}
            data-suggestions={t('sparql.suggestions')}
            data-busy={t('sparql.busy')}
            data-stopped={t('sparql.stopped')}
            data-failed={t('sparql.failed')}
          >
            <label for="query">{t('sparql.query')}</label>
            <textarea id="query" name="query" rows={16} dir="ltr" spellcheck={false} autocapitalize="off" autocomplete="off">
              {asked?.query ?? examples[0]?.query ?? ''}
            </textarea>
            <div class="ask-bar">
              <button class="button" type="submit">
                {t('sparql.run')}
              </button>
              <button class="button button-quiet" type="button" id="stop" hidden>
                {t('sparql.stop')}
              </button>
              <p id="said" role="status">
                {summaryOf(page, asked)}
              </p>
            </div>
            <p class="soft ask-keys" id="keys" hidden>
              {t('sparql.keys')}
            </p>
          </form>
          <AnswerView page={page} asked={asked} />
          <p class="soft endpoint">
            {t('sparql.endpoint')}{' '}
            <bdi class="code" dir="ltr">
              {page.origin + paths.sparql}
            </bdi>
          </p>
        </div>
      </div>
    </Layout>
  )
}

/** Beside the editor; where the page is narrow, folded away above it. */
function Examples({ page, examples, asked }: { page: Page; examples: Example[]; asked: string | undefined }) {
  const { t } = page.words
  return (
    <details id="examples" class="filters examples">
      <summary>{t('sparql.examples')}</summary>
      <h2>{t('sparql.examples')}</h2>
      <ul>
        {examples.map(({ title, query }) => (
          <li>
            <a href={page.to(paths.sparql, new URLSearchParams({ query }))} data-query={query} aria-current={query === asked ? 'true' : undefined}>
              {title}
            </a>
          </li>
        ))}
      </ul>
    </details>
  )
}
