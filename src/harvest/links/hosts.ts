/** Does something for each of many hosts, so many at once. The first failure is thrown once those under way have ended; no other begins. */
export async function forEachHost(hosts: string[], atOnce: number, use: (host: string) => Promise<void>): Promise<void> {
  const waiting = [...hosts]
  let failed = false
  const work = async () => {
    for (let host = waiting.shift(); host !== undefined && !failed; host = waiting.shift())
      await use(host).catch(error => {
        failed = true
        throw error
      })
  }
  const ended = await Promise.allSettled(Array.from({ length: atOnce }, work))
  for (const each of ended) if (each.status === 'rejected') throw each.reason
}
