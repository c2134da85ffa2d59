import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

// What is installed with the program is what was looked at: the lock file names it, and nothing of it runs while it is installed that was not let.

interface Locked {
  integrity?: string
  resolved?: string
  link?: boolean
  dev?: boolean
  inBundle?: boolean
  hasInstallScript?: boolean
  license?: string
}
const read = (name: string): unknown => JSON.parse(readFileSync(join(import.meta.dirname, '..', name), 'utf8'))
const { packages } = read('package-lock.json') as { packages: Record<string, Locked> }
const { allowScripts } = read('package.json') as { allowScripts: Record<string, boolean> }
const locked = Object.entries(packages).filter(([path, { link }]) => path !== '' && !link)
const nameOf = (path: string) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)

test('every package of the lock file has its digest', () => {
  expect(locked.length).toBeGreaterThan(100)
  expect(locked.filter(([, { integrity, inBundle }]) => !inBundle && !integrity?.startsWith('sha512-')).map(([path]) => path)).toEqual([])
})

// An address of its own (git, a file, a host) would stand in the lock file; those of the registry are left out of it (.npmrc).
test('none comes from elsewhere than the registry of who installs it', () => {
  expect(locked.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path)).toEqual([])
})

test('none of the program itself runs anything while it is installed, but for those that package.json lets', () => {
  const run = locked.filter(([, { hasInstallScript, dev }]) => hasInstallScript && !dev).map(([path]) => nameOf(path))
  expect(run.filter(name => !allowScripts[name])).toEqual([])
})

test('none is under terms that the licence of the program cannot be joined with', () => {
  const terms = /^(?:UNLICENSED|SEE LICENSE)|\b(?:AGPL|GPL-2\.0-only|SSPL|BUSL)/
  expect(locked.filter(([, { license }]) => terms.test(license ?? '')).map(([path, { license }]) => `${path}: ${license}`)).toEqual([])
})
