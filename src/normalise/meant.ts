import { remembering } from '../remembering.ts'
import type { Concept } from '../vocabulary/concepts.ts'
import { fold } from '../vocabulary/fold.ts'
import { euLists } from '../vocabulary/lists.ts'
import type { Vocabulary } from '../vocabulary/vocabulary.ts'

/** What a value of words means: entries of a list; `isWhole` where they say nothing else. */
export interface Meaning {
  concepts: Concept[]
  isWhole: boolean
}

const authority = 'http://publications.europa.eu/resource/authority/'
/** Lists of codes: the last part of somebody's IRI is a code, too. Names of bodies, places and themes are no codes. */
const codes = new Set<string>([euLists.frequency, euLists.language, euLists.fileType, euLists.accessRight, euLists.distributionStatus, euLists.availability])

/** File types that hold files of other types, by the words for them in the name of a format. */
const packages = new Map(
  Object.entries({
    ZIP: 'zip zipped zippe zipe',
    GZIP: 'gz gzip',
    TAR: 'tar',
    TAR_GZ: 'tgz',
    RAR: 'rar',
    '7Z': '7z 7zip',
    BZIP2: 'bz2 bzip2',
    TAR_XZ: 'txz',
  }).flatMap(([slug, words]) => words.split(' ').map(word => [word, slug] as const)),
)
export const isPackage = (concept: Concept): boolean => [...packages.values()].includes(concept.slug)

/** The packages that the words of a format name: `zip+csv`, `SHP (zip)`. */
export const packagesIn = (words: string): string[] => [
  ...new Set(
    fold(words.slice(0, 200))
      .split(/[ +]/)
      .flatMap(word => packages.get(word) ?? []),
  ),
]

/** The longest text in which an entry is looked for; a longer one is matched as a whole, or by its addresses. */
const longest = 300

/**
 * The entries that words mean: each of them as it is, or by a shorter spelling; for a text alone also in brackets, part by part, or by an address in it.
 * `single` where a thing has one of them.
 */
export function meant(vocabulary: Vocabulary, words: string[], lists: string[], single: boolean): Meaning {
  return words.length === 1 ? oneWord(vocabulary, lists, single)(words[0]!) : find(vocabulary, words, lists, single)
}

const known = new WeakMap<Vocabulary, Map<string, (word: string) => Meaning>>()

/** One word alone, as nearly always: portals say the same ones again and again. */
function oneWord(vocabulary: Vocabulary, lists: string[], single: boolean): (word: string) => Meaning {
  let asked = known.get(vocabulary)
  if (!asked) known.set(vocabulary, (asked = new Map<string, (word: string) => Meaning>()))
  const key = `${single} ${lists.join(' ')}`
  let answer = asked.get(key)
  if (!answer) asked.set(key, (answer = remembering(word => find(vocabulary, [word], lists, single), 1000)))
  return answer
}

function find(vocabulary: Vocabulary, words: string[], lists: string[], single: boolean): Meaning {
  const match = (word: string): Concept | undefined => {
    for (const list of lists) {
      for (const spelling of spellings(word, list)) {
        const concept = vocabulary.match(list, spelling)
        if (concept) return concept
      }
    }
    return undefined
  }
  for (const list of lists) {
    for (const spelling of words.flatMap(word => spellings(word, list))) {
      const concept = vocabulary.match(list, spelling)
      if (concept) return { concepts: [concept], isWhole: true }
    }
  }
  const texts = words.filter(word => !/^https?:\S*$/i.test(word))
  if (texts.length !== 1) return { concepts: [], isWhole: true }
  const [text = ''] = texts
  const whole = (...concepts: (Concept | undefined)[]): Meaning | undefined => {
    const found = concepts.filter(concept => concept !== undefined)
    return found.length > 0 ? { concepts: found, isWhole: true } : undefined
  }
  return (
    (text.length > longest ? undefined : (whole(inBrackets(text, match)) ?? whole(...inParts(vocabulary, text, match, lists, single)))) ??
    withAddress(text, match) ?? { concepts: [], isWhole: true }
  )
}

/** `Spreadsheet (csv)` says it in brackets, `ESRI Shapefile (zip)` and `English (United States)` before them. */
function inBrackets(text: string, match: (word: string) => Concept | undefined): Concept | undefined {
  const [, before = '', inside = '', after = ''] = /^([^()]*)\(([^()]+)\)([^()]*)$/.exec(text) ?? []
  const inner = match(inside)
  const outer = inner && !isPackage(inner) ? undefined : match(`${before} ${after}`.trim())
  return outer ?? inner
}

/** One entry for each part: `Français; العربية`. Of a format that is packed, the package is none; a country behind a language is not another. */
function inParts(vocabulary: Vocabulary, text: string, match: (word: string) => Concept | undefined, lists: string[], single: boolean): Concept[] {
  const isLanguage = lists.includes(euLists.language)
  const country = isLanguage ? /^([a-z]{2,3})\s*[;,]\s*[A-Z]{2,3}$/.exec(text)?.[1] : undefined
  const parts = (country ? [country] : text.split(/\s*[;,|/+]\s*| [-–] /)).filter(Boolean)
  const found = parts.length < 2 && !country ? [] : parts.map(part => match(part) ?? (isLanguage && vocabulary.match(euLists.country, part) ? null : undefined))
  const known = found.filter(concept => concept !== null)
  if (known.length > 0 && known.every(concept => concept !== undefined)) return single ? firstInside(known) : [...new Set(known)]
  // `CSV zip` is CSV in a package; any other two words may be a name.
  const isPacked = single && packagesIn(text).length > 0
  const tokens = isPacked ? text.split(/[\s();,|/+._-]+/).filter(token => token && !packages.has(fold(token))) : []
  const inside = tokens.map(match)
  return inside.length > 0 && inside.every(concept => concept !== undefined) ? firstInside(inside) : []
}

function firstInside(found: Concept[]): Concept[] {
  const inside = found.filter(concept => !isPackage(concept))
  return (inside.length > 0 ? inside : found).slice(0, 1)
}

/** A name with its address, in words or in a sentence: what either of them means, where they do not mean two things. */
function withAddress(text: string, match: (word: string) => Concept | undefined): Meaning | undefined {
  const addresses = [...text.slice(0, 5000).matchAll(/https?:\/\/[^\s<>"'()[\]]+/gi)].map(([address]) => address.replace(/(?<![.,;:!?])[.,;:!?]+$/, ''))
  if (addresses.length === 0) return undefined
  const words = text
    .slice(0, 5000)
    .replace(/[([]?\s*https?:\/\/[^\s<>"'()[\]]+\s*[)\]]?/gi, ' ')
    .replace(/(?<![\s:;,.–-])[\s:;,.–-]+$/, '')
    .trim()
  const named = words.length <= longest ? match(words) : undefined
  if (named) return { concepts: [named], isWhole: true }
  const [first, ...more] = [...new Set(addresses.map(match).filter(concept => concept !== undefined))]
  return first && more.length === 0 ? { concepts: [first], isWhole: !words } : undefined
}

/**
 * A word, and what it comes down to: the deed or the text of a licence is the licence, `en-US` is English, an older address of a European list is that list's,
 * and the last part of an IRI is a code where the list is one of codes.
 */
function spellings(word: string, list: string): string[] {
  const european = word.replace(/^https?:\/\/(?:www\.)?publications\.europa\.eu\/(?:mdr|resource)\/authority\//i, authority)
  const shorter = european
    .replace(/\/(?:legalcode|deed)(?:[._-][\w-]+)*(?:\.txt|\.html)?\/?$/i, '')
    .replace(/^([a-z]{2,3})[-_](?:[a-z]{2}|[a-z]{4}|\d{3})(?:\.utf-?8)?$/i, '$1')
    .replace(/^licen[cs]e\s*:\s*/i, '')
  const parted = /^[a-z]+(?:[A-Z][a-z]+)+$/.test(word) ? [word.replace(/[A-Z]/g, ' $&')] : []
  const code =
    codes.has(list) || european.startsWith(`${list}/`) ? /^https?:\/\/[^?]*[/#]([^/#?]*[a-z][^/#?]*)\/?$/i.exec(european.slice(0, 500))?.[1] : undefined
  const coded = code === undefined ? [] : [code, code.replace(/(?<=[a-z])[A-Z]/g, ' $&'), code.replace(/^([a-z]{2,3})[-_](?:[a-z]{2}|[a-z]{4}|\d{3})$/i, '$1')]
  return [...new Set([word, european, shorter, ...parted, ...coded])]
}

/** Words by which portals say that they say nothing; folded. */
const nothing = new Set(
  [
    'not specified;notspecified;unspecified;not stated;not provided;not available;not applicable;unknown;undefined;none;null;nil;n a;na',
    'tbd;to be defined;no value',
    'non specifie;non specifiee;non precise;non precisee;non renseigne;non renseignee;non defini;non definie;non communique;inconnu;inconnue;indefini',
    'a definir;aucun;aucune;sans objet',
    'no especificado;no especificada;no se especifica;sin especificar;nicht angegeben;keine angabe;nao especificado;non specificato;non specificata',
    'غير محدد;غير محدده;غير معروف;غير متوفر;لا يوجد',
  ]
    .join(';')
    .split(';')
    .map(fold),
)
const subjects =
  /^(?:(?:license|licence|licencia|licenca|licenza|lizenz|format|language|langue|frequency|frequence|periodicite|publisher|status|statut|الرخصه|رخصه) )/

/** True of `License not specified`, `non précisé`, `n/a`. */
export const saysNothing = (text: string): boolean => {
  const folded = text.length > 60 ? '' : fold(text)
  return nothing.has(folded) || nothing.has(folded.replace(subjects, ''))
}
