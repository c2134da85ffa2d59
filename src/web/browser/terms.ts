/** What the editor completes, as /sparql/terms gives it. */
export type { Terms } from '../sparql/terms.ts'
