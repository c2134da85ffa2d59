import { paths } from '../../../config/addresses.ts'
import type { MadeCorrection } from '../../../ledger/records/corrections.ts'
import type { RecordRow } from '../../../ledger/records/records.ts'
import { correctable, correctableBy } from '../../page/corrections.ts'
import type { Page } from '../../page/page.ts'
import { nameOf } from '../../page/reading.ts'
import { Labelled } from '../programme/field.tsx'
import { Signed } from './frame.tsx'

interface Shown {
  page: Page
  sign: string
  record: RecordRow
  corrections: MadeCorrection[]
  fault: string | undefined
}

/** What is said of a dataset in the place of its portal, by whom; and the form that says more. */
export function Corrections({ page, sign, record, corrections, fault }: Shown) {
  const {
    words: { t, date },
    site,
  } = page
  const { catalogue } = site.publication
  const languageName = (language: string) => site.words.get(language)?.t('meta.name') ?? language
  return (
    <section class="block" aria-labelledby="corrections">
      <h2 id="corrections">{t('steward.corrections')}</h2>
      <p class="soft">{t('steward.corrections_text')}</p>
      <ul class="plain portals">
        {corrections.map(({ property, value, language, name, at }) => (
          <li>
            <span>
              <strong>{t(`steward.property.${correctableBy(property)?.name}`)}</strong>
              {language && ` (${languageName(language)})`}: <bdi lang={language ?? undefined}>{language ? value : (nameOf(page, value) ?? value)}</bdi>
              <br />
              <span class="soft">
                <bdi>{name}</bdi>, {date(at)}
              </span>
            </span>
            <form method="post" action={page.to(paths.keptRecord(record.id))}>
              <Signed sign={sign} />
              <input type="hidden" name="property" value={correctableBy(property)?.name} />
              <input type="hidden" name="language" value={language ?? ''} />
              <button class="button button-quiet" type="submit" name="do" value="take-back">
                {t('steward.take_back')}
              </button>
            </form>
          </li>
        ))}
      </ul>
      <form class="form" method="post" action={page.to(paths.keptRecord(record.id))}>
        <Signed sign={sign} />
        <Labelled page={page} name="property" label={t('steward.head.property')}>
          <select id="property" name="property">
            {correctable.map(({ name }) => (
              <option value={name}>{t(`steward.property.${name}`)}</option>
            ))}
          </select>
        </Labelled>
        <Labelled page={page} name="language" label={t('steward.head.text_language')}>
          <select id="language" name="language">
            {catalogue.languages.map(language => (
              <option value={language} selected={language === page.language}>
                {languageName(language)}
              </option>
            ))}
          </select>
        </Labelled>
        <Labelled
          page={page}
          name="value"
          label={t('steward.head.value')}
          hint={t('steward.value_hint')}
          fault={fault === undefined ? undefined : { key: fault, values: {} }}
        >
          <textarea id="value" name="value" rows={3} required maxlength={20_000} dir="auto" aria-describedby="value-hint" />
        </Labelled>
        <p>
          <button class="button" type="submit" name="do" value="correct">
            {t('steward.correct')}
          </button>
        </p>
      </form>
    </section>
  )
}
