import type { Catalogue } from '../config/catalogue.ts'
import { dct, prof, rdf } from '../rdf/namespaces.ts'
import { literal, namedNode, quad, type NamedNode, type Quad } from '../rdf/terms.ts'
import { nameOfProfile, profileIri, titleAndAbove } from '../validate/profiles.ts'

/** Profiles that are somebody else's: what they are called by those who wrote them. */
const standards: Record<string, string> = {
  'dcat-ap': 'https://semiceu.github.io/DCAT-AP/releases/3.0.1/',
  'dcat-ap-2': 'https://joinup.ec.europa.eu/solution/dcat-application-profile-data-portals-europe/release/211',
  'dcat-ap-hvd': 'https://semiceu.github.io/DCAT-AP/releases/3.0.0-hvd/',
  'geodcat-ap': 'https://semiceu.github.io/GeoDCAT-AP/releases/3.0.0/',
}

/** What a profile is called in what we publish. */
export const profileNamed = (name: string): NamedNode => namedNode(standards[name] ?? profileIri(name))

const known = new WeakMap<Catalogue, Quad[]>()

/**
 * What the profiles of the edition are profiles of (PROF, isProfileOf). An entry names one profile, the most special that its dataset conforms to (DCAT-AP
 * 3.0.1, Catalogue Record, application profile: 0..1); that it conforms to those above it as well is told by this.
 */
export function profileQuads(catalogue: Catalogue): Quad[] {
  const found = known.get(catalogue) ?? chains(catalogue)
  known.set(catalogue, found)
  return found
}

function chains({ shapes, base, profiles }: Catalogue): Quad[] {
  const all = new Set(profiles)
  const quads: Quad[] = []
  // What is added while the set is walked is walked too.
  for (const name of all) {
    const self = profileNamed(name)
    const { title, above } = titleAndAbove(shapes, base, name)
    quads.push(quad(self, rdf.type, prof.Profile), quad(self, rdf.type, dct.Standard))
    for (const [language, text] of Object.entries(title)) quads.push(quad(self, dct.title, literal(text, language)))
    for (const iri of above) {
      const own = nameOfProfile(iri)
      if (own !== undefined) all.add(own)
      quads.push(quad(self, prof.isProfileOf, own === undefined ? namedNode(iri) : profileNamed(own)))
    }
  }
  return quads
}
