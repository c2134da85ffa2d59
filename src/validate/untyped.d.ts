declare module 'shacl-engine' {
  export class Validator {
    constructor(shapes: unknown, options: { factory: unknown; validations?: unknown[]; targetResolvers?: unknown[] })
    validate(data: { dataset: unknown; terms?: unknown[] }, shapes?: { terms: unknown[] }[]): Promise<{ results: unknown[] }>
  }
}

declare module 'shacl-engine/sparql.js' {
  export const validations: Iterable<unknown>
  export const targetResolvers: Iterable<unknown>
}

declare module 'rdf-ext' {
  const factory: { dataset(quads?: Iterable<unknown>): unknown }
  export default factory
}
