import { createServer, type RequestListener, type Server } from 'node:http'

/** The longest head of a request: a query of 32 kB whose every character is written as up to nine fits into its address. */
const longestHead = 320 * 1024

/** The server of an app. What cannot be read as HTTP is answered too, with a body, and for pages of other sites. */
export function serverOf(app: RequestListener): Server {
  return createServer({ maxHeaderSize: longestHead }, app).on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) return socket.destroy()
    const [status, title, detail] =
      error.code === 'HPE_HEADER_OVERFLOW'
        ? ['431 Request Header Fields Too Large', 'Too large', `At most ${longestHead / 1024} kB of a request's head are read. Post the query instead.`]
        : ['400 Bad Request', 'The request is not understood', 'This is not HTTP/1.1 as it is read here.']
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
  })
}
