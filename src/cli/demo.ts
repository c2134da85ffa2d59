import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Command } from 'commander'
import { root } from '../files.ts'
import { openEngine } from '../harvest/run/engine.ts'
import { openLedger } from '../ledger/file/ledger.ts'
import { Problem } from '../problem.ts'
import { choose } from '../words/choose.ts'
import { print, readEdition, type CommonOptions, type Context } from './context.ts'
import { demoFolder, writeDemoEdition } from './demo-edition.ts'
import { bringSamples, demoSteward } from './demo-programme.ts'
import { harvestAll } from './harvest.ts'
import { onStop } from './stop.ts'
import { openWeb } from './web.ts'

interface Options extends CommonOptions {
  port: string
  host: string
}
interface Portal {
  id: string
  title: string
  url: string
  close(): Promise<void>
}

/** `fihrist demo`: starts the sample portals on loopback, harvests them, and serves what came of it. */
export function demo(context: Context): Command {
  return new Command('demo')
    .description('start sample portals, harvest them, and serve the catalogue')
    .option('--port <number>', 'port to listen on', '3000')
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .action(async (options: Options, command: Command) => {
      if (!existsSync(join(root, 'demo/portals.ts')))
        throw new Problem(
          'configuration',
          'The sample portals come with the source of Fihrist, not with its package. Begin a catalogue of your own: fihrist init.',
        )
      const { startPortals, addressesOf } = (await import(pathToFileURL(join(root, 'demo/portals.ts')).href)) as {
        startPortals(options?: { port: number }): Promise<Portal[]>
        addressesOf(portals: Portal[]): Record<string, string>
      }
      // At the ports after ours, so that the files lie where they lay at the last start; anywhere where somebody has one of those.
      const portals = options.port === '0' ? await startPortals() : await startPortals({ port: Number(options.port) + 1 }).catch(() => startPortals())
      const data = command.getOptionValueSource('data') === 'default' ? demoFolder : options.data
      const port = options.port === '0' ? await freePort() : options.port
      // What the catalogue mints is found where it is served.
      const base = `http://localhost:${port}`
      const isOurs = command.getOptionValueSource('catalogue') === 'default'
      const file = isOurs ? writeDemoEdition(data, base, addressesOf(portals)) : options.catalogue
      const edition = readEdition({ catalogue: file }, { ...context, env: { ...context.env, ...addressesOf(portals) } })
      const catalogue = { ...edition.catalogue, base }
      const say = (text: string) => {
        if (!options.quiet) print(context, text)
      }

      for (const portal of portals) say(`Sample portal ${portal.title}: ${portal.url}`)
      // One portal is a file beside the edition.
      for (const { title, id, url } of edition.sources.filter(({ url }) => url.startsWith('file:')))
        say(`Sample portal ${choose(title, ['fr'])?.text ?? id}: ${url}`)
      const ledger = openLedger(data)
      const stop = async () => {
        await Promise.all(portals.map(portal => portal.close()))
        ledger.close()
      }
      try {
        // First the pages: who has the port is known before anything is harvested, and the catalogue can be watched filling up.
        const web = await openWeb(catalogue, edition.sources, ledger, context, { ...options, port, data })
        // What is asked for and planned is harvested too: it is in the inventory.
        bringSamples(ledger, new Date())
        const engine = await openEngine(catalogue, ledger)
        await harvestAll(edition.sources, engine, context, options, context.unread).finally(() => engine.close())
        await web.ready()
        // Who can reach only this machine may look behind the counter.
        const steward = isLoopback(options.host) ? await demoSteward(ledger, new Date()) : undefined
        say(
          [
            '',
            `Open ${web.url}  the catalogue`,
            `     ${web.url}datasets  search`,
            `     ${web.url}requests  what people ask for, and show at ${web.url}reuses`,
            `     ${web.url}sources  what was read from each portal`,
            `     ${web.url}sparql  ask it in SPARQL`,
            `     ${web.url}catalog.ttl  the feed`,
            ...(steward ? [`     ${web.url}steward  those who answer: sign in as ${steward.email} with: ${steward.passphrase}`] : []),
            'Stop with Ctrl-C.',
          ].join('\n'),
        )
        onStop(context.unread, () => web.close().then(stop))
      } catch (error) {
        await stop()
        throw error
      }
    })
}

const isLoopback = (host: string) => ['localhost', '127.0.0.1', '::1'].includes(host)

/** A port that nobody has, for those who leave the choice to the machine: the base IRI must be known before the first record is mapped. */
async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return String(port)
}
