/** What time it is. Runs, notices and the schedule ask the clock they are given, so that a test can say what time it is. */
export type Clock = () => Date

export const systemClock: Clock = () => new Date()
