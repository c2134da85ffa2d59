import type { Request } from 'express'
import { saidProblem } from '../../words/said.ts'
import type { Site } from '../site/site.ts'

/** Bytes of a form that are read; of one that may bring a picture, or a table. */
export const mostBytes = { form: 64 * 1024, picture: 3 * 1024 * 1024, table: 8 * 1024 * 1024 }

/** What was written into a form, by the name of the field; a file is a file. */
export type Posted = FormData

/**
 * The fields of a form that one of our own pages has sent. Throws `forbidden` where it was another's, `unsupported-media-type` for what is no form, `too-large`
 * and `bad-request`.
 */
export async function readPosted(site: Site, request: Request, most: number = mostBytes.form): Promise<Posted> {
  refuseForged(site, request)
  const type = request.get('Content-Type') ?? ''
  if (!/^(?:application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(type)) throw saidProblem('unsupported-media-type', 'form.no_form')
  const body = await bytesOf(request, most)
  try {
    return await new Response(body, { headers: { 'Content-Type': type } }).formData()
  } catch {
    throw saidProblem('bad-request', 'query_problem.unread')
  }
}

/** A form of another site is not taken, whatever it says: browsers tell whose page sends it (Fetch, "Origin header"; Fetch Metadata). */
function refuseForged({ publication: { catalogue } }: Site, request: Request): void {
  const [origin, from] = [request.get('Origin'), request.get('Sec-Fetch-Site')]
  const own = [new URL(catalogue.base).origin, ...catalogue.origins, `${request.protocol}://${request.host}`]
  if ((from !== undefined && from !== 'same-origin') || (origin !== undefined && !own.includes(origin))) throw saidProblem('forbidden', 'form.forged')
}

async function bytesOf(request: Request, most: number): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Buffer[] = []
  let length = 0
  if (Number(request.get('Content-Length') ?? 0) > most) throw tooLarge(most)
  for await (const piece of request as AsyncIterable<Buffer>) {
    length += piece.length
    if (length > most) throw tooLarge(most)
    pieces.push(piece)
  }
  return Uint8Array.from(Buffer.concat(pieces))
}

const tooLarge = (most: number) => saidProblem('too-large', 'form.too_large', { most: Math.round(most / 1024) })

/** A field as it was written, without the blanks around it; line breaks are one sign. */
export const fieldOf = (posted: Posted, name: string): string => {
  const value = posted.get(name)
  return typeof value === 'string' ? value.replaceAll('\r\n', '\n').trim() : ''
}
