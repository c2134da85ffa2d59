import type { Clock } from '../../clock.ts'
import { addressesOf } from '../../config/addresses.ts'
import type { Catalogue } from '../../config/catalogue.ts'
import type { Ledger } from '../../ledger/file/ledger.ts'
import { letGo, lettersDue, postpone, type Letter } from '../../ledger/programme/letters.ts'
import { sentence } from '../../problem.ts'
import { choose } from '../../words/choose.ts'
import { wordsIn } from '../../words/words.ts'
import { sendMail, type Mail } from './mail.ts'

/**
 * Sends the answers that are due to those who asked for them. One that cannot be sent is tried again later; what is wrong with the mail server is said once,
 * and never to whom. Without a mail server the letters wait.
 */
export async function sendLetters({
  catalogue,
  ledger,
  now,
}: {
  catalogue: Catalogue
  ledger: Ledger
  now: Clock
}): Promise<{ sent: number; failed?: string }> {
  const { mail } = catalogue.notices
  let sent = 0
  if (!mail) return { sent }
  for (const letter of lettersDue(ledger, now().toISOString())) {
    try {
      await sendMail(mail, writeLetter(letter, catalogue))
      letGo(ledger, letter)
      sent++
    } catch (error) {
      postpone(ledger, letter, now().toISOString())
      return { sent, failed: sentence(error).replaceAll(letter.email, '…') }
    }
  }
  return { sent }
}

/** The answer, in the language in which it was asked for. */
function writeLetter({ email, word, language: wished, contribution: of, step }: Letter, { base, title }: Pick<Catalogue, 'base' | 'title'>): Mail {
  const { language, t, date } = wordsIn(wished)
  const addresses = addressesOf(base)
  const unsubscribe = `${base}/${language}${addresses.pathOf(addresses.unsubscribe(word))}`
  const page = `${base}/${language}${addresses.pathOf(addresses.brought(of.id))}`
  const { answer, exception, due } = step.said
  const paragraphs = [
    t('letter.about', { what: t(`brought.${of.kind}.one`, { n: of.id }), title: of.said['title'] ?? '', catalogue: choose(title, [language])?.text ?? base }),
    t('letter.state', { state: t(`brought.${of.kind}.state.${step.state}`) }),
    ...(due ? [t('form.due_is', { date: date(due) })] : []),
    ...(exception ? [t('form.exception_is', { exception: t(`exception.${exception}`) })] : []),
    ...(answer ? [answer] : []),
    `${t('letter.page')}\n${page}`,
    `${t('letter.why')}\n${unsubscribe}`,
  ]
  return {
    to: [email],
    subject: t('letter.subject', { what: t(`brought.${of.kind}.one`, { n: of.id }) }),
    text: `${paragraphs.join('\n\n')}\n`,
    language,
    unsubscribe,
  }
}
