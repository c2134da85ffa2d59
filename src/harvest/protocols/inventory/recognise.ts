import { columnById, inventoryLanguages, type InventoryLanguage } from '../../../inventory/columns.ts'
import { readTable } from '../../../inventory/table.ts'
import { fold } from '../../../vocabulary/fold.ts'
import type { Recognised, Candidate } from '../../protocol.ts'
import { anyMediaType, firstOf } from '../../readers/recognise.ts'

/** A table of something else, of books say, may have a title, a description and a date too: from so many headings on it is one of datasets. */
const surely = 6

/** An inventory: a table at the address itself, most of whose headings are those of inventories. */
export const recogniseInventory = ({ url, fetch }: Candidate): Promise<Recognised | undefined> =>
  firstOf([url], async address => {
    const { places, strange, entries } = await readTable((await fetch(address, anyMediaType)).body, address)
    const known = [...places].filter(([id]) => columnById.has(id))
    if (entries.length === 0 || known.length <= strange.length) return undefined
    const spoken = (language: InventoryLanguage) => known.filter(([id, { heading }]) => fold(heading) === fold(columnById.get(id)!.heading[language])).length
    const [language] = inventoryLanguages.toSorted((a, b) => spoken(b) - spoken(a))
    return { url: address, sure: known.length >= surely, datasets: entries.length, ...(spoken(language!) > 0 && { languages: [language!] }) }
  })
