/** One SHACL result (SHACL, section 3.6). */
export interface Finding {
  profile: string
  /** IRI of the shape: messages and advice are read from it. */
  rule: string
  severity: 'violation' | 'warning' | 'info'
  focus: string
  path?: string
  value?: string
  /** The number of results that this one stands for, where there are several. */
  count?: number
}

/** How many results some findings stand for. */
export const resultsIn = (findings: Pick<Finding, 'count'>[]): number => findings.reduce((sum, { count }) => sum + (count ?? 1), 0)

/** So many findings of one rule on one record are told one by one; what lies beyond is folded into one with a count. */
export const mostOfOneRule = 100
