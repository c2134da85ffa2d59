import type { ComponentChildren } from 'preact'
import type { Field } from '../../../ledger/programme/kinds.ts'
import type { Said } from '../../../problem.ts'
import type { Choice } from '../../page/form.ts'
import type { Page } from '../../page/page.ts'

interface Shown {
  page: Page
  field: Field
  /** Where its words stand: `brought.request`. */
  words: string
  value?: string | undefined
  fault?: Said | undefined
  /** What can be chosen, of a body. */
  bodies?: Choice[]
}

/** One field of a form: its name, what it is for, what is wrong with what was written, and where to write. */
export function FieldView({ page, field, words, value = '', fault, bodies = [] }: Shown) {
  const { t, has } = page.words
  const { name, as, required, most, choices = [] } = field
  const hint = has(`${words}.hint.${name}`) ? t(`${words}.hint.${name}`) : undefined
  const said = { required: required === true, 'aria-invalid': fault ? ('true' as const) : undefined }
  const about = [hint && `${name}-hint`, fault && `${name}-fault`].filter(Boolean).join(' ')
  const given = { id: name, name, ...said, 'aria-describedby': about || undefined }
  return (
    <Labelled page={page} name={name} label={t(`${words}.field.${name}`)} hint={hint} fault={fault} optional={!required}>
      {as === 'text' || as === 'datasets' ? (
        <textarea {...given} rows={as === 'text' ? 6 : 3} maxlength={most} dir="auto">
          {value}
        </textarea>
      ) : as === 'choice' || as === 'body' ? (
        <select {...given}>
          <option value="">{t(as === 'body' ? 'form.no_body' : 'form.choose')}</option>
          {(as === 'body' ? bodies : choices.map(each => ({ value: each, label: t(`${words}.${name}.${each}`) }))).map(choice => (
            <option value={choice.value} selected={choice.value === value}>
              {choice.label}
            </option>
          ))}
        </select>
      ) : as === 'picture' ? (
        <input {...given} type="file" accept="image/png,image/jpeg,image/webp" />
      ) : (
        <input {...given} {...(as === 'address' ? { type: 'url', dir: 'ltr' } : { dir: 'auto' })} value={value} maxlength={most} />
      )}
    </Labelled>
  )
}

interface Label {
  page: Page
  name: string
  label: string
  hint?: string | undefined
  fault?: Said | undefined
  optional?: boolean
  children: ComponentChildren
}

/** A name, a hint and a fault around what is written into. */
export function Labelled({ page, name, label, hint, fault, optional, children }: Label) {
  const { t } = page.words
  return (
    <div class={fault ? 'field field-wrong' : 'field'}>
      <label for={name}>
        {label}
        {optional && <span class="field-optional"> {t('form.optional')}</span>}
      </label>
      {hint && (
        <p class="field-hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      {fault && (
        <p class="field-fault" id={`${name}-fault`}>
          {t(fault.key, fault.values)}
        </p>
      )}
      {children}
    </div>
  )
}

/** What is wrong, before the form, each with the way to it. */
export function Faults({ page, faults }: { page: Page; faults: Record<string, Said> }) {
  const { t } = page.words
  const all = Object.entries(faults)
  if (all.length === 0) return null
  return (
    <div class="notice notice-violation faults" role="alert" tabindex={-1} id="faults">
      <p>
        <strong>{t('form.wrong', { count: all.length })}</strong>
      </p>
      <ul>
        {all.map(([name, { key, values }]) => (
          <li>{name === 'form' ? t(key, values) : <a href={`#${name}`}>{t(key, values)}</a>}</li>
        ))}
      </ul>
    </div>
  )
}
