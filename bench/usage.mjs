import { writeFileSync } from 'node:fs'
import { isMainThread } from 'node:worker_threads'

// Loaded into a measured process (`--import`): leaves what it used in the file named by BENCH_USAGE, and tells the time of the processor to a parent who asks.
// JavaScript: reading TypeScript would count against it.
const file = process.env['BENCH_USAGE']
if (isMainThread && file)
  process.on('exit', () => {
    writeFileSync(file, JSON.stringify(process.resourceUsage()))
  })
if (isMainThread && process.send) {
  process.on('message', () => process.send(process.cpuUsage()))
  process.channel.unref()
}
