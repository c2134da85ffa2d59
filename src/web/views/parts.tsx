import type { ComponentChildren } from 'preact'
import { paths } from '../../config/addresses.ts'
import { facetLabel } from '../page/query.ts'
import type { Page } from '../page/page.ts'
import { choose } from '../../words/choose.ts'
import { wordsIn } from '../../words/words.ts'

const lang = (language: string) => (language === 'und' ? undefined : language)

/** A text of a portal in the best language there is, marked with its own language and direction. */
export function Said({ page, texts, fallback }: { page: Page; texts: Record<string, string>; fallback?: string }) {
  const chosen = choose(texts, page.reading)
  return chosen ? (
    <bdi lang={chosen.language === page.language ? undefined : lang(chosen.language)}>{chosen.text}</bdi>
  ) : (
    <bdi>{fallback ?? page.words.t('untitled')}</bdi>
  )
}

/** The same, as paragraphs. */
export function Paragraphs({ page, text, language }: { page: Page; text: string; language: string }) {
  return (
    <div class="prose" dir="auto" lang={language === page.language ? undefined : lang(language)}>
      {text.split(/\n\s*\n/).map(paragraph => (
        <p>{paragraph.split('\n').flatMap((line, at) => (at ? [<br />, line] : [line]))}</p>
      ))}
    </div>
  )
}

/** A source by its title; one that the edition no longer has has no page. */
export function SourceName({ page, id }: { page: Page; id: string }) {
  const name = <bdi>{facetLabel(page, 'source', id)}</bdi>
  return page.site.source(id) ? <a href={page.to(paths.source(id))}>{name}</a> : name
}

/** Dates in digits and addresses: within Arabic they would be shown from their end to their beginning. */
const leftToRight = /(https?:\/\/[^\s)»]*[^\s)».,;:]|\d{4}-\d{2}(?:-\d{2})?)/

/** A text of ours in the best language there is, of which dates and addresses keep their order. */
export function Told({ page, texts }: { page: Page; texts: Record<string, string> }) {
  const chosen = choose(texts, page.reading)
  return chosen ? (
    <bdi lang={chosen.language === page.language ? undefined : lang(chosen.language)}>
      {chosen.text.split(leftToRight).map((part, at) => (at % 2 ? <bdi dir="ltr">{part}</bdi> : part))}
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

/** A table that scrolls within the page where it is wider, by the keyboard too. `kind` is what its style sheet makes of it: `numbers`, smaller and closer together, for one of many figures. */
export function Table({
  label,
  heads,
  kind,
  children,
}: {
  label: string
  heads: string[]
  kind?: 'numbers' | 'versions' | 'differences'
  children: ComponentChildren
}) {
  return (
    <div class="scroll" tabindex={0} role="region" aria-label={label}>
      <table class={kind}>
        <thead>
          <tr>
            {heads.map(head => (
              <th scope="col">{head}</th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  )
}

/** Links to the pages before and after. */
export function Pages({ page, at, last }: { page: Page; at: number; last: number }) {
  if (last < 2) return null
  const { t, number } = page.words
  const to = (next: number) => {
    const query = new URLSearchParams(page.query)
    query.delete('page')
    if (next > 1) query.set('page', String(next))
    return page.to(page.path, query)
  }
  const near = [...new Set([1, at - 1, at, at + 1, last])].filter(each => each >= 1 && each <= last)
  return (
    <nav class="pages" aria-label={t('pages.label')}>
      {at > 1 && (
        <a rel="prev" href={to(at - 1)}>
          {t('pages.previous')}
        </a>
      )}
      <ol>
        {near.flatMap((each, index) => [
          index > 0 && each - near[index - 1]! > 1 ? <li aria-hidden="true">…</li> : null,
          <li>
            <a href={to(each)} aria-current={each === at ? 'page' : undefined} aria-label={t('pages.page', { page: number(each) })}>
              {number(each)}
            </a>
          </li>,
        ])}
      </ol>
      {at < last && (
        <a rel="next" href={to(at + 1)}>
          {t('pages.next')}
        </a>
      )}
    </nav>
  )
}
