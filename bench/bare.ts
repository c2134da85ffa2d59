import express from 'express'

/** A bare express route for each answer that it is handed: what no page can be faster than. Run as a process of its own. */
process.once('message', (answers: Map<string, { headers: Record<string, string>; body: Uint8Array }>) => {
  const app = express()
  app.get(/.*/, (request, response) => {
    const { headers, body } = answers.get(request.originalUrl)!
    response.set(headers).end(body)
  })
  const server = app.listen(0, '127.0.0.1', () => process.send?.((server.address() as { port: number }).port))
})
