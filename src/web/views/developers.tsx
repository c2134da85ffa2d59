import { paths } from '../../config/addresses.ts'
import type { Page } from '../page/page.ts'
import { Head } from './head.tsx'
import { Layout } from './layout.tsx'
import { WaysOut } from './ways-out.tsx'

/** Every way by which programs get at the catalogue, and where they are explained. */
export function DevelopersView({ page, help }: { page: Page; help: boolean }) {
  const { t } = page.words
  return (
    <Layout page={page} title={t('developers.title')} description={t('developers.text')}>
      <Head title={t('developers.title')} text={t('developers.text')}>
        <p class="forms">
          {help && <a href={page.to(paths.text('help-developers'))}>{t('developers.help')}</a>}
          <a href={page.to(paths.validate)}>{t('validate.title')}</a>
          <a href={page.to(paths.profiles)}>{t('standards.title')}</a>
          <a href={page.to(paths.vocabulary)}>{t('developers.vocabulary')}</a>
        </p>
      </Head>
      <div class="wrap band">
        <h2 class="hidden">{t('developers.ways')}</h2>
        <WaysOut page={page} all />
      </div>
    </Layout>
  )
}
