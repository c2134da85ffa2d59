declare module 'shacl-engine' {
  export class Validator {
    constructor(shapes: unknown, options: { factory: unknown; validations?: unknown[] })
    validate(data: { dataset: unknown }, shapes?: { terms: unknown[] }[]): Promise<{ results: unknown[] }>
  }
}

declare module 'rdf-ext' {
  const factory: { dataset(quads?: Iterable<unknown>): unknown }
  export default factory
}
