import { choose } from '../../words/choose.ts'
import { markdown } from '../page/markdown.ts'
import type { Page } from '../page/page.ts'
import type { TextPage } from '../site/texts.ts'
import { Head } from './head.tsx'
import { Layout } from './layout.tsx'
import { PortalText } from './parts.tsx'

/** A page that the edition wrote itself; in another language where it has none in the reader's. */
export function TextView({ page, text: { slug, titles, bodies } }: { page: Page; text: TextPage }) {
  const title = choose(titles, page.reading)!
  const body = markdown(bodies[title.language] ?? '', page.to)
  const foreign = title.language !== page.language
  return (
    <Layout page={page} title={title.text}>
      <Head title={<PortalText page={page} texts={titles} fallback={slug} />} />
      <div class="wrap text-page" lang={foreign ? title.language : undefined} dir={foreign ? 'auto' : undefined} dangerouslySetInnerHTML={{ __html: body }} />
    </Layout>
  )
}
