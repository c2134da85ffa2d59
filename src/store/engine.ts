import type Oxigraph from 'oxigraph'

/** Bytes of a page of WebAssembly memory, and the most that its addresses reach. */
const pageBytes = 65_536
export const mostMemory = 4 * 2 ** 30

/** What WebAssembly gives out of an instance; Node has no types of it. */
interface Exports {
  memory: { readonly buffer: ArrayBuffer; grow(pages: number): number }
  __wbindgen_externrefs: { readonly length: number; grow(by: number): number; get(at: number): unknown; set(at: number, value: unknown): void }
}
interface WebAssemblyNamespace {
  Module: new (bytes: Uint8Array) => object
  Instance: new (module: object, imports: object) => { exports: unknown }
}

/** What must be known of an engine, beside its memory, to take it up elsewhere. */
export interface Grip {
  bytes: number
  store: number
  /** The table of what it refers to outside its memory: how long it is, and the names of properties that it keeps there. */
  table: number
  names: [at: number, name: string][]
}

/** Oxigraph in this thread, with the memory that it lives in. */
export interface Engine {
  oxigraph: typeof Oxigraph
  store: Oxigraph.Store
  /** Bytes of its memory: it grows, and never shrinks. */
  readonly size: number
  /** Its memory; another array after each time it has grown. */
  memory(): Uint8Array
  grip(): Grip
  /** Makes room for the memory of another engine; once `fill` has copied it there, this one holds what that one held. */
  become(grip: Grip, fill: (memory: Uint8Array) => void): void
}

/**
 * Starts the engine of a thread, of which there is one. It keeps all it has in one piece of WebAssembly memory: a copy of that is a copy of the store, made in
 * the time that copying takes, where loading the same statements takes ten times as long. `most` bounds the memory: what needs more traps.
 */
export async function startEngine(most = mostMemory): Promise<Engine> {
  const namespace = (globalThis as unknown as { WebAssembly: WebAssemblyNamespace }).WebAssembly
  const { Module, Instance } = namespace
  let found: Exports | undefined
  namespace.Module = class extends Module {
    constructor(bytes: Uint8Array) {
      super(bounded(bytes, Math.floor(Math.min(most, mostMemory) / pageBytes)))
    }
  }
  namespace.Instance = class extends Instance {
    constructor(module: object, imports: object) {
      super(module, imports)
      found = this.exports as Exports
    }
  }
  const { default: oxigraph } = await import('oxigraph')
  Object.assign(namespace, { Module, Instance })
  if (!found) throw new Error('Oxigraph was started in this thread before')
  const { memory, __wbindgen_externrefs: table } = found
  let store = new oxigraph.Store()
  return {
    oxigraph,
    get store() {
      return store
    },
    get size() {
      return memory.buffer.byteLength
    },
    memory: () => new Uint8Array(memory.buffer),
    grip: () => ({
      bytes: memory.buffer.byteLength,
      store: (store as unknown as { __wbg_ptr: number }).__wbg_ptr,
      table: table.length,
      names: namesIn(table),
    }),
    become(grip, fill) {
      // Else it would be freed when its object is collected, out of the memory that is another's by then.
      freed(store)
      memory.grow(Math.max(0, Math.ceil((grip.bytes - memory.buffer.byteLength) / pageBytes)))
      if (grip.table > table.length) table.grow(grip.table - table.length)
      for (const [at, name] of grip.names) table.set(at, name)
      fill(new Uint8Array(memory.buffer, 0, grip.bytes))
      store = Object.assign(Object.create(oxigraph.Store.prototype) as Oxigraph.Store, { __wbg_ptr: grip.store })
    },
  }
}

/** The strings of a table. Throws where something else is kept there, which no other engine could be given. */
function namesIn(table: Exports['__wbindgen_externrefs']): [number, string][] {
  const names: [number, string][] = []
  for (let at = 0; at < table.length; at++) {
    const value = table.get(at)
    if (typeof value === 'string') names.push([at, value])
    else if (value !== null && value !== undefined && typeof value !== 'boolean') throw new Error(`The engine refers to ${typeof value} outside its memory`)
  }
  return names
}

/** What every object of the engine can do; its types do not say so. */
const freed = (object: object) => (object as { free(): void }).free()

/** A module whose memory ends after so many pages (WebAssembly, section 5.5.8: the memory section is the fifth). */
export function bounded(module: Uint8Array, pages: number): Uint8Array {
  for (let at = 8; at < module.length;) {
    const [length, body] = readNumber(module, at + 1)
    if (module[at] === 5) {
      const [least] = readNumber(module, body + 2)
      const limits = [1, 1, ...writtenNumber(least), ...writtenNumber(Math.max(least, pages))]
      return Buffer.concat([module.subarray(0, at), Uint8Array.of(5, ...writtenNumber(limits.length), ...limits), module.subarray(body + length)])
    }
    at = body + length
  }
  return module
}

/** An unsigned number in LEB128 and the place after it. */
function readNumber(bytes: Uint8Array, from: number): [number, number] {
  let value = 0
  let at = from
  for (let scale = 1; ; scale *= 128) {
    const byte = bytes[at++]!
    value += (byte & 127) * scale
    if (byte < 128) return [value, at]
  }
}

const writtenNumber = (value: number): number[] => (value < 128 ? [value] : [(value & 127) | 128, ...writtenNumber(value >>> 7)])
