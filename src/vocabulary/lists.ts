import { addressesOf } from '../config/addresses.ts'
import { remembering } from '../remembering.ts'

/** The reference lists that normalising and the facets know by name. */
const eu = 'http://publications.europa.eu/resource/authority/'

export const euLists = {
  dataTheme: `${eu}data-theme`,
  fileType: `${eu}file-type`,
  frequency: `${eu}frequency`,
  language: `${eu}language`,
  licence: `${eu}licence`,
  accessRight: `${eu}access-right`,
  distributionStatus: `${eu}distribution-status`,
  availability: `${eu}planned-availability`,
  datasetType: `${eu}dataset-type`,
  country: `${eu}country`,
} as const

/** The edition's own lists, minted under its base. */
export const ownLists = remembering((base: string) => {
  const { list } = addressesOf(base)
  return {
    theme: list('theme'),
    organisation: list('organisation'),
    territory: list('territory'),
    licence: list('licence'),
    status: list('status'),
    disaggregationLevel: list('disaggregation-level'),
    season: list('season'),
    subject: list('subject'),
  } as const
})
