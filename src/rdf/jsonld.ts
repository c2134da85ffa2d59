import type jsonld from 'jsonld'

/** The JSON-LD library, loaded where JSON-LD is met: it takes 25 MB in each thread, and most threads never meet any. */
export const loadJsonld = async (): Promise<typeof jsonld> => (await import('jsonld')).default
