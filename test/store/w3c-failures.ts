/** W3C tests of SPARQL 1.1 queries that the endpoint does not pass, and why: folder/name → cause. */
export const failures: Record<string, string> = {}
