import { bring, type Brought, type Picture } from '../../../ledger/programme/contributions.ts'
import { type Field, type KindName } from '../../../ledger/programme/kinds.ts'
import type { Said } from '../../../problem.ts'
import { isEmail, isPublicIri } from '../../../rdf/iri.ts'
import { checkPicture, pictureMost } from '../../http/pictures.ts'
import { fieldOf, type Posted } from '../../http/posted.ts'
import { bodiesOf, writtenFields, type Filled } from '../../page/form.ts'
import type { Page } from '../../page/page.ts'
import { datasetsIn } from '../../page/programme.ts'

/** What somebody wrote into a form of a kind, and what is wrong with it. */
export interface Draft extends Filled {
  datasets: string[]
  picture: Picture | undefined
}

/** Signs that nobody sees and that turn what stands beside them round (Unicode, 23.2), and those that no text holds. */
const unseen = /[\u202A-\u202E\u2066-\u2069]/
const unheld = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/
const longestAddress = 254

export async function readDraft(page: Page, kind: KindName, posted: Posted): Promise<Draft> {
  const draft: Draft = { values: {}, faults: {}, datasets: [], picture: undefined }
  for (const field of writtenFields(kind)) {
    const value = field.as === 'picture' ? '' : fieldOf(posted, field.name)
    if (field.as !== 'picture') draft.values[field.name] = value
    const fault = (await faultOf(page, field, value, posted, draft)) ?? undefined
    if (fault) draft.faults[field.name] = fault
  }
  const email = page.site.publication.catalogue.notices.mail ? fieldOf(posted, 'email') : ''
  draft.values['email'] = email
  if (email && (email.length > longestAddress || !isEmail(email))) draft.faults['email'] = said('email')
  if (fieldOf(posted, 'website')) draft.faults['form'] = said('trap')
  return draft
}

/** What is wrong with one field; what it names is written into the draft. */
async function faultOf(
  page: Page,
  { name, as, required, most = 4000, choices }: Field,
  value: string,
  posted: Posted,
  draft: Draft,
): Promise<Said | undefined> {
  if (as === 'picture') return pictureFault(posted.get(name), draft)
  if (!value) return required && said('required')
  if (value.length > most) return said('long', { most, length: value.length })
  if (unseen.test(value)) return said('direction')
  if (unheld.test(value) || (as === 'line' && value.includes('\n'))) return said('signs')
  switch (as) {
    case 'choice':
      return choices!.includes(value) ? undefined : said('choice')
    case 'body':
      return bodiesOf(page).some(body => body.value === value) ? undefined : said('body')
    case 'address':
      return isPublicIri(value) && !new URL(value).username ? undefined : said('address')
    case 'datasets': {
      const { ids, unknown } = datasetsIn(page, value)
      draft.datasets = ids
      return unknown.length > 0 ? said('dataset', { name: unknown[0]!.slice(0, 100) }) : undefined
    }
    default:
      return undefined
  }
}

async function pictureFault(file: FormDataEntryValue | null, draft: Draft): Promise<Said | undefined> {
  if (!(file instanceof File) || file.size === 0) return undefined
  const checked = checkPicture(new Uint8Array(await file.arrayBuffer()))
  if ('picture' in checked) draft.picture = checked.picture
  else return said(`picture_${checked.fault}`, { mb: pictureMost.bytes / 1024 / 1024, side: pictureMost.side })
}

const said = (name: string, values: Said['values'] = {}): Said => ({ key: `form.fault.${name}`, values })

/** Takes up what a draft says. The body that publishes the dataset sees to what is brought about it. */
export function bringDraft({ site, language }: Page, kind: KindName, { values, datasets, picture }: Draft, at: string, about: { body?: string } = {}) {
  const { email, body, datasets: _, ...said } = values
  const brought: Brought = {
    kind,
    language,
    said: Object.fromEntries(Object.entries(said).filter(([, value]) => value !== '')),
    body: body || about.body,
    datasets,
    picture,
    email: email || undefined,
  }
  return bring(site.publication.ledger, brought, at)
}
