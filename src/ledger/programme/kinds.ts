import type { Role } from './roles.ts'

/** A field of the form by which something is brought. */
export interface Field {
  name: string
  as: 'line' | 'text' | 'address' | 'body' | 'datasets' | 'choice' | 'picture'
  required?: true
  /** Characters that are read of it. */
  most?: number
  choices?: readonly string[]
}

/** Where something that was brought stands: whether everybody may see it, and whether nothing more will come of it. */
export interface State {
  public?: true
  over?: true
}

/** What must be said with a move. */
export type Need = 'body' | 'answer' | 'datasets' | 'date' | 'exception'

/** What may be done with something that was brought, by whom. */
export interface Move {
  name: string
  from: readonly string[]
  to: string
  role: Role
  needs?: readonly Need[]
  /** What may be said with it, beside. */
  may?: readonly Need[]
}

/** What people bring to the catalogue: the form they do it by, the states it goes through, and who may move it. The first state is the one it is brought in. */
export interface Kind {
  fields: readonly Field[]
  states: Readonly<Record<string, State>>
  moves: readonly Move[]
}

const waiting = ['received', 'published', 'assigned', 'planned'] as const

/** Every kind of thing that people bring. Add one: a row here, its words under `brought` of the locale files, and its pages. */
export const kinds = {
  /** A dataset that somebody asks for. */
  request: {
    fields: [
      { name: 'title', as: 'line', required: true, most: 200 },
      { name: 'text', as: 'text', required: true, most: 4000 },
      { name: 'purpose', as: 'text', most: 2000 },
      { name: 'body', as: 'body' },
    ],
    states: {
      received: {},
      published: { public: true },
      assigned: { public: true },
      planned: { public: true },
      exists: { public: true, over: true },
      opened: { public: true, over: true },
      refused: { public: true, over: true },
      rejected: { over: true },
    },
    moves: [
      { name: 'publish', from: ['received'], to: 'published', role: 'steward' },
      { name: 'assign', from: waiting, to: 'assigned', role: 'steward', needs: ['body'], may: ['answer'] },
      { name: 'exists', from: waiting, to: 'exists', role: 'steward', needs: ['datasets'], may: ['answer'] },
      { name: 'plan', from: waiting, to: 'planned', role: 'steward', needs: ['date'], may: ['answer'] },
      { name: 'open', from: ['published', 'assigned', 'planned'], to: 'opened', role: 'steward', needs: ['datasets'], may: ['answer'] },
      { name: 'refuse', from: waiting, to: 'refused', role: 'steward', needs: ['exception', 'answer'] },
      { name: 'reject', from: ['received'], to: 'rejected', role: 'steward' },
    ],
  },
  /** What somebody made of datasets. */
  reuse: {
    fields: [
      { name: 'title', as: 'line', required: true, most: 200 },
      { name: 'type', as: 'choice', required: true, choices: ['application', 'visualisation', 'article', 'study'] },
      { name: 'text', as: 'text', required: true, most: 4000 },
      { name: 'address', as: 'address', required: true, most: 2000 },
      { name: 'author', as: 'line', most: 200 },
      { name: 'datasets', as: 'datasets', required: true, most: 4000 },
      { name: 'picture', as: 'picture' },
    ],
    states: { received: {}, published: { public: true }, withdrawn: {}, rejected: { over: true } },
    moves: [
      { name: 'publish', from: ['received', 'withdrawn'], to: 'published', role: 'steward' },
      { name: 'withdraw', from: ['published'], to: 'withdrawn', role: 'steward' },
      { name: 'reject', from: ['received', 'withdrawn'], to: 'rejected', role: 'steward' },
    ],
  },
  /** What is wrong with a dataset or one of its files. */
  report: {
    fields: [
      { name: 'type', as: 'choice', required: true, choices: ['link', 'data', 'description', 'personal', 'other'] },
      { name: 'text', as: 'text', required: true, most: 4000 },
      { name: 'file', as: 'line', most: 2000 },
      { name: 'datasets', as: 'datasets', required: true, most: 400 },
    ],
    states: { received: {}, confirmed: {}, mended: { over: true }, unfounded: { over: true } },
    moves: [
      { name: 'confirm', from: ['received'], to: 'confirmed', role: 'manager', may: ['answer'] },
      { name: 'mend', from: ['received', 'confirmed'], to: 'mended', role: 'manager', needs: ['answer'] },
      { name: 'dismiss', from: ['received', 'confirmed'], to: 'unfounded', role: 'manager', needs: ['answer'] },
    ],
  },
} satisfies Record<string, Kind>

export type KindName = keyof typeof kinds
export const kindNames = Object.keys(kinds) as KindName[]
export const kindOf = (name: KindName): Kind => kinds[name]
export const isKind = (name: string): name is KindName => Object.hasOwn(kinds, name)

export const firstState = (name: KindName): string => Object.keys(kinds[name].states)[0]!
export const stateOf = (name: KindName, state: string): State => kindOf(name).states[state] ?? {}

/** The states that the public sees, and those of which something is still to come. */
export const publicStates = (name: KindName): string[] => statesWhere(name, state => state.public === true)
export const openStates = (name: KindName): string[] => statesWhere(name, state => state.over !== true)
const statesWhere = (name: KindName, is: (state: State) => boolean) => Object.entries(kindOf(name).states).flatMap(([state, said]) => (is(said) ? [state] : []))

/** What may be done next, whoever does it. */
export const movesFrom = (name: KindName, state: string): Move[] => kindOf(name).moves.filter(({ from }) => from.includes(state))

/** The exceptions to the right of access that the law of an edition may name; their words stand under `exception`. */
export const exceptions = ['defence', 'security', 'privacy', 'rights', 'relations', 'economy', 'secret', 'preparation'] as const
