import type { Completion, CompletionContext, CompletionResult, CompletionSource } from '@codemirror/autocomplete'
import type { EditorView } from '@codemirror/view'
import { prologueFor } from './prologue.ts'
import { suggestions, type Suggestion } from './suggestions.ts'
import type { Terms } from './terms.ts'

/** Completes what is being written: variables, keywords, prefixed names, and concepts by their label. */
export function completion(terms: () => Promise<Terms>): CompletionSource {
  return async (context: CompletionContext): Promise<CompletionResult | null> => {
    const word = context.matchBefore(/[?$]?[\p{L}\p{N}_:.-]*/u)
    if (!word || (word.text === '' && !context.explicit)) return null
    const line = context.state.doc.lineAt(context.pos)
    if (/^\s*#/.test(line.text)) return null
    const known = await terms().catch(() => ({ prefixes: {}, terms: [], concepts: [] }))
    const found = suggestions(word.text, context.state.doc.toString(), known, context.pos)
    return found.length === 0 ? null : { from: word.from, filter: false, options: found.map(each => optionOf(each, known)) }
  }
}

const optionOf = (suggestion: Suggestion, { prefixes }: Terms): Completion => ({
  label: suggestion.text,
  displayLabel: suggestion.shown ?? suggestion.text,
  detail: suggestion.detail,
  apply: (view: EditorView, _completion: Completion, from: number, to: number) => {
    const changes = [{ from, to, insert: suggestion.text }]
    const missing = prologueFor(view.state.doc.toString(), suggestion.prefix, prefixes)
    view.dispatch({
      changes: missing ? [missing, ...changes] : changes,
      selection: { anchor: from + suggestion.text.length + (missing?.insert.length ?? 0) },
      userEvent: 'input.complete',
    })
  },
})
