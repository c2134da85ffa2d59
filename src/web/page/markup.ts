import type { ComponentChildren, VNode } from 'preact'

/** Elements without an end tag (HTML, 13.1.2: void elements). */
const empty = new Set(['area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'source', 'track', 'wbr'])

/**
 * A view as HTML. Our views are functions of what they are given: the states, contexts and events that Preact's own writer looks for in each element are none,
 * and without them a page takes half the time.
 */
export function markup(view: ComponentChildren): string {
  if (typeof view === 'string') return escaped(view)
  if (view === null || view === undefined || typeof view === 'boolean') return ''
  if (typeof view !== 'object') return String(view)
  if (Array.isArray(view)) {
    let text = ''
    for (const each of view) text += markup(each)
    return text
  }
  const { type, props } = view as VNode<Record<string, ComponentChildren>>
  if (typeof type === 'function') return markup((type as (given: object) => ComponentChildren)(props))
  let text = `<${type}`
  for (const name in props) if (name !== 'children' && name !== 'dangerouslySetInnerHTML') text += attribute(name, props[name])
  if (empty.has(type)) return `${text}/>`
  const raw = props['dangerouslySetInnerHTML'] as { __html: string } | undefined
  return `${text}>${raw ? raw.__html : markup(props['children'])}</${type}>`
}

function attribute(name: string, value: unknown): string {
  if (value === undefined || value === null || typeof value === 'function') return ''
  // Of these `false` says something.
  if (typeof value === 'boolean' && !/^(?:aria|data)-/.test(name)) return value ? ` ${name}` : ''
  return ` ${name}="${escaped(String(value))}"`
}

const special = /[&<"]/
const all = /[&<"]/g
const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '"': '&quot;' }
const escaped = (text: string) => (special.test(text) ? text.replace(all, character => escapes[character]!) : text)
