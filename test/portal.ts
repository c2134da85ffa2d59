import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** One answer: a text, or a status with headers and a body, or a function that answers as it likes. */
export type Answer =
  | string
  | { status?: number; type?: string; headers?: Record<string, string>; body?: string | Uint8Array }
  | ((request: IncomingMessage, response: ServerResponse) => void)

export const json = (body: unknown, status = 200): Answer => ({ status, type: 'application/json', body: JSON.stringify(body) })
export const turtle = (body: string | Uint8Array): Answer => ({ type: 'text/turtle', body })
const notFound: Answer = { status: 404, type: 'text/plain', body: 'Not Found\n' }

/** The same answer, but 404 where the address that is asked holds `part`. */
export const lostAt =
  (part: string, answer: Answer): Answer =>
  (request, response) =>
    respond(request.url!.includes(part) ? notFound : answer, request, response)

/** Gives an answer to a request. */
export function respond(answer: Answer, request: IncomingMessage, response: ServerResponse): void {
  if (typeof answer === 'function') return answer(request, response)
  const { status = 200, type = 'text/plain', headers = {}, body = '' } = typeof answer === 'string' ? { body: answer } : answer
  response.writeHead(status, { 'content-type': type, ...headers }).end(body)
}

/** A portal on a loopback port that answers from a table, and 404 to all else. A path that ends in `?*` answers to any query. */
export interface Portal {
  url: string
  /** Paths with queries, in the order they were asked. */
  asked: string[]
  /** May be changed while the portal runs. */
  answers: Record<string, Answer>
  close(): Promise<void>
}

export async function startPortal(
  answers: Record<string, Answer> | ((portal: string) => Record<string, Answer>),
  wanted = 0,
  address = '127.0.0.1',
): Promise<Portal> {
  const asked: string[] = []
  const server = createServer((request, response) => {
    const path = request.url ?? '/'
    asked.push(path)
    respond(portal.answers[path] ?? portal.answers[`${path.replace(/\?.*$/, '')}?*`] ?? notFound, request, response)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(wanted, address, resolve)
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const portal: Portal = {
    url,
    asked,
    answers: {},
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  portal.answers = typeof answers === 'function' ? answers(url) : answers
  return portal
}
