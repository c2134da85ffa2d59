import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

/** Characters of a passphrase: shorter ones are guessed, and longer ones are no passphrases. */
export const passphraseLength = { least: 12, most: 200 }

/** Characters of a name that make a passphrase easy to guess: a letter or two stand in any. */
const tellingName = 4

/** Whether a passphrase is one of the first that anybody would try: it holds the name of its owner's address, or a few signs again and again. */
export function isEasy(passphrase: string, email: string): boolean {
  const name = email.split('@')[0]!.toLowerCase()
  return (name.length >= tellingName && passphrase.toLowerCase().includes(name)) || new Set(passphrase).size < 5
}

/** What a guess costs (RFC 7914): 2^15 rounds over blocks of 8 need 32 MB and some 100 ms. */
const cost = { log2n: 15, r: 8, p: 1 }

/** What is kept of a passphrase: how it was worked out, its salt, and what came out of it. */
export async function keptPassphrase(passphrase: string): Promise<string> {
  const salt = randomBytes(16)
  const { log2n, r, p } = cost
  return ['scrypt', log2n, r, p, salt.toString('base64url'), (await derived(passphrase, salt, cost)).toString('base64url')].join('$')
}

/** Whether a passphrase is the one that was kept. Where nobody is known, it takes as long, and is none. */
export async function isPassphrase(passphrase: string, kept: string | undefined): Promise<boolean> {
  const [, log2n, r, p, salt, digest] = (kept ?? nobody).split('$')
  const wanted = Buffer.from(digest!, 'base64url')
  const found = await derived(passphrase.slice(0, passphraseLength.most), Buffer.from(salt!, 'base64url'), { log2n: Number(log2n), r: Number(r), p: Number(p) })
  return timingSafeEqual(found, wanted) && kept !== undefined
}

const nobody = ['scrypt', cost.log2n, cost.r, cost.p, randomBytes(16).toString('base64url'), randomBytes(32).toString('base64url')].join('$')

/** Written in one way, whatever the keyboard: é is one letter or two. */
const derived = (passphrase: string, salt: Buffer, { log2n, r, p }: typeof cost): Promise<Buffer> =>
  new Promise((resolve, reject) =>
    scrypt(passphrase.normalize('NFKC'), salt, 32, { N: 2 ** log2n, r, p, maxmem: 2 * 128 * r * 2 ** log2n }, (error, key) =>
      error ? reject(error) : resolve(key),
    ),
  )
