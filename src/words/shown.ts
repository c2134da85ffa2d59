/**
 * A text as it may be shown on a terminal, wherever it is from: signs that move the cursor, ring, or rewrite what stands there already are written out
 * (`\u001b`), as JSON writes them. What only colours is left.
 */
export const shown = (text: string): string =>
  text.replace(/(?!\u001B\[(?:[0-2]|3\d)m)[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g, sign => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)
