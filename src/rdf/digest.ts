import { createHash } from 'node:crypto'

/** A short, stable fingerprint of a text; 160 bits in base64url. */
export function digest(text: string | Uint8Array): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 27)
}
