import { Command } from 'commander'
import type { Source } from '../config/sources.ts'
import { print, readEdition, type CommonOptions, type Context } from './context.ts'

/** `fihrist sources`: the portals of the edition, without asking them or the ledger. */
export function sourcesCommand(context: Context): Command {
  return new Command('sources').description('list the portals of the edition: how, when and whether they are harvested').action((options: CommonOptions) => {
    const { catalogue, sources } = readEdition(options, context)
    if (options.json) print(context, JSON.stringify({ sources: sources.map(toJson) }))
    else if (sources.length === 0) print(context, `${catalogue.harvesters} holds no source: write one with fihrist probe URL --write.`)
    else print(context, sources.map(source => toText(source, catalogue.languages)).join('\n\n'))
  })
}

const toJson = ({ id, title, protocol, url, enabled, note, schedule, publisher, language, priority, file }: Source) => ({
  id,
  title,
  protocol,
  url,
  enabled,
  note: note ?? null,
  schedule: schedule ?? null,
  publisher: publisher ?? null,
  language,
  priority,
  file,
})

function toText({ id, title, protocol, url, enabled, note, schedule, publisher, priority }: Source, languages: string[]): string {
  const first = (texts: Record<string, string> | undefined) => texts && (languages.map(each => texts[each]).find(Boolean) ?? Object.values(texts)[0])
  const facts = [enabled ? 'enabled' : 'disabled', schedule ? `schedule ${schedule}` : 'not scheduled', publisher && `publisher ${publisher}`]
  return [
    `${id}: ${first(title) ?? id}`,
    `  ${protocol} ${url}`,
    `  ${[...facts, `priority ${priority}`].filter(Boolean).join(', ')}`,
    ...(first(note) ? [`  ${first(note)!.replace(/\s+/g, ' ')}`] : []),
  ].join('\n')
}
