import { choose } from '../../words/choose.ts'
import { printed } from '../../words/print.ts'
import { markdown } from '../page/markdown.ts'
import type { Page } from '../page/page.ts'
import type { TextPage } from '../site/texts.ts'
import { Head } from './head.tsx'
import { Layout } from './layout.tsx'
import { OurText } from './parts.tsx'

/** A page that the edition wrote itself; in another language where it has none in the reader's. */
export function TextView({ page, text: { titles, bodies } }: { page: Page; text: TextPage }) {
  const title = choose(titles, page.reading)!
  const body = markdown(bodies[title.language] ?? '', page.to, text => printed(text, title.language))
  const foreign = title.language !== page.language
  return (
    <Layout page={page} title={printed(title.text, title.language)}>
      <Head title={<OurText page={page} texts={titles} />} />
      <div class="wrap text-page" lang={foreign ? title.language : undefined} dir={foreign ? 'auto' : undefined} dangerouslySetInnerHTML={{ __html: body }} />
    </Layout>
  )
}
