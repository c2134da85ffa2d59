import { digest } from '../rdf/digest.ts'
import { withoutValues } from './query-text.ts'

/** How a query goes: over in a moment; nobody knows yet; it takes long, and is answered; or it ends the copy that it is asked of. */
export type Pace = 'quick' | 'new' | 'long' | 'harmful'

/** Seconds that a quick query may take, of its thread's CPU where that is known. */
export const quickS = 1
/** Seconds for which a client is remembered whose query ended a copy. */
const rememberedS = 60
const mostShapes = 10_000
const mostClients = 1000

/**
 * What is known of how queries go, before they are asked: those that differ in their names, strings and numbers alone go alike, and they are what pages and
 * programs ask. Of one that is new its text tells something (`suspicion.ts`), and its client: who has just ended a copy may do it again.
 */
export function openPaces(now: () => number = () => performance.now() / 1000) {
  const shapes = new Map<string, Pace>()
  const offenders = new Map<string, number>()
  const shapeOf = (sparql: string) => digest(withoutValues(sparql)).slice(0, 20)
  return {
    of: (client: string, sparql: string, suspect = false): Pace =>
      shapes.get(shapeOf(sparql)) ?? (suspect || now() - (offenders.get(client) ?? -Infinity) < rememberedS ? 'harmful' : 'new'),
    /** Tells how a query went. */
    went: (sparql: string, pace: Exclude<Pace, 'new'>): void => keep(shapes, shapeOf(sparql), pace, mostShapes),
    /** Tells that the query of a client ended a copy. */
    blame(client: string): void {
      if (client !== '') keep(offenders, client, now(), mostClients)
    },
  }
}

/** Keeps a value as the newest; where there are too many, the oldest goes. */
export function keep<Value>(map: Map<string, Value>, key: string, value: Value, most: number): void {
  map.delete(key)
  map.set(key, value)
  if (map.size > most) map.delete(map.keys().next().value!)
}
