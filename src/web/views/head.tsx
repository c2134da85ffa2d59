import type { ComponentChildren } from 'preact'

/** The head of a page: its title, what it is in a sentence, and what goes with that. */
export function Head({ title, text, children }: { title: ComponentChildren; text?: ComponentChildren; children?: ComponentChildren }) {
  return (
    <div class="head">
      <div class="wrap">
        <h1>{title}</h1>
        {text && <p class="head-text">{text}</p>}
        {children}
      </div>
    </div>
  )
}
