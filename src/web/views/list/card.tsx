import { paths } from '../../../config/addresses.ts'
import type { Reading } from '../../../ledger/records/matching.ts'
import type { Dimension, Sort } from '../../../ledger/records/search.ts'
import { excerpt, marked, type Marked } from '../../../ledger/search/marks.ts'
import { rating } from '../../../validate/quality/points.ts'
import { choose } from '../../../words/choose.ts'
import { shortName } from '../../page/bodies.ts'
import type { Page } from '../../page/page.ts'
import { type ListedRecord } from '../../page/query.ts'
import { Badge, FacetName, langOf } from '../parts.tsx'

interface CardProps {
  page: Page
  card: ListedRecord
  level?: 'h2' | 'h3'
  /** Which date it shows; that of the publisher where nothing is said. */
  sort?: Sort
  /** The words that found it. */
  reading?: Reading | undefined
  /** The body that the page is about: its name is not said once more. */
  by?: string | undefined
}

/** Letters of a description that a card shows. */
const mostShown = 320

/** One dataset in a list. */
export function Card({ page, card: { record, facets, stands }, level = 'h2', sort, reading, by }: CardProps) {
  const { words } = page
  const title = choose(record.title, page.reading) ?? { text: record.id, language: 'und' }
  const description = choose(record.description, page.reading)
  const publisher = facets.publisher?.[0]
  const [licence] = facets.licence ?? []
  const isTold = stands !== 'unknown' && record.dated !== null && record.opening === null && sort !== 'added'
  const rated = rating(record.score)
  const Heading = level
  const heading = pieces(page, title, reading)
  const text = description && excerpt(pieces(page, description, reading), mostShown)
  const isFoundThere = [...heading, ...(text ?? [])].some(({ found }) => found)
  return (
    <article class="card">
      <Heading>
        <a href={page.to(paths.dataset(record.id))}>
          <bdi lang={langOf(page, title.language)}>
            <Pieces of={heading} />
          </bdi>
        </a>
        <LanguageTag page={page} language={title.language} />
      </Heading>
      <About page={page} publisher={publisher === by ? undefined : publisher} places={narrowest(page, facets.territory ?? [])} />
      {text && (
        <p class="card-text" dir="auto" lang={langOf(page, description.language)}>
          <Pieces of={text} />
        </p>
      )}
      {reading && !isFoundThere && <Why page={page} facets={facets} reading={reading} />}
      <p class="card-end">
        <Availability page={page} opening={record.opening} availability={facets.availability?.[0]} />
        {(facets.format ?? []).slice(0, 6).map(format => (
          <Badge page={page} code={format} />
        ))}
        {licence && (
          <span class="card-licence">
            <Short page={page} dimension="licence" value={licence} />
          </span>
        )}
        <span class={isTold ? `card-date stands-${stands}` : 'card-date'}>
          <CardDate page={page} dated={record.dated} added={sort === 'added' ? record.issued : undefined} />
          {isTold && ` (${words.t(`strip.${stands}`)})`}
        </span>
        <span class={`rated rated-${rated}`}>{words.t('card.rated', { rating: words.t(`rating.${rated}`) })}</span>
      </p>
    </article>
  )
}

/** The language of a title that is not that of the page. */
function LanguageTag({ page, language }: { page: Page; language: string }) {
  if (language === page.language || language === 'und') return null
  const name = page.site.words.get(language)?.t('meta.name') ?? language
  return (
    <>
      {' '}
      <abbr class="card-language" title={name} lang="">
        {language.split('-')[0]!.slice(0, 3).toUpperCase()}
      </abbr>
    </>
  )
}

/** A value by its acronym, where it has one. */
function Short({ page, dimension, value }: { page: Page; dimension: Dimension; value: string }) {
  const concept = page.site.concept(dimension, value)
  const short = concept && shortName(page, concept)
  return short ? <bdi>{short}</bdi> : <FacetName page={page} dimension={dimension} value={value} />
}

/** Who publishes it, and which places it is about. */
function About({ page, publisher, places }: { page: Page; publisher: string | undefined; places: string[] }) {
  const names: [Dimension, string][] = [
    ...(publisher ? [['publisher', publisher] as [Dimension, string]] : []),
    ...places.map((place): [Dimension, string] => ['territory', place]),
  ]
  if (names.length === 0) return null
  return (
    <p class="card-by">
      {names.map(([dimension, value], at) => (
        <>
          {at > 0 && ' · '}
          <FacetName page={page} dimension={dimension} value={value} />
        </>
      ))}
    </p>
  )
}

const mostPlaces = 3

/** The places that hold no other of them; none where there are many. */
function narrowest({ site }: Page, slugs: string[]): string[] {
  const places = slugs.flatMap(slug => site.concept('territory', slug) ?? [])
  const found = places.filter(({ iri }) => !places.some(({ broader }) => broader === iri)).map(({ slug }) => slug)
  return found.length > mostPlaces ? [] : found
}

/** A text with what the search found in it. */
const pieces = ({ site }: Page, { text, language }: { text: string; language: string }, reading: Reading | undefined): Marked[] =>
  reading ? marked(text.slice(0, 5000), language, reading.groups, site.publication.vocabulary.subjects) : [{ text: text.slice(0, 5000), found: false }]

const Pieces = ({ of }: { of: Marked[] }) => <>{of.map(({ text, found }) => (found ? <mark>{text}</mark> : text))}</>

function CardDate({ page: { words }, dated, added }: { page: Page; dated: string | null; added: string | undefined }) {
  if (added !== undefined) return <time datetime={added}>{words.t('card.added', { date: words.date(added.slice(0, 10)) })}</time>
  return dated === null ? words.t('card.undated') : <time datetime={dated}>{words.date(dated)}</time>
}

/** What has no data yet says so, and whether it should have. */
export function Availability({ page: { words }, opening, availability }: { page: Page; opening: string | null; availability: string | undefined }) {
  if (availability === 'none') return <span class="unopened">{words.t('card.no_file')}</span>
  if (opening === null) return null
  const late = opening.slice(0, 10) < new Date().toISOString().slice(0, opening.length)
  return <span class={late ? 'unopened late' : 'unopened'}>{words.t(late ? 'card.late' : 'card.announced', { date: words.date(opening.slice(0, 7)) })}</span>
}

/** What found a record where neither its title nor what is shown of its description has the words. */
function Why({ page, facets, reading }: { page: Page; facets: ListedRecord['facets']; reading: Reading }) {
  const { t } = page.words
  const values = reading.groups
    .flatMap(({ named }) => named)
    .map(name => ({ dimension: name.slice(0, name.indexOf(' ')) as Dimension, value: name.slice(name.indexOf(' ') + 1) }))
    .filter(({ dimension, value }) => facets[dimension]?.includes(value))
  if (values.length === 0) return null
  return (
    <p class="card-why">
      {t('card.why')}{' '}
      {values.map(({ dimension, value }) => (
        <span>
          {t(`facet.${dimension}`)} <FacetName page={page} dimension={dimension} value={value} />
        </span>
      ))}
    </p>
  )
}
