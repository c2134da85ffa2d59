import { hash } from 'node:crypto'

/** A short, stable fingerprint of a text; 160 bits in base64url. */
export function digest(text: string | Uint8Array): string {
  return hash('sha256', text, 'base64url').slice(0, 27)
}
