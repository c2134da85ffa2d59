import { createServer, request as ask } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'

/** A proxy that takes every name for this machine, and remembers what it was asked. */
export async function startProxy() {
  const asked: string[] = []
  const tunnels = new Set<Socket>()
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers['proxy-authorization'] ?? ''}`.trim())
    const { port, pathname, search } = new URL(request.url!)
    const onward = ask({ host: '127.0.0.1', port, path: pathname + search, method: request.method, headers: request.headers }, answer => {
      response.writeHead(answer.statusCode!, answer.headers)
      answer.pipe(response)
    })
    request.pipe(onward.on('error', () => response.writeHead(502).end()))
  })
  server.on('connect', (request, socket: Socket) => {
    asked.push(`CONNECT ${request.url}`)
    const through = connect(Number(request.url!.split(':')[1]), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      through.pipe(socket).pipe(through)
    })
    for (const end of [socket, through]) tunnels.add(end.on('error', () => {}))
  })
  await new Promise<void>(resolve => void server.listen(0, '127.0.0.1', resolve))
  return {
    asked,
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise<void>(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
        for (const tunnel of tunnels) tunnel.destroy()
      }),
  }
}
