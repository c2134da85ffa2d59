import { createHmac } from 'node:crypto'
import type { Catalogue } from '../../config/catalogue.ts'
import type { Source } from '../../config/sources.ts'
import { brokenSince, lastTold, rememberTold, type Health } from '../../ledger/sources/notices.ts'
import { Problem, sentence } from '../../problem.ts'
import { politeHttp } from '../http/fetch.ts'
import type { Engine } from '../run/engine.ts'
import type { Report } from '../run/report.ts'
import { sendMail } from './mail.ts'
import { writeNotice, type Notice } from './text.ts'

/** Somebody who is told that a source broke, or works again. `name` stands for it in the ledger, where no address or secret belongs. */
interface Addressee {
  name: 'webhook' | 'mail' | 'contact-webhook' | 'contact-mail'
  language: string
  send(notice: Notice): Promise<void>
}

/** Seconds that an addressee may take. */
const mostSeconds = 20

/**
 * After a run: tells those the edition names, and the portal's own people, that the source broke or works again; not what they know already.
 * Returns a Problem for each notice that could not be sent; it is tried again after the next run.
 */
export async function sendNotices(source: Source, { catalogue, ledger, now: clock }: Engine, report: Report): Promise<Problem[]> {
  const { problems } = report
  // What we stopped, or did not begin, says nothing of the portal; one record says nothing of the whole.
  if (report.run === 0 || report.only || problems.some(({ code }) => code === 'interrupted')) return []
  const state: Health = report.state === 'complete' ? 'well' : 'broken'
  const now = clock().toISOString()
  const failures: Problem[] = []
  for (const addressee of addressees(source, catalogue)) {
    const told = lastTold(ledger, source.id, addressee.name)
    if (told.state === state) continue
    const since = state === 'broken' ? (brokenSince(ledger, source.id) ?? now) : told.since
    try {
      await addressee.send(writeNotice({ source, catalogue, report, state, since, at: now, language: addressee.language }))
      rememberTold(ledger, source.id, addressee.name, { state, since: state === 'broken' ? since : now }, now)
    } catch (error) {
      failures.push(
        new Problem(
          'notice-failed',
          `The notice about ${source.id} could not be sent to ${addressee.name}: ${sentence(error)} It is tried again after the next run.`,
          { source: source.id },
          error,
        ),
      )
    }
  }
  return failures
}

function addressees(source: Source, { notices, http, languages }: Catalogue): Addressee[] {
  const { contact } = source
  const { mail } = notices
  const language = notices.language ?? languages[0]!
  return [
    ...(notices.webhook ? [{ name: 'webhook' as const, language, send: toWebhook(notices.webhook, notices.secret, http) }] : []),
    ...(mail && mail.to.length > 0 ? [{ name: 'mail' as const, language, send: byMail(mail, mail.to) }] : []),
    ...(contact?.webhook ? [{ name: 'contact-webhook' as const, language: source.language, send: toWebhook(contact.webhook, contact.secret, http) }] : []),
    ...(mail && contact?.mail ? [{ name: 'contact-mail' as const, language: source.language, send: byMail(mail, [contact.mail]) }] : []),
  ]
}

/** Posts JSON under the rules that portals are asked by; with a secret it is signed: HMAC-SHA256 of the body, in hex. */
const toWebhook =
  (url: string, secret: string | undefined, http: Catalogue['http']): Addressee['send'] =>
  async notice => {
    const text = JSON.stringify(notice)
    const signature = secret && `sha256=${createHmac('sha256', secret).update(text).digest('hex')}`
    const { open } = politeHttp({ delayMs: 0, timeoutS: mostSeconds / 2, totalS: mostSeconds, maxBytes: 1e6 }, http, {
      signal: AbortSignal.timeout(2 * mostSeconds * 1000),
    })
    try {
      const answer = await open(url, '*/*', {
        body: { type: 'application/json', text },
        headers: { 'x-fihrist-event': notice.event, ...(signature && { 'x-fihrist-signature': signature }) },
      })
      // That it was taken is all we want to know.
      for await (const _ of answer.body) break
    } catch (error) {
      // The path of a webhook is often its secret.
      throw new Error(sentence(error).replaceAll(url, `${new URL(url).origin}/…`), { cause: error })
    }
  }

const byMail =
  (mail: NonNullable<Catalogue['notices']['mail']>, to: string[]): Addressee['send'] =>
  ({ subject, text, language }) =>
    sendMail(mail, { to, subject, text, language })
