import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { root } from '../src/files.ts'
import { fihrist } from './cli/fihrist.ts'

// The files by which the catalogue is run. No image is built here: what they name is looked at.

const read = (path: string) => readFileSync(join(root, path), 'utf8')
const dockerfile = read('Dockerfile')
const { files } = JSON.parse(read('package.json')) as { files: string[] }
interface Service {
  build?: { context: string }
  volumes?: string[]
  networks: string[]
  ports?: string[]
}

test('the image is built from the lock file, holds what the package holds, and does not run as root', () => {
  expect(dockerfile).toContain('RUN npm ci --ignore-scripts\n')
  expect([...dockerfile.matchAll(/^USER (.+)$/gm)].map(([, user]) => user)).toEqual(['node'])
  const copied = [...dockerfile.matchAll(/^COPY --from=build (.+) \S+$/gm)].flatMap(([, paths]) => paths!.split(' ').map(path => path.replace('/fihrist/', '')))
  for (const path of copied.filter(path => !['dist', 'node_modules'].includes(path))) expect(existsSync(join(root, path)), path).toBe(true)
  const needed = files.map(path => path.replace('/*.yaml', '')).filter(path => !['CHANGELOG.md', 'harvesters/samples'].includes(path))
  expect(needed.filter(path => !copied.includes(path))).toEqual([])
  const ignored = new Set(read('.dockerignore').split('\n'))
  expect(copied.filter(path => ignored.has(path) && !['dist', 'node_modules'].includes(path))).toEqual([])
})

test('compose names files that are there, and lets nobody reach the SPARQL server from outside', () => {
  const { services } = parse(read('deploy/compose.yaml')) as { services: Record<string, Service> }
  expect(Object.keys(services)).toEqual(['catalogue', 'virtuoso', 'caddy'])
  expect(existsSync(join(root, 'deploy', services['catalogue']!.build!.context, 'Dockerfile'))).toBe(true)
  const mounted = Object.values(services).flatMap(({ volumes = [] }) => volumes.filter(volume => volume.startsWith('./')).map(volume => volume.split(':')[0]!))
  expect(mounted).toEqual(['./Caddyfile'])
  for (const path of mounted) expect(existsSync(join(root, 'deploy', path))).toBe(true)
  expect(Object.entries(services).flatMap(([name, { ports }]) => (ports ? [name] : []))).toEqual(['caddy'])
  expect(services['virtuoso']!.networks).toEqual(['inner'])
})

test('Prometheus is told of rules that are there, each with what to do', () => {
  const { rule_files } = parse(read('deploy/prometheus/prometheus.yaml')) as { rule_files: string[] }
  for (const file of rule_files) {
    const { groups } = parse(read(`deploy/prometheus/${file}`)) as { groups: { rules: { alert: string; expr: string; annotations: { do: string } }[] }[] }
    const rules = groups.flatMap(group => group.rules)
    expect(rules.length).toBeGreaterThan(5)
    for (const { alert, expr, annotations } of rules) expect([alert, expr, annotations.do].every(Boolean), alert).toBe(true)
  }
})

test('units start commands that there are, with options that they know', async () => {
  const started = [
    dockerfile.match(/^CMD (\[.+\])$/m)![1]!,
    ...readdirSync(join(root, 'deploy/systemd'))
      .filter(name => name.endsWith('.service'))
      .map(name => /^ExecStart=.*main\.js (.+)$/m.exec(read(`deploy/systemd/${name}`))![1]!),
  ]
  expect(started).toHaveLength(3)
  for (const line of started) {
    const command = /\w+/.exec(line)![0]
    const { code, out } = await fihrist([command, '--help'])
    expect(code, command).toBe(0)
    expect([...line.matchAll(/--[\w-]+/g)].map(([option]) => option).filter(option => !out.includes(option))).toEqual([])
  }
})

test('units are what systemd takes', () => {
  const units = readdirSync(join(root, 'deploy/systemd')).map(name => join(root, 'deploy/systemd', name))
  try {
    execFileSync('systemd-analyze', ['--version'], { stdio: 'ignore' })
  } catch {
    return console.warn('skipped: systemd-analyze is not on this machine')
  }
  const said = units.map(unit => {
    try {
      return execFileSync('systemd-analyze', ['verify', unit], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
    } catch (error) {
      return String((error as { stderr: string }).stderr)
    }
  })
  // Node lies where this machine has it, and only the machine that serves has the program.
  expect(said.flatMap(text => text.split('\n')).filter(text => text && !/is not executable|Failed to (?:open|connect)|man page/.test(text))).toEqual([])
})

/** Tools that know these files best, where this machine has them. */
const has = (tool: string) => (process.env['PATH'] ?? '').split(':').some(folder => existsSync(join(folder, tool)))
const checks: [tool: string, arguments: string[], environment?: Record<string, string>][] = [
  ['promtool', ['check', 'rules', 'deploy/prometheus/alerts.yaml']],
  ['caddy', ['validate', '--adapter', 'caddyfile', '--config', 'deploy/Caddyfile'], { SITE: 'data.example.org' }],
]
for (const [tool, args, environment] of checks)
  test.skipIf(!has(tool))(`${tool} finds nothing wrong`, () => {
    execFileSync(tool, args, { cwd: root, stdio: 'pipe', env: { ...process.env, ...environment } })
  })
