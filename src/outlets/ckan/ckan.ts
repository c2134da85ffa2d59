import { addressesOf, paths } from '../../config/addresses.ts'
import { currentRevision } from '../../ledger/records/revisions.ts'
import type { Outlet } from '../outlet.ts'
import { actions, type Result } from './actions.ts'
import { CkanProblem } from './problem.ts'

interface Part {
  revision: number
  help: string
  result: Result | CkanProblem
}

/**
 * The actions of CKAN's API 3 that read (docs.ckan.org/en/2.10/api), so that tools that know a CKAN portal go on working. Its errors are told in its own words.
 */
export const ckan: Outlet<Part> = {
  path: paths.ckanAction(':action'),
  about: 'The actions of the API of CKAN that read: package_search, package_show, package_list, organization_list, group_list, tag_list and others.',
  parameters: {
    id: 'Of what is shown.',
    q: 'Words that are searched for.',
    fq: 'Fields that narrow: organization:x, groups:x, res_format:CSV, tags:x, license_id:x, metadata_modified:[from TO until].',
    sort: 'metadata_modified desc, title_string asc, id asc …',
    rows: 'How many are told, at most 1000.',
    start: 'How many are passed over.',
    'facet.field': 'A list of fields whose values are counted.',
    limit: 'How many members of a list are told.',
    offset: 'How many are passed over.',
    all_fields: 'Members of a list with all that is known of them.',
  },
  methods: ['get', 'post'],
  forms: [{ mediaType: 'application/json', extension: 'json' }],
  find: (publication, { params, query }) => {
    const action = params['action'] ?? ''
    return {
      revision: currentRevision(publication.ledger),
      help: addressesOf(publication.catalogue.base).ckanAction(`help_show?name=${encodeURIComponent(action)}`),
      result: tried(() => {
        if (!Object.hasOwn(actions, action))
          throw new CkanProblem('Not Found Error', `Action name not known: ${action.slice(0, 60)}; there are: ${Object.keys(actions).join(', ')}.`)
        return actions[action]!(publication, query)
      }),
    }
  },
  revision: ({ revision }) => revision,
  status: ({ result }) => (result instanceof CkanProblem ? result.status : 200),
  write: (_publication, part) => pieces(part),
}

function tried(act: () => Result): Result | CkanProblem {
  try {
    return act()
  } catch (error) {
    if (error instanceof CkanProblem) return error
    throw error
  }
}

function* pieces({ help, result }: Part): Generator<string> {
  if (result instanceof CkanProblem) return yield `${JSON.stringify({ help, success: false, error: { __type: result.type, message: result.message } })}\n`
  yield `{"help": ${JSON.stringify(help)}, "success": true, "result": `
  if ('value' in result) yield JSON.stringify(result.value)
  else {
    let separator = '['
    for (const member of result.members) {
      yield separator + JSON.stringify(member)
      separator = ','
    }
    yield separator === '[' ? '[]' : ']'
  }
  yield '}\n'
}
