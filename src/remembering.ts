/** Texts longer than this seldom come again. */
const longest = 200

/**
 * A function of a text that remembers what it said: portals say the same words, addresses of properties and dates again and again. It forgets everything once
 * it has been asked for so many texts that memory would grow with the portal.
 */
export function remembering<Answer>(answer: (text: string) => Answer, most = 5000): (text: string) => Answer {
  const known = new Map<string, Answer>()
  return text => {
    if (text.length > longest) return answer(text)
    const found = known.get(text)
    if (found !== undefined || known.has(text)) return found as Answer
    const fresh = answer(text)
    if (known.size >= most) known.clear()
    known.set(text, fresh)
    return fresh
  }
}
