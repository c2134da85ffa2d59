import { paths } from '../../config/addresses.ts'
import type { Page } from '../page/page.ts'
import { Layout } from './layout.tsx'

/** A question to begin with. */
export interface Example {
  title: string
  query: string
}

/** The query editor, with questions to begin with. Without JavaScript a plain form asks the same endpoint. */
export function SparqlView({ page, examples, query }: { page: Page; examples: Example[]; query?: string | undefined }) {
  const {
    words: { t },
  } = page
  return (
    <Layout
      page={page}
      title={t('sparql.title')}
      description={t('sparql.text')}
      styles={['yasgui/yasgui.min.css', 'site/sparql.css']}
      scripts={['yasgui/yasgui.min.js', 'site/sparql.js']}
    >
      <div class="head">
        <div class="wrap">
          <h1>{t('sparql.title')}</h1>
          <p class="head-text">{t('sparql.text')}</p>
        </div>
      </div>
      <div class="wrap band">
        <h2>{t('sparql.examples')}</h2>
        <ul class="examples">
          {examples.map(each => (
            <li>
              <a href={page.to(paths.sparql, new URLSearchParams({ query: each.query }))} data-query={each.query}>
                {each.title}
              </a>
            </li>
          ))}
        </ul>
        <div id="editor" dir="ltr" data-run={query ? 'yes' : undefined}>
          <form action={paths.sparql} method="get">
            <label for="query">{t('sparql.query')}</label>
            <textarea id="query" name="query" rows={14} dir="ltr" spellcheck={false}>
              {query ?? examples[0]!.query}
            </textarea>
            <input type="hidden" name="format" value="json" />
            <button class="button" type="submit">
              {t('sparql.run')}
            </button>
          </form>
        </div>
        <p class="soft">
          {t('sparql.endpoint')}{' '}
          <bdi class="code" dir="ltr">
            {page.origin + paths.sparql}
          </bdi>
        </p>
      </div>
    </Layout>
  )
}
