import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { EditorView } from '@codemirror/view'
import { tags } from '@lezer/highlight'

const mono = "ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, 'Liberation Mono', 'Noto Naskh', monospace"

/** The editor in the colours of the pages: their variables reach into it, and change with the dark mode. */
const theme = EditorView.theme({
  '&': { color: 'var(--ink)', backgroundColor: 'var(--sheet)', borderRadius: '0.45rem', fontSize: '0.9rem', maxBlockSize: 'min(34rem, 70vh)' },
  '&.cm-focused': { outline: '3px solid var(--accent)', outlineOffset: '1px' },
  '.cm-scroller': { fontFamily: mono, lineHeight: '1.6', overflow: 'auto', borderRadius: '0.45rem' },
  '.cm-content, .cm-gutter': { minBlockSize: '13rem' },
  '.cm-content': { caretColor: 'var(--ink)', paddingBlock: '0.6rem' },
  '.cm-cursor': { borderInlineStartColor: 'var(--ink)' },
  '.cm-gutters': { backgroundColor: 'var(--tint)', color: 'var(--soft)', border: 'none', borderInlineEnd: '1px solid var(--line)' },
  '.cm-activeLine': { backgroundColor: 'color-mix(in srgb, var(--brand-soft) 45%, transparent)' },
  '.cm-activeLineGutter': { backgroundColor: 'var(--brand-soft)', color: 'var(--ink)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': { backgroundColor: 'var(--brand-line)' },
  '&.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--brand-soft)', outline: '1px solid var(--brand-line)' },
  '&.cm-focused .cm-nonmatchingBracket': { backgroundColor: 'var(--bad-soft)' },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    backgroundColor: 'var(--bad-soft)',
    textDecoration: 'underline wavy var(--bad)',
    textUnderlineOffset: '0.25em',
  },
  '.cm-tooltip': { color: 'var(--ink)', backgroundColor: 'var(--sheet)', border: '1px solid var(--line-strong)', borderRadius: '0.5rem', overflow: 'hidden' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: mono, maxInlineSize: 'min(40rem, 92vw)', maxBlockSize: '16rem' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': {
    lineHeight: '1.5',
    padding: '0.2rem 0.6rem',
    display: 'flex',
    justifyContent: 'space-between',
    gap: '1.2rem',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': { backgroundColor: 'var(--brand)', color: 'var(--on-brand)' },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '700' },
  '.cm-completionDetail': {
    marginInlineStart: '0',
    fontStyle: 'normal',
    fontFamily: "'Inter Variable', 'Noto Naskh', system-ui, sans-serif",
    color: 'var(--soft)',
    unicodeBidi: 'isolate',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
  },
  'li[aria-selected] .cm-completionDetail': { color: 'inherit' },
  '.cm-diagnostic-error': {
    borderInlineStart: '4px solid var(--bad)',
    padding: '0.4rem 0.7rem',
    fontFamily: "'Inter Variable', 'Noto Naskh', system-ui, sans-serif",
  },
})

const words = HighlightStyle.define([
  { tag: tags.comment, color: 'var(--soft)' },
  { tag: tags.keyword, color: 'var(--brand)', fontWeight: '650' },
  { tag: tags.variableName, color: 'var(--accent)' },
  { tag: tags.string, color: 'var(--good)' },
  { tag: [tags.integer, tags.float, tags.bool], color: 'var(--data)' },
  { tag: tags.annotation, color: 'var(--text)' },
  { tag: [tags.namespace, tags.url, tags.typeName], color: 'var(--map)' },
])

export const look = [theme, syntaxHighlighting(words)]
