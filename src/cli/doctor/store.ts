import { existsSync, statSync } from 'node:fs'
import { totalmem } from 'node:os'
import { join, resolve } from 'node:path'
import { size, warning, well, wrong, type Check } from './check.ts'

/** What WebAssembly can address, of which a query needs some. */
const mostOfACopy = 3.2e9

/** The store: is there room for its copies, or does the server answer? */
export const store: Check = async ({ catalogue, data }) => {
  const { store: configured } = catalogue
  if (configured.kind === 'sparql') return [await asked(configured)]
  const image = join(resolve(data), 'store.image')
  if (!existsSync(image)) return [well('embedded; its image is written at the first start of serve')]
  const one = statSync(image).size
  const all = one * (configured.replicas + 1)
  if (one > mostOfACopy)
    return [
      warning(
        `a copy of the store takes ${size(one)} of the 4.3 GB that it can address`,
        'Queries will run out of memory: set store.findings to none, or store.kind to sparql (docs/scale.md).',
      ),
    ]
  return all > totalmem() * 0.8
    ? [
        warning(
          `${configured.replicas} copies of ${size(one)} and one that is made, of ${size(totalmem())} of memory`,
          'Set store.replicas to 1, or store.kind to sparql (docs/scale.md).',
        ),
      ]
    : [well(`embedded, ${configured.replicas} copies of ${size(one)}`)]
}

/** Seconds that the server has. */
const patience = 10

async function asked({ query, user, password }: { query: string; user?: string | undefined; password?: string | undefined }) {
  const todo = `Is it running? Are store.query, store.user and store.password right, and may this machine reach it? Pages and feeds go on without it.`
  try {
    const response = await fetch(query, {
      method: 'POST',
      body: new URLSearchParams({ query: 'ASK {}' }),
      headers: {
        accept: 'application/sparql-results+json',
        ...(user && { authorization: `Basic ${Buffer.from(`${user}:${password ?? ''}`).toString('base64')}` }),
      },
      signal: AbortSignal.timeout(patience * 1000),
    })
    // A server that wants Digest says 401 here, and is there.
    return response.ok || response.status === 401 ? well(`${query} answers`) : wrong(`${query} answers with ${response.status}`, todo)
  } catch {
    return wrong(`${query} does not answer`, todo)
  }
}
