/** One SHACL result (SHACL, section 3.6). */
export interface Finding {
  profile: string
  /** IRI of the shape: messages and advice are read from it. */
  rule: string
  severity: 'violation' | 'warning' | 'info'
  focus: string
  path?: string
  value?: string
}
