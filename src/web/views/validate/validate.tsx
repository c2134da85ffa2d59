import { paths } from '../../../config/addresses.ts'
import type { Page } from '../../page/page.ts'
import { Head } from '../head.tsx'
import { Layout } from '../layout.tsx'

/** Validate before you publish: a text, a file or an address is looked at, and nothing of it is kept but the verdict. */
export function ValidateView({ page, profiles }: { page: Page; profiles: string[] }) {
  const { t } = page.words
  return (
    <Layout page={page} title={t('validate.title')} description={t('validate.text')}>
      <Head title={t('validate.title')} text={t('validate.text')} />
      <div class="wrap two">
        <div class="two-main">
          <CheckForm page={page} profiles={profiles} />
        </div>
        <aside class="two-side">
          <section class="panel" aria-labelledby="for-programs">
            <h2 id="for-programs">{t('validate.programs')}</h2>
            <p class="soft">{t('validate.programs_text')}</p>
            <pre class="code raw" dir="ltr" tabindex={0}>
              {`curl --data-binary @catalogue.ttl \\\n  -H 'Content-Type: text/turtle' \\\n  -H 'Accept: application/json' \\\n  ${page.origin}${paths.check}`}
            </pre>
            <p class="soft">{t('validate.formats')}</p>
          </section>
        </aside>
      </div>
    </Layout>
  )
}

function CheckForm({ page, profiles }: { page: Page; profiles: string[] }) {
  const { site, words, language } = page
  const { t } = words
  const usual = site.publication.catalogue.compliance
  return (
    <form class="check" action={page.to(paths.check)} method="post" enctype="multipart/form-data">
      <div class="check-part">
        <label for="text">{t('validate.paste')}</label>
        <textarea id="text" name="text" rows={12} dir="ltr" spellcheck={false} aria-describedby="kinds" />
        <p class="soft" id="kinds">
          {t('validate.kinds')}
        </p>
      </div>
      <div class="check-part">
        <label for="file">{t('validate.file')}</label>
        <input id="file" name="file" type="file" accept=".ttl,.rdf,.xml,.jsonld,.json,.nt,.nq,.trig,.owl,.n3" />
      </div>
      <div class="check-part">
        <label for="url">{t('validate.url')}</label>
        <input id="url" name="url" type="url" dir="ltr" placeholder="https://data.example.org/catalog.ttl" inputmode="url" />
      </div>
      <div class="check-row">
        <div class="check-part">
          <label for="profile">{t('validate.profile')}</label>
          <select id="profile" name="profile">
            {profiles.map(name => (
              <option value={name} selected={name === usual}>
                {name}
              </option>
            ))}
          </select>
        </div>
        <div class="check-part">
          <label for="lang">{t('validate.language')}</label>
          <select id="lang" name="lang">
            {site.languages.map(each => (
              <option value={each} selected={each === language} lang={each}>
                {site.words.get(each)!.t('meta.name')}
              </option>
            ))}
          </select>
        </div>
        <button class="button" type="submit">
          {t('validate.button')}
        </button>
      </div>
      <p class="soft">{t('validate.kept')}</p>
    </form>
  )
}
