import { readCatalogue } from '../src/config/catalogue.ts'
import { readSources } from '../src/config/sources.ts'
import { protocolOptions } from '../src/harvest/protocols/index.ts'
import { openLedger } from '../src/ledger/file/ledger.ts'
import type { Publication } from '../src/outlets/publication.ts'
import { loadVocabulary } from '../src/vocabulary/vocabulary.ts'

/** What is published of a catalogue that was harvested before, to be read alone. */
export async function openForBench(file: string, data: string): Promise<Publication> {
  const catalogue = readCatalogue(file, process.env)
  const sources = readSources(catalogue, protocolOptions, process.env)
  return { catalogue, sources, ledger: openLedger(data, { readOnly: true }), vocabulary: await loadVocabulary(catalogue.ontologies, catalogue.base) }
}
