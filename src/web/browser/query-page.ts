import { openEditor } from './editor.ts'
import { fetchAnswer, takeOver } from './exchange.ts'
import type { Terms } from './terms.ts'

// The query page where scripts run: an editor in the place of the text field, and answers that come without leaving the page.

const find = <E extends HTMLElement>(id: string) => document.getElementById(id) as E
const form = find<HTMLFormElement>('ask')
const said = find('said')
const examples = find<HTMLDetailsElement>('examples')
const stop = find<HTMLButtonElement>('stop')
const { label = '', suggestions = '', busy = '', stopped = '', failed = '', terms = '' } = form.dataset

let loaded: Promise<Terms> | undefined
/** What is completed is asked for once, when somebody begins to write; again where it did not come. */
const loadTerms = () =>
  (loaded ??= fetch(terms)
    .then(answer => answer.json() as Promise<Terms>)
    .catch(error => {
      loaded = undefined
      throw error
    }))
const editor = openEditor({
  field: find<HTMLTextAreaElement>('query'),
  label,
  suggestions,
  terms: loadTerms,
  run: () => form.requestSubmit(),
})
find('keys').hidden = false
mark()

/** The request that is under way. */
let asking: AbortController | undefined

/** Asks a query by its address, which becomes the address of the page: it can be shared, and gone back to. */
async function ask(address: string, { remember = true } = {}): Promise<void> {
  asking?.abort()
  const mine = (asking = new AbortController())
  if (remember && address !== location.href) history.pushState(null, '', address)
  editor.mark(undefined)
  showBusy(true)
  try {
    const answer = await fetchAnswer(address, mine.signal)
    if (mine !== asking) return
    takeOver(answer)
    mark()
  } catch {
    // What was asked in the meantime has taken its place, and says so itself.
    if (mine === asking) said.textContent = mine.signal.aborted ? stopped : failed
  } finally {
    if (mine === asking) showBusy(false)
  }
}

function showBusy(isBusy: boolean): void {
  if (isBusy) said.textContent = busy
  stop.hidden = !isBusy
  form.classList.toggle('ask-busy', isBusy)
  find('answer').setAttribute('aria-busy', String(isBusy))
}

/** Marks in the editor what the answer says is wrong with the query. */
function mark(): void {
  const fault = document.querySelector<HTMLElement>('#answer [data-line]')
  editor.mark(fault ? { line: Number(fault.dataset['line']), column: Number(fault.dataset['column']), message: said.textContent ?? '' } : undefined)
}

const addressOf = (query: string) => `${form.action}?${new URLSearchParams({ query })}`

form.addEventListener('submit', event => {
  event.preventDefault()
  void ask(addressOf(editor.text))
})
stop.addEventListener('click', () => asking?.abort())
examples.addEventListener('click', event => {
  const link = (event.target as Element).closest('a')
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return
  event.preventDefault()
  editor.text = link.dataset['query'] ?? ''
  examples.open = false
  form.scrollIntoView({ block: 'nearest' })
  void ask(link.href)
})
addEventListener('popstate', () => {
  const query = new URLSearchParams(location.search).get('query')
  if (query === null) return location.reload()
  editor.text = query
  void ask(location.href, { remember: false })
})
