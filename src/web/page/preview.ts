import type { PlainFile } from '../../outlets/plain.ts'
import { Problem } from '../../problem.ts'
import type { Sample } from '../../sample.ts'
import type { Site } from '../site/site.ts'

/** Where a file lies. Only what a record names is asked for: nobody is asked here at an address of a stranger's choice. */
export const addressOf = (file: Pick<PlainFile, 'download' | 'access'> | undefined): string | undefined => file?.download[0] ?? file?.access[0]

/** Formats that are looked into. */
const looked = /^(?:CSV|TSV|XLSX|JSON|GEOJSON)$/i

/** Whether there is something to see of a file, as far as its portal says what it is. */
export const isLookedInto = (file: PlainFile): boolean => {
  const address = addressOf(file)
  if (address === undefined || !/^https?:/i.test(address)) return false
  return looked.test(file.format?.concept?.slug ?? /\.(\w+)(?:$|[?#])/.exec(address)?.[1] ?? '')
}

/** The beginning of a file, asked for now. Throws the Problem of who asked. */
export function look(site: Site, address: string, signal: AbortSignal): Promise<Sample> {
  if (!site.preview) throw new Problem('not-found', 'Files are not looked into here.')
  return site.preview(address, signal)
}
