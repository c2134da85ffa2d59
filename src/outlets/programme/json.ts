import type { Contribution, Step } from '../../ledger/programme/contributions.ts'
import type { Publication } from '../publication.ts'
import { isTold, matterIri } from './programme.ts'

/** One request or reuse, for programs that want plain JSON. */
export const matterJson = ({ catalogue: { base } }: Pick<Publication, 'catalogue'>, of: Contribution, steps?: Step[]) => {
  const { kind, id, state, language, said, body, due, at, modified, datasets, supporters } = of
  return {
    id,
    kind,
    ...(isTold(kind) && { iri: matterIri(base, of) }),
    state,
    language,
    ...said,
    body,
    due,
    created: at,
    modified,
    datasets,
    ...(kind === 'request' && { supporters }),
    ...(steps && { steps: steps.map(each => ({ state: each.state, at: each.at, ...each.said })) }),
  }
}
