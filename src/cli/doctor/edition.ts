import { defaultsOf } from '../../harvest/run/mapping.ts'
import { loadProfile, refuseBroken, rulesOf } from '../../validate/profiles.ts'
import { loadVocabulary } from '../../vocabulary/vocabulary.ts'
import { warning, well, type Check } from './check.ts'

/** The lists: can they be read, and does every source find there what it names? */
export const lists: Check = async ({ catalogue, sources }) => {
  const vocabulary = await loadVocabulary(catalogue.ontologies, catalogue.base)
  for (const source of sources) defaultsOf(source, catalogue, vocabulary)
  return [well(`${vocabulary.concepts.size} concepts in ${vocabulary.schemes.size} lists of ${catalogue.ontologies}`)]
}

/** The shapes of the profiles. */
export const shapes: Check = async ({ catalogue }) => {
  const profiles = await Promise.all(
    [...new Set([...catalogue.profiles, ...catalogue.blocking])].map(name => loadProfile(catalogue.shapes, catalogue.base, name)),
  )
  refuseBroken(profiles)
  return [well(profiles.map(profile => `${profile.name} (${rulesOf(profile).size} rules)`).join(', '))]
}

/** Whether what is minted can be reached by others one day: an edition that was never given an address of its own. */
export const base: Check = ({ catalogue }) => {
  const { hostname, protocol } = new URL(catalogue.base)
  if (/(^|\.)(example|invalid|test|localhost)$|^127\.|\.example\.[a-z]+$/.test(hostname))
    return [
      warning(`base: ${catalogue.base} is nobody's address`, `Set base in ${catalogue.file} to the address of this catalogue before anything is published.`),
    ]
  if (protocol !== 'https:') return [warning(`base: ${catalogue.base} is not https`, 'Identifiers are for ever: choose https before anything is published.')]
  return [well(`identifiers begin with ${catalogue.base}`)]
}
