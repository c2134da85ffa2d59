/** How a query is to be answered. */
export interface Wanted {
  /** One of the media types of its form. */
  mediaType: string
  /** Whether the query chooses its dataset itself; otherwise it is asked of the union of all graphs. */
  ownDataset?: boolean
}

/** The SPARQL engine behind one interface: it follows the ledger and can be thrown away and rebuilt from it. */
export interface Store {
  /** Answers a query, whole. Rejects with `query-malformed`, `query-refused`, `query-timeout` or `store-busy`. */
  query(sparql: string, wanted: Wanted): Promise<string>
  /** The revision it has applied. */
  readonly revision: number
  /** Resolves when it holds what the ledger shows. */
  ready(): Promise<void>
  close(): Promise<void>
}
