import { addressesOf } from '../../config/addresses.ts'
import { keywordCounts } from '../../ledger/records/keywords.ts'
import { recordById, recordsNamed, visiblePiece } from '../../ledger/records/records.ts'
import { shownVersion } from '../../ledger/records/shown.ts'
import { listsOf } from '../../ledger/records/summary.ts'
import { fihrist } from '../../rdf/namespaces.ts'
import { choose } from '../../words/choose.ts'
import { plainRecord } from '../plain-record.ts'
import type { Publication } from '../publication.ts'
import { isTrue, mostRows, needed, pageIn } from './asked.ts'
import { group, groups } from './groups.ts'
import { groupOf, organizationOf, packageOf } from './package.ts'
import { CkanProblem } from './problem.ts'
import { searchPackages } from './search.ts'

/** What an action answers: a value, or the members of a list one by one. */
export type Result = { value: unknown } | { members: Iterable<unknown> }
type Action = (publication: Publication, asked: URLSearchParams) => Result

/** The actions of CKAN's API 3 that read. Add one: a row. */
export const actions: Record<string, Action> = {
  site_read: () => ({ value: true }),
  status_show: ({ catalogue }) => ({
    value: {
      site_title: choose(catalogue.title, catalogue.languages)?.text,
      site_description: choose(catalogue.description, catalogue.languages)?.text ?? '',
      site_url: catalogue.base,
      locale_default: catalogue.languages[0],
      error_emails_to: null,
      ckan_version: '2.10.0',
      extensions: [],
    },
  }),
  package_list: ({ ledger }, asked) => {
    const { most, offset } = pageIn(asked, Infinity)
    return { members: names(ledger, offset, most) }
  },
  current_package_list_with_resources: (publication, asked) => {
    const { most, offset } = pageIn(asked, 10)
    return { members: packages(publication, [...names(publication.ledger, offset, Math.min(most, mostRows))]) }
  },
  package_search: (publication, asked) => ({ value: searchPackages(publication, asked) }),
  package_show: (publication, asked) => ({ value: shown(publication, needed(asked, 'id')) }),
  organization_list: (publication, asked) => groups(publication, asked, 'publisher', (name, named) => organizationOf(name, named, publication)),
  organization_show: (publication, asked) => ({ value: group(publication, asked, 'publisher', (name, named) => organizationOf(name, named, publication)) }),
  group_list: (publication, asked) => groups(publication, asked, 'theme', (name, named) => groupOf(name, named, publication)),
  group_show: (publication, asked) => ({ value: group(publication, asked, 'theme', (name, named) => groupOf(name, named, publication)) }),
  tag_list: ({ ledger }, asked) => {
    const wanted = (asked.get('query') ?? '').toLowerCase()
    const tags = [...keywordCounts(ledger).keys()].filter(tag => tag.toLowerCase().includes(wanted)).sort()
    return { members: isTrue(asked, 'all_fields') ? tags.map(name => ({ id: name, name, display_name: name, vocabulary_id: null })) : tags }
  },
  license_list: ({ vocabulary, catalogue }) => ({
    members: (listsOf(catalogue.base).licence ?? []).flatMap(list =>
      (vocabulary.schemes.get(list)?.concepts ?? []).map(({ slug, iri, labels }) => ({
        id: slug,
        title: choose(labels, catalogue.languages)?.text ?? slug,
        url: iri,
        status: 'active',
        is_generic: false,
        od_conformance: vocabulary.flag(iri, fihrist.openLicence) ? 'approved' : 'not reviewed',
        osd_conformance: 'not reviewed',
      })),
    ),
  }),
}

/** The names of what is shown, in the order it came, read in pieces. */
function* names(ledger: Publication['ledger'], offset: number, most: number): Generator<string> {
  for (let told = 0; told < most;) {
    const piece = visiblePiece(ledger, { most: Math.min(mostRows, most - told), offset: offset + told })
    yield* piece.map(({ id }) => id)
    told += piece.length
    if (piece.length === 0) return
  }
}

function* packages(publication: Publication, ids: string[]): Generator<unknown> {
  for (const id of ids) yield shown(publication, id)
}

/** A package by its name, or by the IRI of the dataset. */
function shown(publication: Publication, name: string): unknown {
  const { ledger, vocabulary } = publication
  const id = recordsNamed(ledger, [name], [name])[0]?.id ?? addressesOf(publication.catalogue.base).idIn(name) ?? name
  const record = recordById(ledger, id)
  const canonical = record?.canonical ?? record?.n
  const version = record?.shown != null && canonical !== undefined ? shownVersion(ledger, canonical) : undefined
  if (!version) throw new CkanProblem('Not Found Error', 'Not found')
  return packageOf(plainRecord(version, vocabulary), publication)
}
