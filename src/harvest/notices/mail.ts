import type { NoticeRules } from '../../config/catalogue.ts'
import { sentence } from '../../problem.ts'

/** Seconds that a mail server may take. */
const mostSeconds = 20

export interface Mail {
  to: string[]
  subject: string
  text: string
  language: string
  /** Where who gets it says that he wishes for no more (RFC 2369). */
  unsubscribe?: string
}

/** Sends one e-mail. Throws with a sentence that names the server, and neither password nor addressee. */
export async function sendMail({ smtp, from }: NonNullable<NoticeRules['mail']>, { to, subject, text, language, unsubscribe }: Mail): Promise<void> {
  const { createTransport } = await import('nodemailer')
  const wait = mostSeconds * 1000
  const transport = createTransport({ url: smtp, connectionTimeout: wait, greetingTimeout: wait, socketTimeout: wait })
  try {
    const headers = { 'Content-Language': language, 'Auto-Submitted': 'auto-generated', ...(unsubscribe && { 'List-Unsubscribe': `<${unsubscribe}>` }) }
    await transport.sendMail({ from, to, subject, text, headers })
  } catch (error) {
    // Its own words may hold neither address nor password of the server; ours name the server alone.
    throw new Error(`the mail server ${new URL(smtp).host} says: ${sentence(error)}. Check notices.mail of catalogue.yaml.`, { cause: error })
  } finally {
    transport.close()
  }
}
