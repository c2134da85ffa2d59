// The sample portals, each on a loopback port of its own. `npm start` and the tests harvest them.

import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ministryPortal } from './ministry/portal.ts'
import { nationalPortal } from './national/portal.ts'
import { regionalPortal } from './region/portal.ts'
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
  listener: () => RequestListener
}

const PORTALS: Declared[] = [
  {
    id: 'demo-national',
    title: 'Portail national (exemple)',
    variable: 'FIHRIST_DEMO_NATIONAL',
    path: '/data/',
    listener: () => nationalPortal(),
  },
  {
    id: 'demo-souss-massa',
    title: 'Région Souss-Massa (exemple)',
    variable: 'FIHRIST_DEMO_REGION',
    path: '/catalog.ttl',
    listener: () => regionalPortal(),
  },
  {
    id: 'demo-equipement-eau',
    title: "Ministère de l'Équipement et de l'Eau (exemple)",
    variable: 'FIHRIST_DEMO_MINISTRY',
    path: '/dcat/catalogue.rdf',
    listener: () => ministryPortal(),
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
    listener: () => urbanAgencyPortal(),
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

/** Serves one portal, on any free port unless one is wanted; tests use it for portals of their own. */
export async function startPortal({ id, title, variable, path, listener }: Declared, host = '127.0.0.1', wanted = 0): Promise<DemoPortal> {
  const server = createServer(listener())
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(wanted, host, resolve)
  })
  const { port } = server.address() as AddressInfo
  const authority = host.includes(':') ? `[${host}]` : host
  return {
    id,
    title,
    variable,
    url: `http://${authority}:${port}${path}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close(error => (error === undefined ? resolve() : reject(error)))
        server.closeAllConnections()
      }),
  }
}

/** With `port`, the portals take that port and those after it, so that their addresses last from one start to the next. */
export async function startPortals(options: { host?: string; port?: number } = {}): Promise<DemoPortal[]> {
  const started: DemoPortal[] = []
  try {
    for (const [index, portal] of PORTALS.entries()) {
      const port = options.port === undefined ? 0 : options.port + index
      started.push(await startPortal(portal, options.host, port))
    }
  } catch (error) {
    await Promise.all(started.map(portal => portal.close()))
    throw error
  }
  return started
}
