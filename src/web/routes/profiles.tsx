import { addressesOf } from '../../config/addresses.ts'
import { Problem } from '../../problem.ts'
import { graphFormats } from '../../rdf/formats.ts'
import type { Quad } from '../../rdf/terms.ts'
import { turtleReader } from '../../rdf/turtle.ts'
import { profileText } from '../../validate/profiles.ts'
import type { Standard } from '../../validate/standard.ts'
import { html, json, rdf } from '../http/forms.ts'
import type { Resource } from '../http/route.ts'
import type { Site } from '../site/site.ts'
import { ProfilesView, ProfileView } from '../views/profiles/profiles.tsx'

/** The statements of the file of a profile: its description, its rules, their sentences. */
function statementsOf({ publication: { catalogue } }: Site, { name }: Standard): Quad[] {
  const quads: Quad[] = []
  const reader = turtleReader(addressesOf(catalogue.base).home, quad => quads.push(quad))
  reader.read(profileText(catalogue.shapes, name).toString('utf8'))
  reader.end()
  return quads
}

/** The standards that records are checked by. */
export const profiles: Resource<Standard[]> = {
  find: ({ site }) => site.standards ?? [],
  as: [
    html((standards, page) => <ProfilesView page={page} standards={standards} />),
    json(standards => standards.map(({ name, iri, title, description, version, above }) => ({ name, iri, title, description, version, above }))),
    ...rdf<Standard[]>(graphFormats, (standards, { site }) => ({
      quads: standards.flatMap(standard => statementsOf(site, standard).filter(({ subject }) => subject.value === standard.iri)),
    })),
  ],
  links: () => [],
}

/** One of them: the standard and its manual as a page, its check as RDF. */
export const profile: Resource<Standard> = {
  find: ({ site }, { id = '' }) => {
    const known = site.standards ?? []
    const found = known.find(({ name }) => name === id)
    if (!found) throw new Problem('not-found', `There is no profile "${id}"; there are: ${known.map(({ name }) => name).join(', ')}.`)
    return found
  },
  as: [
    html((standard, page) => <ProfileView page={page} standard={standard} />),
    json(standard => standard),
    ...rdf<Standard>(graphFormats, (standard, { site }) => ({ quads: statementsOf(site, standard) })),
  ],
  links: () => [],
}
