import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import type { Duplex } from 'node:stream'

/** The longest head of a request: a query of 32 kB whose every character is written as up to nine fits into its address. */
const longestHead = 320 * 1024

/** The longest of what comes after the address: nothing that is wished for in a header takes as much, and reading it as a wish takes long. */
const longestHeaders = 16 * 1024

const lengthOfHeaders = ({ rawHeaders }: IncomingMessage): number => rawHeaders.reduce((sum, { length }) => sum + length, 0)

/** What comes before the path, where somebody sends the whole address. */
const origin = /^https?:\/\/[^/?#]*\/?/i

/**
 * The server of an app. What cannot be read as HTTP is answered too, with a body, and for pages of other sites. A whole address is taken for its path, and two
 * names of ours are none (RFC 9112, sections 3.2 and 3.2.2).
 */
export function serverOf(app: RequestListener): Server {
  const answer: RequestListener = (request, response) => {
    if ((request.headersDistinct['host']?.length ?? 0) > 1) return refuse(request.socket, 'This is not HTTP/1.1 as it is read here.')
    if (lengthOfHeaders(request) > longestHeaders) return tooLarge(request.socket, `At most ${longestHeaders / 1024} kB of headers are read.`)
    if (origin.test(request.url ?? '')) request.url = request.url!.replace(origin, '/')
    app(request, response)
  }
  return createServer({ maxHeaderSize: longestHead }, answer).on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) return socket.destroy()
    if (error.code !== 'HPE_HEADER_OVERFLOW') return refuse(socket, 'This is not HTTP/1.1 as it is read here.')
    tooLarge(socket, `At most ${longestHead / 1024} kB of a request's head are read. Post the query instead.`)
  })
}

const tooLarge = (socket: Duplex, detail: string) => refuse(socket, detail, '431 Request Header Fields Too Large', 'Too large')

function refuse(socket: Duplex, detail: string, status = '400 Bad Request', title = 'The request is not understood'): void {
  const body = `${JSON.stringify({ type: 'about:blank', title, status: Number.parseInt(status), detail }, null, 2)}\n`
  socket.end(
    [
      `HTTP/1.1 ${status}`,
      'Content-Type: application/problem+json; charset=utf-8',
      'Access-Control-Allow-Origin: *',
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
  )
}
