import type { z } from 'zod'
import type { Site } from '../site/site.ts'

/** Who calls a tool: nobody has more of the store than others who wait, and what he no longer wants is ended. */
export interface Caller {
  client: string
  signal: AbortSignal
}

/** What an assistant may ask: a name, a sentence that says when to ask it, what it takes, and what it tells. */
export interface Tool<Input extends z.ZodObject = z.ZodObject> {
  name: string
  title: string
  about: string
  input: Input
  /** Throws a Problem for what cannot be told; its sentence is the answer. */
  answer(site: Site, input: z.infer<Input>, caller: Caller): Promise<object> | object
}

/** A row of the table of tools, whatever it takes. */
export const tool = <Input extends z.ZodObject>(row: Tool<Input>): Tool => row
