import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { nodeFlags, root } from '../src/files.ts'
import { row } from './row.ts'

/**
 * How soon `fihrist serve` answers after its start: `node bench/start.ts CATALOGUE.yaml DATA`, over a catalogue that was harvested before. Once with no image
 * of the store, as after a first harvest, and once with the image that the first left.
 */
const [file = 'catalogue.yaml', data = 'data'] = process.argv.slice(2)
const query = `/sparql?query=${encodeURIComponent('SELECT (COUNT(*) AS ?n) { ?d a <http://www.w3.org/ns/dcat#Dataset> }')}`

/** Milliseconds until an address answers with a page. */
async function until(base: string, path: string, began: number): Promise<number> {
  for (;;) {
    const answer = await fetch(base + path, { headers: { accept: '*/*' } }).catch(() => undefined)
    await answer?.arrayBuffer()
    if (answer?.ok) return performance.now() - began
    await pause(50)
  }
}

for (const what of ['without an image', 'from the image']) {
  if (what === 'without an image') rmSync(join(data, 'store.image'), { force: true })
  const began = performance.now()
  const server = spawn(
    process.execPath,
    [...nodeFlags, join(root, 'dist/cli/main.js'), 'serve', '--no-schedule', '--port', '0', '--catalogue', file, '--data', data],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  const [said] = (await once(server.stdout.setEncoding('utf8'), 'data')) as [string]
  const base = `http://127.0.0.1:${/:(\d+)\/$/m.exec(said.trim())![1]}`
  const [home, search] = [await until(base, '/', began), await until(base, '/datasets?q=42', began)]
  const sparql = await until(base, query, began)
  await until(base, '/readyz', began)
  const memory = Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))?.[1] ?? 0) / 1000
  row({ what: `first page, ${what}`, seconds: home / 1000 })
  row({ what: `first search, ${what}`, seconds: search / 1000 })
  row({ what: `first SPARQL answer, ${what}`, seconds: sparql / 1000, mb: memory })
  // Its image is written once it is ready.
  await pause(3000)
  server.kill()
  await once(server, 'exit')
}
