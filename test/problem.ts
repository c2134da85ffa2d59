import { Problem } from '../src/problem.ts'

/** The problem that something ends with; an error where it ends well, or otherwise. */
export const problemOf = (pending: Promise<unknown>): Promise<Problem> =>
  pending.then(
    () => {
      throw new Error('no problem')
    },
    (error: unknown) => {
      if (error instanceof Problem) return error
      throw error
    },
  )
