import { languageTagOf } from '../../outlets/plain-record.ts'
import type { PlainFile } from '../../outlets/plain.ts'
import { percentDecoded } from '../../rdf/iri.ts'
import { namedNode, type NamedNode } from '../../rdf/terms.ts'
import { choose } from '../../words/choose.ts'
import type { Page } from './page.ts'
import { isLookedInto } from './preview.ts'

/** A file as the page of its dataset lists it. */
export interface ListedFile {
  file: PlainFile
  node: NamedNode
  /** Its place among the files of the dataset, from 1: its preview is found by it. */
  place: number
  /** `2024`, `2023-2024`: of which year its name says that it is. */
  years: string | undefined
  /** Whether its beginning can be looked at. */
  looked: boolean
}

const yearsIn = /(?<!\d)((?:19|20)\d\d)(?:\s*[-–/_]\s*((?:19|20)\d\d|\d\d))?(?!\d)/
/** Years of one series that are shown before the others are folded. */
const mostYears = 4

/** Files with those of one series beside each other, the newest first; and those of its older years. */
export function filesInOrder(files: PlainFile[], page: Page): { newest: ListedFile[]; older: ListedFile[] } {
  const listed = files.map((file, at): ListedFile & { series: string; start: number } => {
    const name = choose(file.title, page.reading)?.text ?? lastSegment(file)
    const [said, first, last] = yearsIn.exec(name) ?? yearsIn.exec(lastSegment(file)) ?? []
    const years = first && (last ? `${first}–${last}` : first)
    const series = years === undefined ? '' : `${name.replace(said!, '').trim()} ${file.format?.iri ?? ''}`
    return { file, node: namedNode(file.iri), place: at + 1, years, looked: isLookedInto(file), series, start: Number(first ?? 0) }
  })
  const ofSeries = [...Map.groupBy(listed, ({ series }) => series)].map(([series, all]) => (series === '' ? all : all.sort((a, b) => b.start - a.start)))
  const isOld = (file: (typeof listed)[number], at: number) => file.series !== '' && at >= mostYears
  // One file too many is not worth a fold.
  const folds = ofSeries.map(all => all.length > mostYears + 1)
  return {
    newest: ofSeries.flatMap((all, at) => (folds[at] ? all.filter((file, rank) => !isOld(file, rank)) : all)),
    older: ofSeries.flatMap((all, at) => (folds[at] ? all.filter(isOld) : [])),
  }
}

const lastSegment = ({ download, access }: PlainFile) => percentDecoded((download[0] ?? access[0] ?? '').split(/[?#]/)[0]!.split('/').findLast(Boolean) ?? '')

/** Formats that people open first. */
const preferred = ['CSV', 'XLSX', 'GEOJSON', 'ODS', 'JSON', 'XLS']

/** The file that most readers want: one that is downloaded, in their language where there is one, in the format that opens anywhere, the newest. */
export function mainFile(files: PlainFile[], page: Page): PlainFile | undefined {
  const { newest } = filesInOrder(files.slice(0, 200), page)
  const rank = ({ file }: ListedFile) => {
    const at = preferred.indexOf(file.format?.concept?.slug ?? '')
    const own = file.languages.some(each => languageTagOf(each, page.site.publication.vocabulary) === page.language)
    return (own ? 0 : 10) + (at < 0 ? preferred.length : at)
  }
  return newest.filter(({ file }) => /^https?:/i.test(file.download[0] ?? '')).toSorted((a, b) => rank(a) - rank(b))[0]?.file
}
