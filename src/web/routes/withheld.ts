import { withheldJson } from '../../outlets/withheld.ts'
import { choose } from '../../words/choose.ts'
import type { Act } from '../http/route.ts'
import { sendJson } from '../http/send.ts'
import { languageOf } from '../page/page.ts'

/** What the publication gate keeps back of a source, told to who bears its token, in the language that is asked for. */
export const withheld: Act = ({ site, request, response }, { source }) => {
  const { ledger, catalogue } = site.publication
  const said = (texts: Record<string, string> | undefined) => choose(texts ?? {}, [languageOf(site, request), 'en'])?.text ?? null
  const records = withheldJson(ledger, catalogue, source.id).map(record => ({
    ...record,
    reasons: record.reasons.map(reason => {
      const rule = site.rules.get(reason.rule)
      return { ...reason, message: said(rule?.message), advice: said(rule?.advice) }
    }),
  }))
  response.set('Cache-Control', 'no-store')
  sendJson(response, { source: source.id, withheld: records })
}
