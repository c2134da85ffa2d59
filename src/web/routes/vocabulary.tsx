import { ownTerms, ownVocabulary } from '../../outlets/vocabulary.ts'
import { graphFormats } from '../../rdf/formats.ts'
import { html, json, rdf } from '../http/forms.ts'
import type { Resource } from '../http/route.ts'
import { VocabularyView } from '../views/vocabulary.tsx'

/** Our own vocabulary, each term at its name after the hash. */
export const vocabulary: Resource<ReturnType<typeof ownTerms>> = {
  find: ({ site }) => ownTerms(site.publication.vocabulary),
  as: [
    html((own, page) => <VocabularyView page={page} own={own} />),
    json(own => own),
    ...rdf<ReturnType<typeof ownTerms>>(graphFormats, (_own, { site }) => ({ quads: ownVocabulary(site.publication.vocabulary) })),
  ],
  links: () => [],
}
