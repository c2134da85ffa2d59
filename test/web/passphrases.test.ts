import { expect, test } from 'vitest'
import { isEasy } from '../../src/web/http/passphrases.ts'

test.each([
  ['holds the name of its owner’s address', 'Salma-des-oueds-2026', 'salma@example.ma'],
  ['says one sign again and again', 'aaaaaaaaaaaaaaaa', 'salma@example.ma'],
])('a passphrase that %s is too easy: %s', (_, passphrase, email) => expect(isEasy(passphrase, email)).toBe(true))

test.each([
  ['is several words', 'trois oueds et un puits', 'salma@example.ma'],
  ['holds the letter that is all of the name of its owner’s address', 'trois oueds et un marché', 'm@example.ma'],
])('a passphrase that %s may be taken: %s', (_, passphrase, email) => expect(isEasy(passphrase, email)).toBe(false))
