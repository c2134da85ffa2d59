import type { ComponentChildren } from 'preact'
import { paths } from '../../config/addresses.ts'
import type { Dimension } from '../../ledger/records/search.ts'
import { choose } from '../../words/choose.ts'
import { printed } from '../../words/print.ts'
import { wordsIn } from '../../words/words.ts'
import { cut, mostLetters } from '../page/cut.ts'
import type { Page } from '../page/page.ts'
import { facetText } from '../page/query.ts'

/** The mark of a text in another language than the page; nobody knows which that of `und` is. */
export const langOf = (page: Page, language: string) => (language === page.language ? undefined : language === 'und' ? '' : language)

/** A text of a portal in the best language there is, marked with its own language and direction. */
export function PortalText({ page, texts, fallback }: { page: Page; texts: Record<string, string>; fallback?: string }) {
  const chosen = choose(texts, page.reading)
  return chosen ? <bdi lang={langOf(page, chosen.language)}>{cut(chosen.text, mostLetters.title)}</bdi> : <bdi>{fallback ?? page.words.t('untitled')}</bdi>
}

/** The same, as paragraphs. */
export function Paragraphs({ page, text, language }: { page: Page; text: string; language: string }) {
  return (
    <div class="prose" dir="auto" lang={langOf(page, language)}>
      {cut(text, mostLetters.text)
        .split(/\n\s*\n/)
        .map(paragraph => (
          <p>{paragraph.split('\n').flatMap((line, at) => (at ? [<br />, line] : [line]))}</p>
        ))}
    </div>
  )
}

/** A value of a facet by its name. */
export function FacetName({ page, dimension, value }: { page: Page; dimension: Dimension; value: string }) {
  const { text, language } = facetText(page, dimension, value)
  return <bdi lang={langOf(page, language)}>{cut(printed(text, language), mostLetters.title)}</bdi>
}

/** A source by its title; one that the edition no longer has has no page. */
export function SourceName({ page, id }: { page: Page; id: string }) {
  const name = <FacetName page={page} dimension="source" value={id} />
  return page.site.source(id) ? <a href={page.to(paths.source(id))}>{name}</a> : name
}

/** Dates in digits and addresses: within Arabic they would be shown from their end to their beginning. */
const leftToRight = /(https?:\/\/[^\s)»]*[^\s)».,;:]|\d{4}-\d{2}(?:-\d{2})?)/

/** A text of ours in the best language there is, in the direction of that, whatever it begins with; dates and addresses in it keep their order. */
export function OurText({ page, texts }: { page: Page; texts: Record<string, string> }) {
  const chosen = choose(texts, page.reading)
  return chosen ? (
    <bdi lang={langOf(page, chosen.language)} dir={wordsIn(chosen.language).direction}>
      {printed(chosen.text, chosen.language)
        .split(leftToRight)
        .map((part, at) => (at % 2 ? <bdi dir="ltr">{part}</bdi> : part))}
    </bdi>
  ) : null
}

/** The sentence of a problem: in English, or, of an inventory, in the language of who keeps it. */
export function Sentence({ text, language, kind }: { text: string; language: string; kind: string }) {
  return (
    <p class={kind} lang={language} dir={wordsIn(language).direction}>
      {text}
    </p>
  )
}

/** Addresses that a page may lead to; `javascript:` and the like are text. */
export const isLink = (iri: string): boolean => /^(https?|ftp|mailto|tel):/i.test(iri)

/** An address of somebody else's. */
export function Away({ href, children }: { href: string; children?: string }) {
  const text = children ?? decoded(href.replace(/^(mailto|tel):/i, ''))
  return isLink(href) ? (
    <a class="away" href={href} rel="external nofollow noopener">
      <bdi dir={children ? undefined : 'ltr'}>{text}</bdi>
    </a>
  ) : (
    <bdi dir="ltr">{text}</bdi>
  )
}

function decoded(iri: string): string {
  try {
    return decodeURI(iri)
  } catch {
    return iri
  }
}

/** The format of a file, coloured by its family. */
export function Badge({ page, code, children }: { page: Page; code: string; children?: string }) {
  return (
    <bdi class={`badge badge-${page.site.concept('format', code)?.family ?? 'other'}`} dir="ltr">
      {children ?? code.replace(/_SRVC$/, '').replaceAll('_', ' ')}
    </bdi>
  )
}

/** A state in a word, with a colour that is never the only sign. */
export function Pill({ kind, children }: { kind: string; children: string }) {
  return <span class={`pill pill-${kind}`}>{children}</span>
}

/** One more line of a list of facts; nothing where nothing is known. */
export function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  const empty = children === undefined || children === null || children === false || children === '' || (Array.isArray(children) && children.length === 0)
  return empty ? null : (
    <div class="fact">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
