import type { Ledger } from '../../ledger/file/ledger.ts'
import { hostIn } from '../../ledger/links/links.ts'
import { unnotedOf, writeUses, type Use } from '../../ledger/links/uses.ts'
import { shownVersion } from '../../ledger/records/shown.ts'
import { Graph, values } from '../../rdf/graph.ts'
import { dcat } from '../../rdf/namespaces.ts'
import { readLines } from '../../rdf/own-lines.ts'
import { namedNode } from '../../rdf/terms.ts'

/** Records that are looked into at once. */
const atOnce = 200

/** Writes down the addresses that the files of records name, of those that have another version than when it was done last. */
export function noteUses(ledger: Ledger, sources: string[]): void {
  for (let after = 0, records: { n: number; shown: number }[]; (records = unnotedOf(ledger, sources, after, atOnce)).length > 0; after = records.at(-1)!.n)
    ledger.transaction(() => {
      for (const { n, shown } of records) writeUses(ledger, n, shown, usesIn(ledger, n))
    })
}

const roles = { access: dcat.accessURL, download: dcat.downloadURL } as const

function usesIn(ledger: Ledger, n: number): (Use & { host: string })[] {
  const { graph: text, dataset } = shownVersion(ledger, n)!
  const graph = new Graph(readLines(text))
  return values(graph, namedNode(dataset), dcat.distribution).flatMap(file =>
    (Object.keys(roles) as (keyof typeof roles)[]).flatMap(role =>
      values(graph, file, roles[role])
        .map(({ value: url }) => ({ file: file.value, role, url, host: hostIn(url) }))
        .filter(({ url, host }) => /^https?:/i.test(url) && host !== ''),
    ),
  )
}
