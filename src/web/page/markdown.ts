import { Marked } from 'marked'

/**
 * Markdown of the edition as HTML. An address of ours without an extension leads to the page in the reader's language (`to`); tags that stand in the text are
 * shown as they were written, and what is no address of a page, a file or a mailbox leads nowhere. Words are written as `print` says, code and addresses as
 * they stand.
 */
export function markdown(text: string, to: (path: string) => string, print = (text: string) => text): string {
  const marked = new Marked({
    async: false,
    renderer: { html: ({ text }) => escaped(text), image: ({ text }) => escaped(text) },
    walkTokens: token => {
      if (token.type === 'text' && !('tokens' in token)) token['text'] = print(token['text'] as string)
      if (token.type !== 'link') return
      const { href } = token
      token['href'] = !/^(?:https?:|mailto:|tel:|\/(?!\/)|#)/i.test(href as string) ? '#' : /^\/[^.]*$/.test(href as string) ? to(href as string) : href
    },
  })
  return marked.parse(text) as string
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
