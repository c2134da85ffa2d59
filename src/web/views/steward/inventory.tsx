import { paths } from '../../../config/addresses.ts'
import type { Changes } from '../../../inventory/changes.ts'
import { columnById } from '../../../inventory/columns.ts'
import type { Values } from '../../../inventory/values.ts'
import type { KeptEntry } from '../../../ledger/programme/inventory.ts'
import type { Said } from '../../../problem.ts'
import type { Page } from '../../page/page.ts'
import type { Visitor } from '../../page/visitor.ts'
import { Pill, FacetName } from '../parts.tsx'
import { Labelled } from '../programme/field.tsx'
import { Table } from '../table.tsx'
import { columnName } from './entry.tsx'
import { Frame, Signed } from './frame.tsx'

interface Foreseen {
  file: string
  word: string
  seen: string
  changes: Changes
}

interface Shown {
  page: Page
  visitor: Visitor
  entries: KeptEntry[]
  fault?: Said
  foreseen?: Foreseen
}

const titleOf = (values: Values, language: string): string =>
  [values[`title_${language}`], values['title_fr'], values['title_ar'], values['title_en'], values['title'], values['id']].find(Boolean) ?? ''

/** The inventory that is kept here: its rows, and the workbook that goes round. */
export function KeptInventoryView({ page, visitor, entries, fault, foreseen }: Shown) {
  const { t, number } = page.words
  return (
    <Frame page={page} {...visitor} title={t('kept_inventory.title')} at="inventory">
      {foreseen && <ForeseenView page={page} sign={visitor.sign} foreseen={foreseen} fault={fault} />}
      <p class="soft block">{t('kept_inventory.text')}</p>
      <p class="forms">
        <a class="form-new" href={page.to(paths.newEntry)}>
          {t('kept_inventory.add')}
        </a>
        <a href={page.to(`${paths.keptInventory}.xlsx`)}>XLSX</a>
        <a href={page.to(`${paths.keptInventory}.csv`)}>CSV</a>
      </p>
      <section class="block" aria-labelledby="rows">
        <h2 id="rows">
          {t('kept_inventory.rows')} <span class="tally">{number(entries.length)}</span>
        </h2>
        {entries.length === 0 ? (
          <p class="soft">{t('kept_inventory.none')}</p>
        ) : (
          <Table label={t('kept_inventory.rows')} heads={['dataset', 'body', 'opening'].map(head => t(`inventory_page.head.${head}`))}>
            {entries.map(({ key, values, body }) => (
              <tr>
                <td>
                  <a href={page.to(paths.keptEntry(key))}>
                    <bdi>{titleOf(values, page.language)}</bdi>
                  </a>
                </td>
                <td>
                  {body === null ? (
                    <bdi>{values['publisher'] ?? t('inventory_page.nobody')}</bdi>
                  ) : (
                    <FacetName page={page} dimension="publisher" value={body} />
                  )}
                </td>
                <td>
                  <bdi>{values['opening'] ?? t('inventory_page.no_date')}</bdi>
                </td>
              </tr>
            ))}
          </Table>
        )}
      </section>
      <section class="block narrow" aria-labelledby="upload">
        <h2 id="upload">{t('kept_inventory.upload')}</h2>
        <form class="form" method="post" action={page.to(paths.keptInventory)} enctype="multipart/form-data">
          <Signed sign={visitor.sign} />
          <Labelled page={page} name="table" label={t('kept_inventory.file')} hint={t('kept_inventory.file_hint')} fault={foreseen ? undefined : fault}>
            <input id="table" name="table" type="file" required accept=".csv,.xlsx" aria-describedby="table-hint" />
          </Labelled>
          <p>
            <button class="button" type="submit">
              {t('kept_inventory.look')}
            </button>
          </p>
        </form>
      </section>
    </Frame>
  )
}

/** What a workbook that came back would change, row by row and column by column, and what of it is left out. */
function ForeseenView({
  page,
  sign,
  foreseen: { file, word, seen, changes: found },
  fault,
}: {
  page: Page
  sign: string
  foreseen: Foreseen
  fault: Said | undefined
}) {
  const { t, number } = page.words
  const { changes, unchanged, absent, refused, remarks } = found
  const heading = (id: string) => {
    const column = columnById.get(id)
    return column ? columnName(column, page.language) : id
  }
  return (
    <section class="block" aria-labelledby="foreseen">
      <h2 id="foreseen">{t('kept_inventory.foreseen', { file })}</h2>
      {fault && (
        <div class="notice notice-violation faults" role="alert" tabindex={-1} id="faults">
          <p>{t(fault.key, fault.values)}</p>
        </div>
      )}
      <p>
        {['added', 'changed'].map(what => `${t(`kept_inventory.${what}`)} ${number(changes.filter(each => each.what === what).length)}`).join(' · ')}
        {` · ${t('kept_inventory.unchanged')} ${number(unchanged)} · ${t('kept_inventory.absent')} ${number(absent.length)} · ` +
          `${t('kept_inventory.refused')} ${number(new Set(refused.map(({ line }) => line)).size)}`}
      </p>
      {refused.length > 0 && (
        <div class="notice notice-violation">
          <p>
            <strong>{t('kept_inventory.refused_text')}</strong>
          </p>
          <ul>
            {refused.map(({ line, message }) => (
              <li>{message.includes(file) ? message : `${t('inventory.place', { file, line })} – ${message}`}</li>
            ))}
          </ul>
        </div>
      )}
      {changes.length > 0 && (
        <Table
          label={t('kept_inventory.foreseen', { file })}
          heads={['line', 'what', 'dataset', 'column', 'before', 'after'].map(head => t(`kept_inventory.head.${head}`))}
        >
          {changes.flatMap(({ line, what, values, fields }) =>
            (what === 'added' ? [undefined] : fields).map(field => (
              <tr>
                <td>{number(line)}</td>
                <td>
                  <Pill kind={what === 'added' ? 'published' : 'held'}>{t(`kept_inventory.${what}`)}</Pill>
                </td>
                <td>
                  <bdi>{titleOf(values, page.language)}</bdi>
                </td>
                <td>{field && heading(field.column)}</td>
                <td>
                  {field?.before && (
                    <del>
                      <bdi>{field.before}</bdi>
                    </del>
                  )}
                </td>
                <td>
                  {field?.after && (
                    <ins>
                      <bdi>{field.after}</bdi>
                    </ins>
                  )}
                </td>
              </tr>
            )),
          )}
        </Table>
      )}
      {remarks.length > 0 && (
        <details class="move">
          <summary>{t('kept_inventory.remarks', { count: remarks.length })}</summary>
          <ul>
            {remarks.slice(0, 200).map(({ message }) => (
              <li>{message}</li>
            ))}
          </ul>
        </details>
      )}
      <form class="form" method="post" action={page.to(paths.keptInventory)}>
        <Signed sign={sign} />
        <input type="hidden" name="upload" value={word} />
        <input type="hidden" name="seen" value={seen} />
        {absent.length > 0 && (
          <p>
            <label>
              <input type="checkbox" name="absent" value="remove" /> {t('kept_inventory.remove_absent', { count: absent.length })}
            </label>
          </p>
        )}
        <p>
          <button class="button" type="submit">
            {t('kept_inventory.apply')}
          </button>{' '}
          <a href={page.to(paths.keptInventory)}>{t('kept_inventory.leave')}</a>
        </p>
      </form>
    </section>
  )
}
