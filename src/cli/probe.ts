import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Command } from 'commander'
import { readCatalogue } from '../config/catalogue.ts'
import { sourceText } from '../config/source-text.ts'
import { checkSource, isSourceId } from '../config/sources.ts'
import { probe, type SpokenProtocol, type ProbeResult, type Question } from '../harvest/probe/probe.ts'
import { protocolOptions } from '../harvest/protocols/index.ts'
import { Problem, unwritable } from '../problem.ts'
import { oneLine } from '../shown.ts'
import { print, tell, type CommonOptions, type Context } from './context.ts'
import { stoppable } from './stop.ts'

export interface ProbeOptions extends CommonOptions {
  write?: boolean
  id?: string
  all?: boolean
}

/** `fihrist probe URL`: which protocol a portal speaks, and the file of harvesters/ for it. */
export function probeCommand(context: Context): Command {
  return new Command('probe')
    .description('find out which protocol a portal speaks, and print the file of harvesters/ for it')
    .argument('<url>', 'the address of the portal, of its API or of its feed')
    .option('--all', 'go on after the first that is sure: list all that the portal speaks')
    .option('--write', 'write the file, disabled; one that is there is never overwritten')
    .option('--id <id>', 'the id of the source; made of the host where it is not said')
    .action((address: string, options: ProbeOptions) => probeFor(address, options, context))
}

/** Asks a portal what it speaks, and prints or writes the file of its source; the exit code is 1 where nothing was found. */
export async function probeFor(address: string, options: ProbeOptions, context: Context): Promise<void> {
  const catalogue = readCatalogue(resolve(options.catalogue), context.env)
  const url = /^https?:\/\//i.test(address) ? address : `https://${address}`
  if (!URL.canParse(url)) throw new Problem('configuration', `"${address}" is no address: use one such as https://data.example.org/.`)
  const id = options.id ?? idOf(new URL(url).hostname)
  if (!isSourceId(id)) throw new Problem('configuration', `--id: "${id}" can be no file name of harvesters/: use small letters, digits and hyphens only.`)
  const say = (line: string) => {
    if (!options.quiet && !options.json) tell(context, line)
  }
  const probed = await stoppable(
    context.unread,
    () => process.exit(130),
    signal => probe(url, catalogue, { all: options.all ?? false, onAnswer: tried => say(toLine(tried)), signal }),
  )
  const [best] = probed.found
  const file = join(catalogue.harvesters, `${id}.yaml`)
  const text = best && textFor(best, probed, catalogue.languages)
  if (text) checkSource(text, file, protocolOptions)
  if (text && options.write) write(text, file)
  if (options.json)
    print(context, JSON.stringify({ ...probed, gaveUp: probed.gaveUp?.message ?? null, id, file: options.write && text ? file : null, yaml: text ?? null }))
  if (!text) {
    context.finish(1)
    if (!options.json) tell(context, `fihrist: ${failure(probed, options.quiet ?? false)}`)
    return
  }
  if (options.json) return
  for (const found of probed.found) say(`Found: ${found.protocol} ${found.url} (${told(found)})`)
  if (probed.gaveUp) say(`No more was asked: ${probed.gaveUp.message}`)
  print(context, text.trimEnd())
  say(
    options.write
      ? `Written to ${file}. Look at it, set enabled: true, and try it: fihrist harvest ${id} --dry-run`
      : `Written nowhere: with --write it becomes ${file}`,
  )
}

const toLine = ({ protocol, url, answered }: Question) => oneLine(`  ${(protocol || 'page').padEnd(13)} ${url} → ${answered}`)

function failure({ url, tried, gaveUp }: ProbeResult, quiet: boolean): string {
  const asked = `${tried.length} ${tried.length === 1 ? 'address was' : 'addresses were'} asked`
  const why = gaveUp
    ? `${url} fell silent before a protocol was found (${asked}): ${gaveUp.message}`
    : `${url} speaks none of the protocols that are known, as far as ${asked}. Give the address of its API or feed itself, or ask the portal for it.`
  return quiet ? [why, ...tried.map(toLine)].join('\n') : why
}

/** `www.data.example.org` → `org-data-example`: as the files of harvesters/ are named. */
function idOf(host: string): string {
  const parts = host
    .toLowerCase()
    .replace(/^www\./, '')
    .replace(/[^a-z0-9.-]/g, '')
    .split('.')
    .filter(Boolean)
  const last = parts.at(-1) ?? ''
  return (/^[a-z]+$/.test(last) && parts.length > 1 ? [last, ...parts.slice(0, -1)] : parts).join('-')
}

function textFor(found: SpokenProtocol, { url, title: pageTitle, language: pageLanguage, found: all }: ProbeResult, languages: string[]): string {
  const language = found.languages?.[0] ?? pageLanguage
  const { und, ...own } = found.title ?? {}
  const { und: unknown, ...fromPages } = pageTitle
  const said = { ...fromPages, ...own, ...(und && { [language ?? languages[0]!]: und }) }
  const title = Object.keys(said).length > 0 ? said : { [language ?? languages[0]!]: unknown ?? new URL(url).host }
  const others = all.filter(each => each !== found)
  return sourceText({
    title,
    protocol: found.protocol,
    url: found.url,
    options: found.options,
    language: language && /^[a-z]{2,3}$/.test(language) ? language : undefined,
    remarks: [
      `Found by fihrist probe ${url}: ${told(found)}.`,
      ...(others.length > 0 ? [`It also speaks ${others.map(({ protocol, url }) => `${protocol} (${url})`).join(', ')}.`] : []),
      'Look at it before you enable it: publisher, licence, schedule and limits are in docs/configuration.md.',
    ],
  })
}

const told = ({ datasets, more, languages, licences, sure }: SpokenProtocol) =>
  [
    datasets === undefined ? 'it does not count its datasets' : `${more ? 'at least ' : ''}${datasets} ${datasets === 1 ? 'dataset' : 'datasets'}`,
    languages?.length ? `languages ${languages.join(', ')}` : '',
    licences?.length ? `licences named ${licences.join(', ')}` : '',
    sure ? '' : 'not sure',
  ]
    .filter(Boolean)
    .map(oneLine)
    .join('; ')

function write(text: string, file: string): void {
  try {
    writeFileSync(file, text, { flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST')
      throw new Problem('configuration', `${file} is there already, and is left as it is. Choose another name: --id ID.`, { file })
    throw unwritable(file, error, { file })
  }
}
