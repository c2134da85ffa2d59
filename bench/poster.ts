import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { request } from 'node:http'

// Posts a file to an address, whenever it is told to: `node bench/poster.ts ADDRESS FILE TYPE`, as a process of its own, so that asking is not counted.
const [, , address, file, type] = process.argv
const body = readFileSync(file!)

process.on('message', async () => {
  const began = performance.now()
  const asked = request(address!, { method: 'POST', headers: { 'Content-Type': type, 'Content-Length': body.length } }).end(body)
  const [answer] = (await once(asked, 'response')) as [import('node:http').IncomingMessage]
  let bytes = 0
  answer.on('data', (piece: Buffer) => (bytes += piece.length))
  await once(answer, 'end')
  process.send!({ status: answer.statusCode, bytes, ms: performance.now() - began })
})
