import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { bracketMatching, indentUnit } from '@codemirror/language'
import { setDiagnostics, type Diagnostic } from '@codemirror/lint'
import { EditorState, Prec } from '@codemirror/state'
import { EditorView, drawSelection, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers } from '@codemirror/view'
import { sparql } from 'codemirror-lang-sparql'
import { completion } from './completion.ts'
import { look } from './look.ts'
import type { Terms } from './terms.ts'

export interface EditorOptions {
  /** The text field that it takes the place of: it stays in the form, and holds the same text. */
  field: HTMLTextAreaElement
  label: string
  /** What the list of suggestions is called. */
  suggestions: string
  terms(): Promise<Terms>
  run(): void
}

export interface Editor {
  text: string
  focus(): void
  /** Marks where the query cannot be read, by line and column from 1; nothing where there is nothing to mark. */
  mark(fault: { line: number; column: number; message: string } | undefined): void
}

/**
 * An editor in the place of a text field. It stands in a shadow root: there its styles are adopted style sheets, which the security policy of the page
 * need not allow by name. Tab is left to the browser, so that the keyboard gets out as it got in.
 */
export function openEditor({ field, label, suggestions, terms, run }: EditorOptions): Editor {
  const host = document.createElement('div')
  host.className = 'editor'
  const root = host.attachShadow({ mode: 'open' })
  const view = new EditorView({
    parent: root,
    root,
    state: EditorState.create({
      doc: field.value,
      extensions: [
        Prec.highest(keymap.of([{ key: 'Mod-Enter', run: () => (run(), true) }])),
        lineNumbers(),
        highlightActiveLine(),
        highlightActiveLineGutter(),
        history(),
        drawSelection(),
        bracketMatching(),
        closeBrackets(),
        indentUnit.of('  '),
        EditorView.lineWrapping,
        // Code reads from left to right in every language.
        EditorView.perLineTextDirection.of(false),
        EditorView.contentAttributes.of({ 'aria-label': label, dir: 'ltr', spellcheck: 'false', autocapitalize: 'off', translate: 'no' }),
        EditorView.updateListener.of(update => {
          if (update.docChanged) field.value = update.state.doc.toString()
        }),
        EditorState.phrases.of({ Completions: suggestions }),
        sparql(),
        autocompletion({ override: [completion(terms)], icons: false, maxRenderedOptions: 60 }),
        keymap.of([...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...defaultKeymap]),
        look,
      ],
    }),
  })
  host.dir = 'ltr'
  field.after(host)
  field.hidden = true
  for (const each of field.labels) each.addEventListener('click', () => view.focus())
  return {
    get text() {
      return view.state.doc.toString()
    },
    set text(text) {
      if (text !== this.text) view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text }, selection: { anchor: 0 } })
    },
    focus: () => view.focus(),
    mark: fault => view.dispatch(setDiagnostics(view.state, fault ? [diagnosticAt(view, fault)] : [])),
  }
}

/** The word at a place, or the character before the end of the text. */
function diagnosticAt({ state }: EditorView, { line, column, message }: { line: number; column: number; message: string }): Diagnostic {
  const at = state.doc.line(Math.min(line, state.doc.lines))
  const from = Math.min(at.from + column - 1, at.to)
  const word = /^\S+/.exec(state.doc.sliceString(from, at.to))?.[0].length ?? 0
  return { from: word > 0 ? from : Math.max(0, from - 1), to: from + word, severity: 'error', message }
}
