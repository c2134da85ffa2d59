import { adms, dcat, dcatap, dct, foaf, vcard } from '../rdf/namespaces.ts'

/** The properties that a vocabulary has (DCAT 3, DCMI Metadata Terms, FOAF 0.99, ADMS 2, vCard): one that it has not is misspelt, or of another vocabulary. */
const properties: [namespace: string, names: string][] = [
  [
    dcat.iri,
    'accessService accessURL bbox byteSize catalog centroid compressFormat contactPoint dataDictionary dataQuality dataset distribution downloadURL endDate ' +
      'endpointDescription endpointURL first granularity hadRole hasCurrentVersion hasVersion inCatalog inSeries isDistributionOf isVersionOf keyword ' +
      'landingPage last mediaType next nextVersion packageFormat prev previousVersion qualifiedRelation record resource seriesMember servesDataset service ' +
      'spatialResolutionInMeters startDate temporalResolution theme themeTaxonomy version',
  ],
  [
    dct.iri,
    'abstract accessRights accrualMethod accrualPeriodicity accrualPolicy alternative audience available bibliographicCitation conformsTo contributor ' +
      'coverage created creator date dateAccepted dateCopyrighted dateSubmitted description educationLevel extent format hasFormat hasPart hasVersion ' +
      'identifier instructionalMethod isFormatOf isPartOf isReferencedBy isReplacedBy isRequiredBy isVersionOf issued language license mediator medium ' +
      'modified provenance publisher references relation replaces requires rights rightsHolder source spatial subject tableOfContents temporal title type ' +
      'valid',
  ],
  [
    adms.iri,
    'identifier includedAsset interoperabilityLevel last next prev representationTechnique sample schemaAgency status supportedSchema translation versionNotes',
  ],
  [dcatap.iri, 'applicableLegislation availability hvdCategory'],
  [
    foaf.iri,
    'account accountName accountServiceHomepage age aimChatID based_near birthday currentProject depiction depicts dnaChecksum familyName family_name ' +
      'firstName focus fundedBy geekcode gender givenName givenname holdsAccount homepage icqChatID img interest isPrimaryTopicOf jabberID knows lastName ' +
      'logo made maker mbox mbox_sha1sum member membershipClass msnChatID myersBriggs name nick openid page pastProject phone plan primaryTopic publications ' +
      'schoolHomepage sha1 skypeID status surname theme thumbnail tipjar title topic topic_interest weblog workInfoHomepage workplaceHomepage yahooChatID',
  ],
  [
    vcard.iri,
    'adr agent anniversary bday category class country-name email extended-address family-name fn geo given-name hasAdditionalName hasAddress ' +
      'hasCalendarBusy hasCalendarLink hasCalendarRequest hasCategory hasCountryName hasEmail hasFN hasFamilyName hasGender hasGeo hasGivenName ' +
      'hasHonorificPrefix hasHonorificSuffix hasInstantMessage hasKey hasLanguage hasLocality hasLogo hasMember hasName hasNickname hasNote ' +
      'hasOrganizationName hasOrganizationUnit hasPhoto hasPostalCode hasRegion hasRelated hasRole hasSound hasSource hasStreetAddress hasTelephone hasTitle ' +
      'hasUID hasURL hasValue honorific-prefix honorific-suffix key label language latitude locality logo longitude mailer n nickname note org ' +
      'organization-name organization-unit photo post-office-box postal-code prodid region rev role sort-string sound street-address tel title tz uid url ' +
      'value',
  ],
]

/** Vocabularies by what their IRIs come down to however they are written: with https, with `#` or `/` at the end. */
const bare = (iri: string) =>
  iri
    .replace(/^https?:\/\/(?:www\.)?/i, '')
    .replace(/(?<![/#])[/#]+$/, '')
    .toLowerCase()
const vocabularies = new Map(properties.map(([namespace, names]) => [bare(namespace), { namespace, names: new Set(names.split(' ')) }]))
/** Vocabularies in which one looks for a property that its own has not; the first that has it is meant. */
const others = [dcat.iri, dct.iri, dcatap.iri, adms.iri, foaf.iri].map(iri => vocabularies.get(bare(iri))!)

/** What is compared of a name: `access_URL`, `accessurl` and `AccessURLs` are one. */
const skeleton = (name: string) =>
  name
    .toLowerCase()
    .replace(/[^a-z]/g, '')
    .replace(/s$/, '')
    .replace('licence', 'license')

const known = new Map<string, string | undefined>()

/**
 * The property that is meant by one of a vocabulary that has none of this name: `dcat:bytesSize`, `dcat:license`, `dct:landingPage`; undefined where it is
 * right, of another vocabulary, or not sure. Found once for each.
 */
export function meantProperty(iri: string): string | undefined {
  if (!known.has(iri)) {
    if (known.size > 10_000) known.clear()
    known.set(iri, find(iri))
  }
  return known.get(iri)
}

function find(iri: string): string | undefined {
  const [, written = '', name = ''] = /^(.*[/#])([A-Za-z][\w-]{2,40})$/.exec(iri) ?? []
  const own = vocabularies.get(bare(written))
  if (!own) return undefined
  if (own.names.has(name)) return written === own.namespace ? undefined : own.namespace + name
  // A name that begins with a capital letter is a class.
  const places = [own, ...(others.includes(own) ? others.filter(each => each !== own) : [])]
  const elsewhere = places.find(each => each.names.has(name))
  if (elsewhere) return elsewhere.namespace + name
  for (const { namespace, names } of places) {
    const alike = [...names].filter(each => skeleton(each) === skeleton(name))
    if (alike.length === 1) return namespace + alike[0]
  }
  const near = [...own.names].filter(each => each.length > 6 && isOneApart(skeleton(each), skeleton(name)))
  return near.length === 1 ? own.namespace + near[0] : undefined
}

/** Whether one letter is missing, too many, another, or changed places with its neighbour. */
function isOneApart(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  if (long.length - short.length > 1) return false
  let at = 0
  while (at < short.length && short[at] === long[at]) at++
  if (short.length < long.length) return short.slice(at) === long.slice(at + 1)
  return short.slice(at + 1) === long.slice(at + 1) || (short[at] === long[at + 1] && short[at + 1] === long[at] && short.slice(at + 2) === long.slice(at + 2))
}
