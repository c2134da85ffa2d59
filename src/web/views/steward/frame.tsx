import type { ComponentChildren } from 'preact'
import { paths } from '../../../config/addresses.ts'
import { isKept } from '../../../config/sources.ts'
import type { Person } from '../../../ledger/programme/people.ts'
import { mayAs, type Role } from '../../../ledger/programme/roles.ts'
import type { Page } from '../../page/page.ts'
import { Layout } from '../layout.tsx'
import { FacetName } from '../parts.tsx'

const parts: [name: string, path: string, role: Role][] = [
  ['today', paths.steward, 'reader'],
  ['inventory', paths.keptInventory, 'manager'],
  ['people', paths.people, 'admin'],
  ['log', paths.deeds, 'admin'],
]

interface Frame {
  page: Page
  person: Person
  sign: string
  title: string
  /** The part of the room that the page belongs to. */
  at?: string
  children: ComponentChildren
}

/** What the pages of those who look after the catalogue have around them: who has signed in, and where he may go. */
export function Frame({ page, person, sign, title, at, children }: Frame) {
  const { t } = page.words
  return (
    <Layout page={page} title={title} styles={['site/programme.css']}>
      <div class="head">
        <div class="wrap">
          <div class="steward-row">
            <nav class="tabs" aria-label={t('steward.title')}>
              {parts
                .filter(([name, , role]) => mayAs(person.role, role) && (name !== 'inventory' || page.site.publication.sources.some(isKept)))
                .map(([name, path]) => (
                  <a href={page.to(path)} aria-current={name === at ? 'page' : undefined}>
                    {t(`steward.part.${name}`)}
                  </a>
                ))}
            </nav>
            <form class="steward-who" method="post" action={page.to(paths.signOut)}>
              <Signed sign={sign} />
              <span>
                <bdi>{person.name}</bdi> · {t(`steward.role.${person.role}`)}
                {person.body !== null && (
                  <>
                    {' '}
                    · <FacetName page={page} dimension="publisher" value={person.body} />
                  </>
                )}
              </span>
              <button class="button button-quiet" type="submit">
                {t('steward.sign_out')}
              </button>
            </form>
          </div>
          <h1>{title}</h1>
        </div>
      </div>
      <div class="wrap band">{children}</div>
    </Layout>
  )
}

/** What each form of somebody who has signed in bears. */
export function Signed({ sign }: { sign: string }) {
  return <input type="hidden" name="sign" value={sign} />
}
