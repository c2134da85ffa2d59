import { LRUCache } from 'lru-cache'
import type { Table } from '../../inventory/table.ts'
import { newWord } from './cookies.ts'

/** A table that somebody has sent, and has not said yet what is to come of it. */
export interface Upload {
  /** Who sent it. */
  person: number
  file: string
  table: Table
}

/** Half an hour, and as many as are looked at at once: who takes longer sends it again. */
const held = new LRUCache<string, Upload>({ max: 50, ttl: 30 * 60_000 })

/** Keeps a table until its sender decides, by a word. */
export function holdUpload(upload: Upload): string {
  const word = newWord()
  held.set(word, upload)
  return word
}

export const heldUpload = (word: string, person: number): Upload | undefined => {
  const found = held.get(word)
  return found?.person === person ? found : undefined
}

export const letUploadGo = (word: string): void => void held.delete(word)
