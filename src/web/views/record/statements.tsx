import type { Repair } from '../../../normalise/draft.ts'
import { compact } from '../../../rdf/namespaces.ts'
import { isLiteral, type Quad } from '../../../rdf/terms.ts'
import { cut, mostLetters } from '../../page/cut.ts'
import type { Page } from '../../page/page.ts'
import { Away, isLink } from '../parts.tsx'
import { Table } from '../table.tsx'

/** Everything the portal said that stands nowhere else on the page. */
export function Statements({ page, quads }: { page: Page; quads: Quad[] }) {
  const { t } = page.words
  if (quads.length === 0) return null
  const most = 300
  return (
    <details class="more">
      <summary>
        {t('statements.title')} <span class="tally">{page.words.number(quads.length)}</span>
      </summary>
      <p class="soft">{t('statements.text')}</p>
      <Table label={t('statements.title')} heads={[t('statements.subject'), t('statements.property'), t('statements.value')]}>
        {quads.slice(0, most).map(({ subject, predicate, object }) => (
          <tr>
            <td>
              <bdi class="code" dir="ltr">
                {tail(subject.value)}
              </bdi>
            </td>
            <td>
              <bdi class="code" dir="ltr">
                {compact(predicate.value)}
              </bdi>
            </td>
            <td>
              {isLiteral(object) ? (
                <bdi lang={object.language}>{cut(object.value, mostLetters.value)}</bdi>
              ) : isLink(object.value) ? (
                <Away href={object.value} />
              ) : (
                <bdi dir="ltr">{object.value}</bdi>
              )}
            </td>
          </tr>
        ))}
      </Table>
    </details>
  )
}

/** What normalising changed. */
export function Repairs({ page, repairs }: { page: Page; repairs: Repair[] }) {
  const { t, has } = page.words
  if (repairs.length === 0) return null
  return (
    <details class="more">
      <summary>
        {t('repairs.title')} <span class="tally">{page.words.number(repairs.length)}</span>
      </summary>
      <p class="soft">{t('repairs.text')}</p>
      <Table label={t('repairs.title')} heads={[t('repairs.rule'), t('statements.property'), t('repairs.before'), t('repairs.after')]}>
        {repairs.slice(0, 300).map(({ rule, property, before, after }) => (
          <tr>
            <td>{has(`repair.${rule}`) ? t(`repair.${rule}`) : <bdi dir="ltr">{rule}</bdi>}</td>
            <td>
              <bdi class="code" dir="ltr">
                {property}
              </bdi>
            </td>
            <td>
              <bdi class="said" lang="">
                {before && cut(before, mostLetters.value)}
              </bdi>
            </td>
            <td>
              <bdi class="said" lang="">
                {cut(compact(after), mostLetters.value)}
              </bdi>
            </td>
          </tr>
        ))}
      </Table>
    </details>
  )
}

/** The end of a long address tells two nodes of one record apart. */
const tail = (iri: string) => (iri.length > 44 ? `…${iri.slice(-42)}` : iri)
