import type { Mapped, MappingTable, Mint } from '../protocol.ts'
import type { Element } from '../readers/xml/xml.ts'

/** What the mapping of a payload needs to know of the portal. */
export interface Portal {
  language: string
  /** The address of a record's page, with `{id}` in it. */
  page?: string | undefined
  /** Kinds of resources that are read; all, where it is not said. */
  types?: string[] | undefined
}

/** A format of records in XML. */
export interface Format {
  /** The element that it is read from; undefined where this is no such record. */
  in(root: Element): Element | undefined
  key(root: Element): string
  /** `dataset`, `service` …: the kind of what the record describes; empty where it does not say. */
  scope(root: Element): string
  modified(root: Element): string
  map(root: Element, portal: Portal): (mint: Mint) => Mapped
  /** The tables it is mapped by, for docs/mapping.md. */
  tables: Record<string, MappingTable>
}
