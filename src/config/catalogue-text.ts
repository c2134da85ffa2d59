import { stringify } from 'yaml'
import type { Catalogue } from './catalogue.ts'

/** What catalogue.yaml is begun with. */
export interface CatalogueDraft extends Pick<Catalogue, 'base' | 'publisher' | 'languages'> {
  title: string
  /** A code of the edition's list of territories. */
  country: string | undefined
  /** A range of private addresses in which portals may lie. */
  allow: string | undefined
}

/** The text of catalogue.yaml for an edition with lists, rules and words of its own. */
export const catalogueText = ({ title, base, languages, country, publisher, allow }: CatalogueDraft): string =>
  [
    '# The edition. Every key is explained in docs/configuration.md of Fihrist.',
    stringify({ base, title: { [languages[0]!]: title }, publisher }, { lineWidth: 0 }).trim(),
    `languages: [${languages.join(', ')}]`,
    ...(country ? [`spatial: [${country}]`] : []),
    '# What the metadata of the catalogue may be used for.',
    'licence: http://publications.europa.eu/resource/authority/licence/CC0',
    '# Lists, rules and words of this edition; the European ones stand beside them.',
    'ontologies: ./ontologies',
    'shapes: ./shapes',
    'words: ./words',
    'harvesters: ./harvesters',
    'profiles: [admission, dcat-ap]',
    'blocking: [admission]',
    ...(allow === undefined ? [] : [`http: { allowAddresses: ["${allow}"] }`]),
    '',
  ].join('\n')
