import type { Mint } from '../protocol.ts'

/** What a record is mapped with to see only what the portal itself says of it: IRIs that are nobody's. */
export const probeMint: Mint = { base: 'urn:fihrist', record: 'urn:fihrist:record', dataset: 'urn:fihrist:dataset' }
