import { lookup } from 'node:dns/promises'
import { existsSync } from 'node:fs'
import { connect } from 'node:net'
import { join, resolve } from 'node:path'
import { openLedger } from '../../ledger/file/ledger.ts'
import { currentRevision, momentOf } from '../../ledger/records/revisions.ts'
import { orphansOf } from '../../ledger/sources/orphans.ts'
import { standingIn } from '../../outlets/standing.ts'
import { sentence } from '../../problem.ts'
import { warning, well, wrong, type Check, type Diagnosis, type Patient } from './check.ts'

function withLedger<T>({ data }: Patient, none: T, use: (ledger: ReturnType<typeof openLedger>) => T): T {
  if (!existsSync(join(resolve(data), 'ledger.sqlite'))) return none
  const ledger = openLedger(data, { readOnly: true })
  try {
    return use(ledger)
  } finally {
    ledger.close()
  }
}

/** Minutes that clocks may differ by. */
const apart = 5

/** The clock of this machine, beside the last commit of the ledger: one that goes behind it makes late what is early. */
export const clock: Check = patient => {
  const { now, catalogue } = patient
  const last = withLedger(patient, undefined, ledger => momentOf(ledger, currentRevision(ledger)))
  const local = new Intl.DateTimeFormat('en', { timeZone: catalogue.timeZone, dateStyle: 'medium', timeStyle: 'short' }).format(now)
  if (last && Date.parse(last) - now.getTime() > apart * 60_000)
    return [
      wrong(
        `it is ${now.toISOString()} here, and the last commit is of ${last}`,
        'Set the clock of this machine (NTP). Until it has passed that moment, what is due and late is told wrong.',
      ),
    ]
  return [well(`${local} in ${catalogue.timeZone}`)]
}

/** How each source is doing. */
export const sources: Check = patient => {
  const { catalogue, sources: all, now } = patient
  const enabled = all.filter(source => source.enabled)
  if (enabled.length === 0)
    return [warning('no source is enabled', `Set enabled: true in a file of ${catalogue.harvesters}, or find one out: fihrist probe URL --write`)]
  return withLedger(patient, [warning('nothing was harvested yet', 'fihrist harvest')], ledger => {
    const troubles = enabled.flatMap((source): Diagnosis[] => {
      const { last, broken, late, problems } = standingIn({ catalogue, ledger }, source, now)
      const see = `See why: fihrist harvest ${source.id} --dry-run`
      if (!last) return [warning(`${source.id} was never harvested`, `fihrist harvest ${source.id}`)]
      if (last.state === 'held')
        return [
          wrong(`${source.id}: its last run is held`, `Look at what would go, and say so: fihrist harvest ${source.id} --dry-run, then --accept-removals`),
        ]
      if (broken)
        return [wrong(`${source.id} is not complete for ${broken.runs} runs since ${broken.since}${problems[0] ? ` (${problems[0].code})` : ''}`, see)]
      return late ? [warning(`${source.id} is late`, 'Does serve run, with its schedule?')] : []
    })
    const orphans = orphansOf(ledger, all).map(({ id }) =>
      warning(`${id} has records and no file of ${catalogue.harvesters}`, `Put ${id}.yaml back, or let its records go: fihrist forget ${id}`),
    )
    return [...troubles, ...orphans, ...(troubles.length === 0 ? [well(`${enabled.length} enabled, none of them broken or late`)] : [])]
  })
}

/** Milliseconds to wait for a connection. */
const patience = 5000

/** Whether the hosts of the sources can be reached from here: a connection each, and nothing asked. */
export const network: Check = async ({ catalogue, sources: all }) => {
  const { proxy } = catalogue.http
  const addresses = proxy ? [proxy] : all.filter(source => source.enabled && /^https?:/.test(source.url)).map(source => source.url)
  const hosts = [
    ...new Set(addresses.map(address => new URL(address)).map(({ hostname, port, protocol }) => `${hostname}:${port || (protocol === 'https:' ? 443 : 80)}`)),
  ]
  const found = await Promise.all(hosts.map(async host => ({ host, failure: await reached(host) })))
  const failed = found.filter(({ failure }) => failure)
  return failed.length > 0
    ? failed.map(({ host, failure }) =>
        warning(
          `${host} cannot be reached: ${failure}`,
          proxy ? 'Is the proxy of http.proxy right?' : 'Is it up? Does this machine reach the network, or need http.proxy?',
        ),
      )
    : [well(hosts.length === 0 ? 'no source is asked over the network' : `${hosts.length} ${hosts.length === 1 ? 'host answers' : 'hosts answer'}`)]
}

/** Why a connection could not be made; undefined where it was. */
async function reached(host: string): Promise<string | undefined> {
  const { hostname, port } = new URL(`tcp://${host}`)
  const name = hostname.replace(/^\[|\]$/g, '')
  try {
    await lookup(name)
  } catch (error) {
    return sentence(error)
  }
  return new Promise(tell => {
    const socket = connect({ host: name, port: Number(port), timeout: patience })
    const end = (failure?: string) => {
      socket.destroy()
      tell(failure)
    }
    socket.once('connect', () => end())
    socket.once('timeout', () => end(`no connection within ${patience / 1000} s`))
    socket.once('error', error => end(sentence(error)))
  })
}
