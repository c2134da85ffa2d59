import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { Problem } from '../../problem.ts'
import { choose } from '../../words/choose.ts'
import type { Site } from '../site/site.ts'
import type { Caller } from './tool.ts'
import { tools } from './tools/index.ts'

/** The server of one call: nothing is kept between two of them. What a tool cannot tell is said in a sentence, as the protocol has it (`isError`). */
export function mcpServer(site: Site, caller: Caller): McpServer {
  const { catalogue } = site.publication
  const title = choose(catalogue.title, catalogue.languages)?.text ?? 'Fihrist'
  const server = new McpServer(
    { name: 'fihrist', title, version: site.version, websiteUrl: site.addresses.home },
    {
      instructions:
        `${title}: the descriptions of open datasets of many portals, in ${catalogue.languages.join(', ')}. ` +
        'Begin with search_datasets, then get_dataset. Cite the "address" of what you use.',
    },
  )
  for (const { name, title: called, about, input, answer } of tools) {
    const row = {
      title: called,
      description: about,
      inputSchema: input.shape,
      annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
    }
    server.registerTool(name, row, async (given: Record<string, unknown>) => {
      try {
        const found = await answer(site, given, caller)
        return { content: [{ type: 'text', text: JSON.stringify(found) }], structuredContent: found as Record<string, unknown> }
      } catch (error) {
        if (!(error instanceof Problem)) site.report?.(error)
        const text = error instanceof Problem ? error.message : 'This could not be told. The failure is ours, not yours.'
        return { content: [{ type: 'text', text }], isError: true }
      }
    })
  }
  return server
}
