import { execFile, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { root } from '../src/files.ts'
import { startPortal, turtle } from './portal.ts'

const call = promisify(execFile)
const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { dependencies: Record<string, string> }

// What `npm pack` makes, installed into an empty folder beside the libraries that it names and no others: as `npx` has it, without a network.
test('the package holds only what runs, and runs in an empty folder: init, harvest, serve', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'fihrist-package-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const packed = await call('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], { cwd: root, maxBuffer: 1e7 })
  const [{ filename, files }] = JSON.parse(packed.stdout) as [{ filename: string; files: { path: string }[] }]
  const parts = [...new Set(files.map(({ path }) => path.split('/')[0]))].sort()
  expect(parts).toEqual(['CHANGELOG.md', 'LICENSE', 'README.md', 'dist', 'harvesters', 'ontologies', 'package.json', 'queries', 'shapes', 'src'])
  expect(files.filter(({ path }) => /\.tsx?$|\.test\.|\.map$/.test(path))).toEqual([])

  const modules = join(folder, 'node_modules')
  mkdirSync(join(modules, 'fihrist'), { recursive: true })
  await call('tar', ['-xzf', join(folder, filename), '-C', join(modules, 'fihrist'), '--strip-components=1'])
  for (const name of Object.keys(dependencies)) {
    mkdirSync(dirname(join(modules, name)), { recursive: true })
    symlinkSync(join(root, 'node_modules', name), join(modules, name))
  }
  const main = join(modules, 'fihrist/dist/cli/main.js')
  const run = (...args: string[]) => call(process.execPath, [main, ...args], { cwd: folder })

  const portal = await startPortal({
    '/feed.ttl': turtle(
      '@prefix dcat: <http://www.w3.org/ns/dcat#> . <https://s.example/a> a dcat:Dataset ; <http://purl.org/dc/terms/title> "Bäume"@de ; dcat:landingPage <https://s.example/a.html> .',
    ),
  })
  onTestFinished(() => portal.close())
  const begun = ['init', '.', '--title', 'Daten', '--base', 'https://d.example.org', '--languages', 'de,en', '--allow', '127.0.0.0/8']
  await run(...begun, '--url', `${portal.url}/feed.ttl`)
  const source = readdirSync(join(folder, 'harvesters')).find(name => name.endsWith('.yaml'))!
  expect((await run('harvest', source.replace('.yaml', ''), '--json')).stdout).toContain('"added":1')

  const server = spawn(process.execPath, [main, 'serve', '--port', '0'], { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise(resolve => server.on('close', resolve))
  const [said] = await new Promise<string[]>(resolve => server.stdout.on('data', (text: Buffer) => resolve([text.toString()])))
  const page = await fetch(`${/http:\/\/localhost:\d+/.exec(said!)![0]}/de/datasets`)
  expect(await page.text()).toContain('Bäume')
  server.kill('SIGTERM')
  expect(await ended).toBe(0)
}, 120_000)
