import { paths } from '../../../config/addresses.ts'
import { columns, isRequired, spoken, type Column } from '../../../inventory/columns.ts'
import { entriesOf } from '../../../inventory/template.ts'
import type { Values } from '../../../inventory/values.ts'
import type { KeptEntry } from '../../../ledger/programme/inventory.ts'
import { ownLists } from '../../../vocabulary/lists.ts'
import type { Page } from '../../page/page.ts'
import type { Visitor } from '../../page/visitor.ts'
import { Frame, Signed } from './frame.tsx'

/** The columns that the form asks for: those of the template. */
export const entryColumns = columns.filter(({ template }) => template)
/** Those that everybody should fill in come first; the others are folded. */
const first = new Set(['title_fr', 'title_ar', 'description_fr', 'description_ar', 'publisher', 'theme', 'frequency', 'opening', 'exception', 'remark'])

/** What a column is called in a form: as in the template, without its signs. */
export function columnName({ heading, name: said }: Pick<Column, 'heading' | 'name'>, language: string): string {
  const name = said?.[spoken(language)] ?? heading[spoken(language)].replace('*', '').replaceAll('_', ' ')
  return name.charAt(0).toUpperCase() + name.slice(1)
}

interface Shown {
  page: Page
  visitor: Visitor
  known: KeptEntry | undefined
  values: Values
  /** What is wrong, in words, by column; `form`: with all of it. */
  faults: Record<string, string>
}

/** The form of one row of the inventory that is kept here. */
export function KeptEntryView({ page, visitor, known, values, faults }: Shown) {
  const {
    words: { t, date },
  } = page
  const address = page.to(known ? paths.keptEntry(known.key) : paths.newEntry)
  const fields = (some: Column[]) =>
    some.map(column => <EntryField page={page} column={column} value={values[column.id]} fault={faults[column.id]} isNew={!known} />)
  const rest = entryColumns.filter(({ id }) => !first.has(id))
  const all = Object.entries(faults)
  return (
    <Frame page={page} {...visitor} title={known ? (values['title_fr'] ?? values['title_ar'] ?? known.key) : t('kept_inventory.add')} at="inventory">
      {all.length > 0 && (
        <div class="notice notice-violation faults" role="alert" tabindex={-1} id="faults">
          <p>
            <strong>{t('form.wrong', { count: all.length })}</strong>
          </p>
          <ul>
            {all.map(([id, text]) =>
              id === 'form' ? (
                <li>{text}</li>
              ) : (
                <li>
                  <a href={`#${id}`}>{text}</a>
                </li>
              ),
            )}
          </ul>
        </div>
      )}
      {known && (
        <p class="soft">
          {known.request !== null && <a href={page.to(paths.matter(known.request))}>{t('kept_inventory.for_request', { n: known.request })}</a>}{' '}
          {known.name && t('kept_inventory.last', { name: known.name, date: date(known.at) })}
        </p>
      )}
      <form class="form narrow" method="post" action={address}>
        <Signed sign={visitor.sign} />
        <input type="hidden" name="seen" value={String(known?.edition ?? 0)} />
        {fields(entryColumns.filter(({ id }) => first.has(id)))}
        <details class="move" open={rest.some(({ id }) => faults[id])}>
          <summary>{t('kept_inventory.more')}</summary>
          <div class="form">{fields(rest)}</div>
        </details>
        <p>
          <button class="button" type="submit" name="do" value="keep">
            {t('kept_inventory.keep')}
          </button>{' '}
          {known && (
            <button class="button button-quiet" type="submit" name="do" value="remove" formnovalidate>
              {t('kept_inventory.remove')}
            </button>
          )}
        </p>
      </form>
    </Frame>
  )
}

function EntryField({
  page,
  column,
  value = '',
  fault,
  isNew,
}: {
  page: Page
  column: Column
  value: string | undefined
  fault: string | undefined
  isNew: boolean
}) {
  const { catalogue, vocabulary } = page.site.publication
  const { id, help } = column
  const language = spoken(page.language)
  const listed = entriesOf(column, language, vocabulary, catalogue.base)
  // A body is shown by its name, whatever it was written down as.
  const body = id === 'publisher' && value ? vocabulary.match(ownLists(catalogue.base).organisation, value) : undefined
  const given = {
    id,
    name: id,
    dir: id === 'url' ? ('ltr' as const) : ('auto' as const),
    maxlength: 4000,
    'aria-invalid': fault ? ('true' as const) : undefined,
    'aria-describedby': [help && `${id}-hint`, fault && `${id}-fault`].filter(Boolean).join(' ') || undefined,
  }
  return (
    <div class={fault ? 'field field-wrong' : 'field'}>
      <label for={id}>
        {columnName(column, language)}
        {!isRequired(column) && <span class="field-optional"> {page.words.t('form.optional')}</span>}
      </label>
      {help && (
        <p class="field-hint" id={`${id}-hint`}>
          {help[language]}
        </p>
      )}
      {fault && (
        <p class="field-fault" id={`${id}-fault`}>
          {fault}
        </p>
      )}
      {/^description|^remark/.test(id) ? (
        <textarea {...given} rows={4}>
          {value}
        </textarea>
      ) : (
        <input
          {...given}
          value={(body && vocabulary.label(body.iri, page.reading)) ?? value}
          list={listed.length > 0 ? `${id}-list` : undefined}
          readonly={id === 'id' && !isNew}
        />
      )}
      {listed.length > 0 && (
        <datalist id={`${id}-list`}>
          {listed.map(entry => (
            <option value={entry} />
          ))}
        </datalist>
      )}
    </div>
  )
}
