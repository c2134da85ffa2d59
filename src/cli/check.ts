import { join } from 'node:path'
import { Command } from 'commander'
import { defaultsOf } from '../harvest/run/mapping.ts'
import { Problem } from '../problem.ts'
import { loadProfile, refuseBroken, rulesOf, withAbove } from '../validate/profiles.ts'
import { ownLists } from '../vocabulary/lists.ts'
import { loadVocabulary } from '../vocabulary/vocabulary.ts'
import { lackedIn, spokenLanguages } from '../words/words.ts'
import { print, readEdition, type CommonOptions, type Context } from './context.ts'

/** `fihrist check`: is everything that people write – configuration, sources, lists, shapes – as it should be? */
export function check(context: Context): Command {
  return new Command('check').description('check catalogue.yaml, harvesters, ontologies and shapes').action(async (options: CommonOptions) => {
    const { catalogue, sources } = readEdition(options, context)
    const vocabulary = await loadVocabulary(catalogue.ontologies, catalogue.base)
    const profiles = await Promise.all(
      [...new Set([...catalogue.profiles, ...catalogue.blocking])].map(name => loadProfile(catalogue.shapes, catalogue.base, name)),
    )
    refuseBroken(profiles)
    const stray = catalogue.blocking.find(name => !catalogue.profiles.includes(name))
    if (stray)
      throw new Problem(
        'configuration',
        `${catalogue.file}: blocking: "${stray}" is not among the profiles (${catalogue.profiles.join(', ')}), so it would never be run.`,
        { file: catalogue.file },
      )
    if (catalogue.compliance && !withAbove(profiles).some(({ name }) => name === catalogue.compliance))
      throw new Problem(
        'configuration',
        `${catalogue.file}: compliance: "${catalogue.compliance}" is not among the profiles (${catalogue.profiles.join(', ')}), so every record would ` +
          'comply with it.',
        { file: catalogue.file },
      )
    if (!vocabulary.match(ownLists(catalogue.base).organisation, catalogue.publisher))
      throw new Problem('configuration', `${catalogue.file}: publisher: "${catalogue.publisher}" is not in ontologies/organisations.ttl.`, {
        file: catalogue.file,
      })
    for (const source of sources) defaultsOf(source, catalogue, vocabulary)
    const lacking = catalogue.languages
      .map(language => ({ language, sentences: spokenLanguages().includes(language) ? lackedIn(language).length : undefined }))
      .filter(({ sentences }) => sentences !== 0)
    const summary = {
      sources: sources.length,
      concepts: vocabulary.concepts.size,
      lists: vocabulary.schemes.size,
      profiles: Object.fromEntries(profiles.map(profile => [profile.name, rulesOf(profile).size])),
      ...(lacking.length > 0 && { lacking }),
    }
    if (options.json) print(context, JSON.stringify({ ok: true, ...summary }))
    else if (!options.quiet)
      print(
        context,
        `All is well: ${summary.sources} sources, ${summary.concepts} concepts in ${summary.lists} lists, ${Object.entries(summary.profiles)
          .map(([name, rules]) => `${name} (${rules} rules)`)
          .join(', ')}.${lacking.map(each => ` ${missing(each, catalogue.words)}`).join('')}`,
      )
  })
}

/** What pages of a language lack: sentences, which are shown in English, or all of them. */
const missing = ({ language, sentences }: { language: string; sentences: number | undefined }, folder: string): string =>
  sentences === undefined
    ? `There are no words in ${language}, and so no pages: write ${join(folder, `${language}.yaml`)}.`
    : `Words in ${language}: ${sentences} sentences are missing, and shown in English.`
