import { paths } from '../../config/addresses.ts'
import type { ownTerms } from '../../outlets/vocabulary.ts'
import { graphFormats } from '../../rdf/formats.ts'
import { compact } from '../../rdf/namespaces.ts'
import { choose } from '../../words/choose.ts'
import type { Page } from '../page/page.ts'
import { Head } from './head.tsx'
import { Layout } from './layout.tsx'
import { OurText } from './parts.tsx'

/** The terms that the catalogue adds to DCAT and its kin: what each is called, what it means, what it is. */
export function VocabularyView({ page, own: { title, description, terms } }: { page: Page; own: ReturnType<typeof ownTerms> }) {
  return (
    <Layout page={page} title={choose(title, page.reading)?.text ?? 'fihrist:'}>
      <Head title={<OurText page={page} texts={title} />} text={<OurText page={page} texts={description} />}>
        <p class="forms">
          {graphFormats.map(({ extension, label }) => (
            <a href={`${paths.vocabulary}.${extension}`} rel="alternate">
              <bdi dir="ltr">{label}</bdi>
            </a>
          ))}
        </p>
      </Head>
      <div class="wrap band">
        <dl class="vocabulary">
          {terms.map(({ name, label, comment, kinds }) => (
            <div id={name}>
              <dt>
                <OurText page={page} texts={label} />{' '}
                <a href={`#${name}`} class="code">
                  <bdi dir="ltr">fihrist:{name}</bdi>
                </a>
              </dt>
              <dd>
                <OurText page={page} texts={comment} />{' '}
                <bdi class="soft code" dir="ltr">
                  {kinds.map(compact).join(', ')}
                </bdi>
              </dd>
            </div>
          ))}
        </dl>
      </div>
    </Layout>
  )
}
