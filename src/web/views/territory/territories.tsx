import { paths } from '../../../config/addresses.ts'
import type { Page } from '../../page/page.ts'
import { nameOf } from '../../page/reading.ts'
import type { Territory } from '../../page/territories.ts'
import { Head } from '../head.tsx'
import { Layout } from '../layout.tsx'
import { Tiles } from './tiles.tsx'

/** The places of the edition: a map of tiles, and the tree of all of them with their datasets. */
export function TerritoriesView({ page, territories }: { page: Page; territories: Territory[] }) {
  const { t } = page.words
  return (
    <Layout page={page} title={t('territories.title')} description={t('territories.text')}>
      <Head title={t('territories.title')} text={t('territories.text')} />
      <div class="wrap territories">
        <Tiles page={page} territories={territories} />
        <Tree page={page} territories={territories} />
      </div>
    </Layout>
  )
}

function Tree({ page, territories }: { page: Page; territories: Territory[] }) {
  return (
    <ul class="tree">
      {territories.map(({ concept, count, within }) => (
        <li>
          <a href={page.to(paths.territory(encodeURIComponent(concept.slug)))} class={count === 0 ? 'zero' : undefined}>
            <bdi>{nameOf(page, concept.iri) ?? concept.slug}</bdi>
          </a>{' '}
          <span class="tally" aria-hidden="true">
            {page.words.number(count)}
          </span>
          <span class="hidden">{page.words.t('count.datasets', { count, n: page.words.number(count) })}</span>
          {within.length > 0 && <Tree page={page} territories={within} />}
        </li>
      ))}
    </ul>
  )
}
