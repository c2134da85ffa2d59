#!/usr/bin/env -S node --min-semi-space-size=16 --max-semi-space-size=16 --heap-growing-percent=20
import module from 'node:module'
import { join } from 'node:path'
import { root } from '../files.ts'

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 19)) {
  process.stderr.write(
    `Fihrist needs Node 22.19 or later; this is ${process.version}. "npm ci" brings Node 24 with it: start Fihrist with npm start or npx fihrist.\n`,
  )
  process.exitCode = 2
} else {
  // SQLite is built into Node and still marked experimental in some versions: that warning is not for users.
  const warn = process.emitWarning.bind(process)
  process.emitWarning = ((warning: string | Error, ...rest: never[]) => {
    if (!/SQLite/.test(String(warning))) warn(warning as string, ...rest)
  }) as typeof process.emitWarning
  // Beside the modules, and not in the folder that all users of a machine share; where that cannot be written, nothing is kept.
  module.enableCompileCache(join(root, 'node_modules/.cache/compiled'))
  const { program } = await import('./program.ts')
  const { processOutside } = await import('./outside.ts')
  process.exitCode = await program(process.argv, processOutside())
}
