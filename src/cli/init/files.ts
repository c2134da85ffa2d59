import { catalogueText } from '../../config/catalogue-text.ts'
import { euLists } from '../../vocabulary/lists.ts'
import type { Vocabulary } from '../../vocabulary/vocabulary.ts'
import { shippedLanguages } from '../../words/words.ts'
import { localLists } from './lists.ts'
import { slugOf, type Wished } from './wished.ts'

/** The files of a new edition: text by path. */
export const editionFiles = (wished: Wished, concepts: Vocabulary['concepts']): Map<string, string> =>
  new Map([
    ['catalogue.yaml', catalogueText({ ...wished, publisher: slugOf(wished.publisher) })],
    ['README.md', readme],
    ['.gitignore', 'data/\nnode_modules/\n'],
    ['harvesters/README.md', 'One file a portal: `npx fihrist probe URL --write` begins it, `npx fihrist check` reads it.\n'],
    [
      'shapes/README.md',
      'Rules of this edition, in SHACL: one file a profile, named in `profiles` of catalogue.yaml. The European standards are there without a file.\n',
    ],
    ...localLists(wished, countryOf(wished, concepts)),
    ...wished.languages.map(language => [`pages/about.${language}.md`, `# ${wished.title}\n\n${wished.publisher}\n`] as const),
    ...wished.languages.flatMap(language => wordsFor(language, wished.country)),
  ])

/** What the country is called in the languages of the edition, and its entry of the European list. */
function countryOf({ country, languages }: Wished, concepts: Vocabulary['concepts']) {
  if (country === undefined) return
  const labels = Object.fromEntries(languages.map(each => [each, new Intl.DisplayNames(each, { type: 'region' }).of(country) ?? country]))
  const english = new Intl.DisplayNames('en', { type: 'region' }).of(country)
  const european = [...concepts.values()].find(each => each.scheme === euLists.country && (each.aliases.includes(country) || each.labels['en'] === english))
  return { code: country, labels, iri: european?.iri }
}

/** A language that the program has no words in has a file for them; Arabic and others write dates as their country does. */
function wordsFor(language: string, country: string | undefined): [path: string, text: string][] {
  const hasCountry = new Intl.Locale(language).region !== undefined
  const dates = country && !hasCountry ? `${language}-${country}` : language
  if (shippedLanguages.includes(language) && language !== 'ar') return []
  return [
    [
      `words/${language}.yaml`,
      [
        '# The words of pages in this language. Sentences that are not here are shown in English; all of them stand in src/words/en.yaml of Fihrist.',
        `meta: { dates: ${dates}${language === 'ar' ? '-u-nu-latn' : ''} }`,
        '',
      ].join('\n'),
    ],
  ]
}

const readme = `# An edition of Fihrist

| what | where |
|---|---|
| what the catalogue is called, where it lies, its languages and rules | \`catalogue.yaml\` |
| portals, a file each | \`harvesters/\` |
| lists of this edition: bodies, themes, territories, licences … | \`ontologies/\` |
| rules of this edition | \`shapes/\` |
| words of languages that Fihrist has none in | \`words/\` |
| pages about the catalogue | \`pages/\` |

\`\`\`sh
npx fihrist check
npx fihrist probe https://data.example.org/ --write
npx fihrist harvest SOURCE --dry-run
npx fihrist serve
\`\`\`
`
