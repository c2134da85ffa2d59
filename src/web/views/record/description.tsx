import type { Page } from '../../page/page.ts'
import { Paragraphs } from '../parts.tsx'

type Texts = Record<string, string>

/** Languages that have a tab of their own. */
const most = 6

/**
 * What a dataset is, in the reader's language first; each other language is a tab, a radio button that needs no script, with the title in it. Texts of which
 * nobody says the language come first where there is none of the reader's.
 */
export function Description({ page, titles, descriptions }: { page: Page; titles: Texts; descriptions: Texts }) {
  const { site, words, reading } = page
  const rank = (language: string) => (reading.includes(language) ? reading.indexOf(language) : reading.length)
  const languages = [...new Set([...Object.keys(descriptions), ...Object.keys(titles)])].sort((a, b) => rank(a) - rank(b)).slice(0, most)
  // What has a description goes before what has only a title.
  languages.sort((a, b) => Number(b in descriptions) - Number(a in descriptions))
  const [first] = languages
  if (first === undefined) return null
  if (languages.length === 1) return descriptions[first] ? <Paragraphs page={page} text={descriptions[first]} language={first} /> : null
  return (
    <div class="tongues" role="group" aria-label={words.t('nav.language')}>
      {languages.map((language, at) => (
        <>
          <input type="radio" name="tongue" id={`tongue-${at}`} class="tongue-choice" checked={at === 0} autocomplete="off" />
          <label for={`tongue-${at}`} lang={language === 'und' ? undefined : language}>
            {site.words.get(language)?.t('meta.name') ?? (language === 'und' ? '?' : language)}
          </label>
        </>
      ))}
      {languages.map((language, at) => (
        <div class="tongue">
          {at > 0 && titles[language] && (
            <p class="tongue-title" dir="auto" lang={language}>
              {titles[language]}
            </p>
          )}
          {descriptions[language] && <Paragraphs page={page} text={descriptions[language]} language={language} />}
        </div>
      ))}
    </div>
  )
}
