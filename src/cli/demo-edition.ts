import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../files.ts'
import { openLedger } from '../ledger/file/ledger.ts'
import { currentRevision } from '../ledger/records/revisions.ts'

/** Where `npm start` keeps what it harvested, and the edition that it served: the other commands work on it too. */
export const demoFolder = 'data/demo'

/** Writes the demonstration edition as it is served: at this address, with its sample portals where they listen. Returns its file. */
export function writeDemoEdition(folder: string, base: string, portals: Record<string, string>): string {
  const demo = join(root, 'demo')
  const harvesters = join(folder, 'harvesters')
  rmSync(harvesters, { recursive: true, force: true })
  mkdirSync(harvesters, { recursive: true })
  for (const name of readdirSync(join(demo, 'harvesters'))) {
    const text = readFileSync(join(demo, 'harvesters', name), 'utf8')
    writeFileSync(
      join(harvesters, name),
      text.replace(/env:(FIHRIST_DEMO_\w+)/g, (whole, variable: string) => portals[variable] ?? whole),
    )
  }
  // The files that the inventory names are served by the portal of its body.
  mkdirSync(join(folder, 'inventory'), { recursive: true })
  const agency = new URL(portals['FIHRIST_DEMO_URBAN_AGENCY']!).origin
  for (const name of readdirSync(join(demo, 'inventory'))) {
    const text = readFileSync(join(demo, 'inventory', name), 'utf8')
    writeFileSync(join(folder, 'inventory', name), text.replaceAll('https://ausy.example/donnees', `${agency}/donnees`))
  }
  const file = join(folder, 'catalogue.yaml')
  const text = readFileSync(join(demo, 'catalogue.yaml'), 'utf8')
  writeFileSync(file, text.replace(/^base: .*$/m, `base: ${base}`).replace(/^pages: .*$/m, `pages: ${JSON.stringify(join(root, 'pages'))}`))
  return file
}

/** The demonstration, where nothing but it was ever harvested in this folder; undefined elsewhere. */
export function harvestedDemo(): { catalogue: string; data: string } | undefined {
  const catalogue = join(demoFolder, 'catalogue.yaml')
  if (!existsSync(catalogue) || holdsAnything('data')) return undefined
  return { catalogue, data: demoFolder }
}

function holdsAnything(data: string): boolean {
  if (!existsSync(join(data, 'ledger.sqlite'))) return false
  const ledger = openLedger(data)
  try {
    return currentRevision(ledger) > 0
  } finally {
    ledger.close()
  }
}
