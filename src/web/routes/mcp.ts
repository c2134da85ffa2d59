import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js'
import express, { type RequestHandler } from 'express'
import { limited } from '../http/limits.ts'
import type { Handle } from '../http/route.ts'
import { mcpServer } from '../mcp/server.ts'

/** Nobody may keep the catalogue for himself. */
export const limitCalls = limited('too-many-requests', 'limits.calls')

export const readCall = (): RequestHandler => express.json({ limit: '64kb' })

/**
 * The Model Context Protocol over Streamable HTTP, for assistants: read-only, and without sessions, so that any call may be answered by any process. A call is
 * posted, and answered at once.
 */
export const mcp: Handle = async ({ site, request, response }) => {
  const gone = new AbortController()
  const server = mcpServer(site, { client: request.ip ?? '', signal: gone.signal })
  // As it is posted: nothing is kept of who calls.
  const transport = new StreamableHTTPServerTransport({ enableJsonResponse: true })
  response.once('close', () => {
    if (!response.writableFinished) gone.abort()
    void transport.close()
    void server.close()
  })
  response.set('Cache-Control', 'no-store')
  // The types of the library do not say what may be undefined, as ours do.
  await server.connect(transport as Parameters<typeof server.connect>[0])
  await transport.handleRequest(request, response, request.body)
}
