import type { Clock } from '../../clock.ts'
import { addressesOf } from '../../config/addresses.ts'
import type { Catalogue } from '../../config/catalogue.ts'
import type { Source } from '../../config/sources.ts'
import type { Ledger } from '../../ledger/file/ledger.ts'
import { noteTold, readersDue, tellLater, type Reader } from '../../ledger/programme/digests.ts'
import { datasetsToMend, waitingFor } from '../../ledger/programme/to-do.ts'
import { countWithheld } from '../../ledger/records/withhold.ts'
import { lastWholeRun } from '../../ledger/runs/runs.ts'
import { brokenSince } from '../../ledger/sources/notices.ts'
import { sentence } from '../../problem.ts'
import { choose } from '../../words/choose.ts'
import { wordsIn } from '../../words/words.ts'
import { sendMail, type Mail } from './mail.ts'

interface Means {
  catalogue: Catalogue
  sources: Source[]
  ledger: Ledger
  now: Clock
}

/**
 * Writes to stewards whose time has come of what there is to do, in their language; to those who have nothing to do, not. What cannot be sent is tried again in
 * an hour; what is wrong with the mail server is said once, and never to whom.
 */
export async function sendDigests({ catalogue, sources, ledger, now }: Means): Promise<{ sent: number; failed?: string }> {
  const { mail } = catalogue.notices
  let sent = 0
  if (!mail) return { sent }
  for (const reader of readersDue(ledger, catalogue.programme.digest, now().toISOString())) {
    const digest = writeDigest(reader, { catalogue, sources, ledger })
    try {
      if (digest) await sendMail(mail, digest)
      noteTold(ledger, reader, now().toISOString())
      if (digest) sent++
    } catch (error) {
      tellLater(ledger, reader, now().toISOString())
      return { sent, failed: sentence(error).replaceAll(reader.email, '…') }
    }
  }
  return { sent }
}

/** What there is to do for somebody: how much of each kind, and nothing of what people said. Undefined where there is nothing. */
function writeDigest({ email, name, language: wished, body, told, word }: Reader, { catalogue, sources, ledger }: Omit<Means, 'now'>): Mail | undefined {
  const { language, t, number } = wordsIn(wished)
  const { base, title } = catalogue
  const own = sources.filter(({ enabled, publisher }) => enabled && (body === null || publisher === body))
  const named = (some: Source[]) => some.map(source => choose(source.title, [language])?.text ?? source.id).join(' · ')
  const held = own.filter(({ id }) => lastWholeRun(ledger, id)?.state === 'held')
  const broken = own.filter(({ id }) => brokenSince(ledger, id) !== undefined)
  const withheld = own.reduce((sum, { id }) => sum + countWithheld(ledger, id), 0)
  const line = (what: string, count: number, more = '') => (count > 0 ? [t('digest.line', { what, count: number(count) }) + more] : [])
  const lines = [
    ...waitingFor(ledger, body, 0, told ?? undefined).flatMap(({ kind, total, fresh }) =>
      line(t(`brought.${kind}.plural`), total, told !== null && fresh > 0 ? ` ${t('digest.fresh', { count: fresh })}` : ''),
    ),
    ...datasetsToMend(ledger, body, 0).flatMap(({ name: list, found }) => line(t(`steward.datasets.${list}`), found.total)),
    ...line(t('admission.withheld'), withheld),
    ...(held.length > 0 ? [t('digest.held', { sources: named(held) })] : []),
    ...(broken.length > 0 ? [t('digest.broken', { sources: named(broken) })] : []),
  ]
  if (lines.length === 0) return undefined
  const addresses = addressesOf(base)
  const page = (address: string) => `${base}/${language}${addresses.pathOf(address)}`
  const unsubscribe = page(addresses.unsubscribe(word))
  const catalogueName = choose(title, [language])?.text ?? base
  const text = [
    t('digest.hello', { name, catalogue: catalogueName }),
    lines.map(each => `- ${each}`).join('\n'),
    `${t('digest.page')}\n${page(addresses.steward)}`,
    `${t('digest.why')}\n${unsubscribe}`,
  ]
  return { to: [email], subject: t('digest.subject', { catalogue: catalogueName }), text: `${text.join('\n\n')}\n`, language, unsubscribe }
}
