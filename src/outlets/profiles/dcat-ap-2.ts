import { adms, dcat, dct, owl, rdf, skos, spdx, xsd } from '../../rdf/namespaces.ts'
import { isLiteral, literal, quad, type NamedNode, type Quad } from '../../rdf/terms.ts'
import type { Vocabulary } from '../../vocabulary/vocabulary.ts'
import { profileNamed } from '../profile-node.ts'
import type { Profile } from './profile.ts'

/** What DCAT-AP 3 says by other properties than DCAT-AP 2.1.1; a series was a dataset that others are part of. */
const former = new Map<string, NamedNode>(
  (
    [
      [dcat.version, owl.versionInfo],
      [dcat.hasVersion, dct.hasVersion],
      [dcat.inSeries, dct.isPartOf],
      [dcat.resource, dcat.dataset],
    ] as const
  ).map(([now, then]) => [now.value, then]),
)

/** DCAT-AP 2.1.1, for readers who know no later one, among them the checks of data.europa.eu. */
export const dcatAp2: Profile = {
  name: 'dcat-ap-2',
  iri: profileNamed('dcat-ap-2').value,
  quads: (quads, vocabulary) => {
    const unknown = unknownSums(quads)
    return quads.filter(({ subject, object }) => !unknown.has(subject.value) && !unknown.has(object.value)).map(each => formerly(each, vocabulary))
  },
}

/** Checksums of which DCAT-AP 2.1.1 knows no algorithm: all but SHA-1. */
const unknownSums = (quads: Quad[]): Set<string> =>
  new Set(quads.filter(({ predicate, object }) => predicate.equals(spdx.algorithm) && !/sha1$/i.test(object.value)).map(({ subject }) => subject.value))

function formerly(each: Quad, { graph }: Vocabulary): Quad {
  const { subject, predicate, object } = each
  const then = former.get(predicate.value)
  if (then) return quad(subject, then, object)
  if (predicate.equals(rdf.type) && object.equals(dcat.DatasetSeries)) return quad(subject, predicate, dcat.Dataset)
  if (predicate.equals(dcat.byteSize) && isLiteral(object)) return quad(subject, predicate, literal(object.value, xsd.decimal))
  // The list of statuses names those of ADMS, which were the ones to use.
  const status = predicate.equals(adms.status)
    ? graph.quads(object as NamedNode, skos.exactMatch).find(match => match.object.value.startsWith('http://purl.org/adms/'))
    : undefined
  return status ? quad(subject, predicate, status.object) : each
}
