// The sample portals, each on a loopback port of its own. `npm start` and the tests harvest them.

import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { withFiles } from './files.ts'
import { ministryCatalogue, ministryPortal } from './ministry/portal.ts'
import { nationalPackages } from './national/packages.ts'
import { nationalPortal } from './national/portal.ts'
import { regionalDatasets, regionalPortal, type Roots } from './region/portal.ts'
import { statisticsPortal } from './statistics/portal.ts'
import { urbanAgencyPortal } from './urban-agency/portal.ts'

export interface DemoPortal {
  id: string
  title: string
  /** what a harvester is given */
  url: string
  /** the name under which its file in harvesters/ asks for the address */
  variable: string
  close(): Promise<void>
}

interface Declared {
  id: string
  title: string
  variable: string
  path: string
  /** Where it listens, and where the national portal does: files lie there. Without these it has the addresses of its files alone. */
  listener: (roots?: Roots) => RequestListener
}

const PORTALS: Declared[] = [
  {
    id: 'demo-national',
    title: 'Portail national (exemple)',
    variable: 'FIHRIST_DEMO_NATIONAL',
    path: '/data/',
    listener: roots => (roots ? withFiles(nationalPortal(nationalPackages(roots.national))) : nationalPortal()),
  },
  {
    id: 'demo-souss-massa',
    title: 'Région Souss-Massa (exemple)',
    variable: 'FIHRIST_DEMO_REGION',
    path: '/catalog.ttl',
    listener: roots => (roots ? withFiles(regionalPortal(regionalDatasets(), roots)) : regionalPortal()),
  },
  {
    id: 'demo-equipement-eau',
    title: "Ministère de l'Équipement et de l'Eau (exemple)",
    variable: 'FIHRIST_DEMO_MINISTRY',
    path: '/dcat/catalogue.rdf',
    listener: roots => (roots ? withFiles(ministryPortal(ministryCatalogue(roots))) : ministryPortal()),
  },
  {
    id: 'demo-statistiques',
    title: 'Banque de données statistiques (exemple)',
    variable: 'FIHRIST_DEMO_STATISTICS',
    path: '/api/v1',
    listener: () => statisticsPortal(),
  },
  {
    id: 'demo-urbanisme-safi',
    title: 'Agence urbaine de Safi (exemple)',
    variable: 'FIHRIST_DEMO_URBAN_AGENCY',
    path: '/geonetwork/srv/fre/csw',
    listener: roots => (roots ? withFiles(urbanAgencyPortal(roots.own)) : urbanAgencyPortal()),
  },
]

/** What the files of harvesters/ ask the environment for. */
export function addressesOf(portals: DemoPortal[]): Record<string, string> {
  return Object.fromEntries(portals.map(({ variable, url }) => [variable, url]))
}

/** The same, where no sample portal is asked: all at one address. */
export function addressesAt(url: string): Record<string, string> {
  return Object.fromEntries(PORTALS.map(({ variable }) => [variable, url]))
}

interface Options {
  host?: string
  port?: number
  /** Whether files are served too, and have the address of their portal; else they have one that nobody answers at. */
  files?: boolean
}

/** Serves one portal, on any free port unless one is wanted; tests use it for portals of their own. */
export async function startPortal(
  { id, title, variable, path, listener }: Declared,
  { host = '127.0.0.1', port: wanted = 0, files = true, national }: Options & { national?: string | undefined } = {},
): Promise<DemoPortal> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(wanted, host, resolve)
  })
  const { port } = server.address() as AddressInfo
  const authority = host.includes(':') ? `[${host}]` : host
  const own = `http://${authority}:${port}`
  server.on('request', listener(files ? { own, national: `${national ?? own}/data` } : undefined))
  return {
    id,
    title,
    variable,
    url: `${own}${path}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close(error => (error === undefined ? resolve() : reject(error)))
        server.closeAllConnections()
      }),
  }
}

/** With `port`, the portals take that port and those after it, so that their addresses last from one start to the next. */
export async function startPortals(options: Options = {}): Promise<DemoPortal[]> {
  const started: DemoPortal[] = []
  try {
    for (const [index, portal] of PORTALS.entries()) {
      const national = started[0] && new URL(started[0].url).origin
      started.push(await startPortal(portal, { ...options, ...(options.port && { port: options.port + index }), national }))
    }
  } catch (error) {
    await Promise.all(started.map(portal => portal.close()))
    throw error
  }
  return started
}
