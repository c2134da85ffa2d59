/** What `prune` can let go of, by the names under which it tells of it. */
export type Prunable = 'versions' | 'payloads' | 'outcomes' | 'problems' | 'pages' | 'requests' | 'runs'

/** A table of the ledger: what its rows are of, and when they go. */
export interface Table {
  name: string
  /** The columns that name the source, the run and the record (n) of a row. */
  bySource?: string
  byRun?: string
  byRecord?: string
  /** Those of its rows go when their source is forgotten for which this condition holds. */
  forgotten?: string
  /** Its rows go when their record is removed: what leaves a tombstone is not found any more. */
  withRecord?: true
  /**
   * Its rows may be pruned: those whose `key` is the number of a version, a payload's record, a request or a run that goes, or of a run that is past,
   * though it may stay itself. `bytes` is the column that takes the room.
   */
  prunable?: { as: Prunable; key: string; of: 'version' | 'payload' | 'request' | 'run' | 'past run'; bytes?: string }
}

/** Every table of the ledger. Add a table: a line. */
export const tables: Table[] = [
  { name: 'source', bySource: 'id' },
  { name: 'record', bySource: 'source', byRecord: 'n' },
  { name: 'version', byRun: 'run', byRecord: 'record', prunable: { as: 'versions', key: 'id', of: 'version', bytes: 'graph' } },
  { name: 'payload', byRun: 'run', byRecord: 'record', prunable: { as: 'payloads', key: 'record', of: 'payload', bytes: 'body' } },
  { name: 'sighting', byRun: 'run', byRecord: 'record' },
  { name: 'dictionary', bySource: 'source' },
  { name: 'judgement', byRecord: 'record' },
  { name: 'later_measurement', byRecord: 'record', withRecord: true },
  { name: 'link' },
  { name: 'link_use', byRecord: 'record', withRecord: true },
  { name: 'link_noted', byRecord: 'record', withRecord: true },
  { name: 'listing', byRecord: 'record', withRecord: true },
  { name: 'trait' },
  { name: 'scorecard' },
  { name: 'search', byRecord: 'rowid', withRecord: true },
  { name: 'indexed_word' },
  { name: 'index_state' },
  { name: 'unindexed', byRecord: 'record', withRecord: true },
  { name: 'title_key', byRecord: 'record', withRecord: true },
  { name: 'clue', byRecord: 'record', withRecord: true },
  { name: 'identifier', byRecord: 'record', withRecord: true },
  { name: 'alternate', byRecord: 'record' },
  { name: 'change', byRecord: 'record' },
  { name: 'revision', byRun: 'run' },
  { name: 'outcome', byRun: 'run', byRecord: 'record', prunable: { as: 'outcomes', key: 'run', of: 'past run' } },
  { name: 'problem', byRun: 'run', prunable: { as: 'problems', key: 'run', of: 'past run' } },
  { name: 'page', bySource: 'source', byRun: 'run', forgotten: 'TRUE', prunable: { as: 'pages', key: 'run', of: 'past run', bytes: 'body' } },
  { name: 'run_request', bySource: 'source', byRun: 'run', forgotten: 'taken IS NULL', prunable: { as: 'requests', key: 'id', of: 'request' } },
  { name: 'run', bySource: 'source', byRun: 'id', prunable: { as: 'runs', key: 'id', of: 'run' } },
  { name: 'notice', bySource: 'source', forgotten: 'TRUE' },
  { name: 'pruning', bySource: 'source' },
  { name: 'decision', byRecord: 'record' },
  { name: 'correction', byRecord: 'record' },
  // What people bring, and who may sign in: of no source.
  { name: 'inventory_entry' },
  { name: 'foreseen', bySource: 'source', forgotten: 'TRUE' },
  { name: 'contribution' },
  { name: 'step' },
  { name: 'contribution_dataset' },
  { name: 'support' },
  { name: 'picture' },
  { name: 'asker' },
  { name: 'letter' },
  { name: 'person' },
  { name: 'invitation' },
  { name: 'session' },
  { name: 'deed' },
]
