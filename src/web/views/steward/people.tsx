import { paths } from '../../../config/addresses.ts'
import type { Person } from '../../../ledger/programme/people.ts'
import { roles } from '../../../ledger/programme/roles.ts'
import type { Said } from '../../../problem.ts'
import type { Choice } from '../../page/form.ts'
import type { Page } from '../../page/page.ts'
import type { Visitor } from '../../page/visitor.ts'
import { Pill, FacetName } from '../parts.tsx'
import { Faults, Labelled } from '../programme/field.tsx'
import { Table } from '../table.tsx'
import { Frame, Signed } from './frame.tsx'

interface Shown {
  page: Page
  visitor: Visitor
  people: (Person & { active: 0 | 1 })[]
  bodies: Choice[]
  /** What was written, and is wrong. */
  values?: Record<string, string>
  faults?: Record<string, Said>
  /** The link for somebody who was just invited: shown once. */
  link?: { email: string; href: string; until: string } | undefined
}

/** Who may sign in, and the form that invites one more. */
export function PeopleView({ page, visitor, people, bodies, values = {}, faults = {}, link }: Shown) {
  const {
    words: { t, date },
    site,
  } = page
  return (
    <Frame page={page} {...visitor} title={t('steward.part.people')} at="people">
      {link && (
        <div class="notice">
          <p>{t('steward.invited', { email: link.email, until: date(link.until) })}</p>
          <p>
            <bdi class="code" dir="ltr">
              {link.href}
            </bdi>
          </p>
        </div>
      )}
      <Table label={t('steward.part.people')} heads={[...['name', 'email', 'role', 'body', 'state'].map(head => t(`steward.head.${head}`)), '']}>
        {people.map(({ email, name, role, body, active }) => (
          <tr>
            <td>
              <bdi>{name}</bdi>
            </td>
            <td>
              <bdi dir="ltr">{email}</bdi>
            </td>
            <td>{t(`steward.role.${role}`)}</td>
            <td>{body === null ? t('steward.all_bodies') : <FacetName page={page} dimension="publisher" value={body} />}</td>
            <td>
              <Pill kind={active ? 'published' : 'held'}>{t(active ? 'steward.active' : 'steward.waiting')}</Pill>
            </td>
            <td>
              {email !== visitor.person.email && (
                <form method="post" action={page.to(paths.people)}>
                  <Signed sign={visitor.sign} />
                  <input type="hidden" name="dismiss" value={email} />
                  <button class="button button-quiet" type="submit">
                    {t('steward.dismiss')}
                  </button>
                </form>
              )}
            </td>
          </tr>
        ))}
      </Table>
      <section class="block narrow" aria-labelledby="invite">
        <h2 id="invite">{t('steward.invite')}</h2>
        <Faults page={page} faults={faults} />
        <form class="form" method="post" action={page.to(paths.people)}>
          <Signed sign={visitor.sign} />
          <Labelled page={page} name="name" label={t('steward.head.name')} fault={faults['name']}>
            <input id="name" name="name" required maxlength={100} dir="auto" value={values['name'] ?? ''} />
          </Labelled>
          <Labelled page={page} name="email" label={t('steward.email')} fault={faults['email']}>
            <input id="email" name="email" type="email" required maxlength={254} dir="ltr" value={values['email'] ?? ''} />
          </Labelled>
          <Select page={page} name="role" choices={roles.map(role => ({ value: role, label: t(`steward.role.${role}`) }))} value={values['role']} />
          <Select page={page} name="body" choices={[{ value: '', label: t('steward.all_bodies') }, ...bodies]} value={values['body']} />
          <Select
            page={page}
            name="language"
            choices={site.languages.map(each => ({ value: each, label: site.words.get(each)!.t('meta.name') }))}
            value={values['language'] ?? page.language}
          />
          <p>
            <button class="button" type="submit">
              {t('steward.invite')}
            </button>
          </p>
        </form>
      </section>
    </Frame>
  )
}

function Select({ page, name, choices, value }: { page: Page; name: string; choices: Choice[]; value: string | undefined }) {
  return (
    <Labelled page={page} name={name} label={page.words.t(`steward.head.${name}`)}>
      <select id={name} name={name}>
        {choices.map(choice => (
          <option value={choice.value} selected={choice.value === value}>
            {choice.label}
          </option>
        ))}
      </select>
    </Labelled>
  )
}
