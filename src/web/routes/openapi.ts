import { currentRevision } from '../../ledger/records/revisions.ts'
import { problemCodes } from '../../problem.ts'
import { choose } from '../../words/choose.ts'
import { json } from '../http/forms.ts'
import type { Resource, Route } from '../http/route.ts'
import type { Page } from '../page/page.ts'

/** Every address as OpenAPI 3.1 describes it: made of the rows of routes/index.ts, so that it says no more and no less than is answered. */
export const openApi: Resource<number> = {
  find: ({ site }) => currentRevision(site.publication.ledger),
  as: [json((_revision, page) => description(page))],
  state: () => 'openapi',
}

function description({ site, reading }: Page): object {
  const { catalogue } = site.publication
  // What stands in the site are the routes themselves, of which pages know only what they tell.
  const routes = site.routes as Route[]
  return {
    openapi: '3.1.0',
    info: {
      title: choose(catalogue.title, reading)?.text ?? catalogue.base,
      version: site.version,
      ...(choose(catalogue.description, reading) && { description: choose(catalogue.description, reading)!.text }),
      ...(catalogue.licence && { license: { name: catalogue.licence, ...(/^https?:/.test(catalogue.licence) && { url: catalogue.licence }) } }),
    },
    servers: [{ url: catalogue.base }],
    paths: Object.fromEntries(routes.map(route => [route.path.replace(/[:*](\w+)/g, '{$1}'), operations(route)])),
    components: {
      schemas: {
        Problem: {
          type: 'object',
          description: 'What went wrong, where, and what to do (RFC 9457).',
          properties: {
            type: { type: 'string' },
            title: { type: 'string' },
            status: { type: 'integer' },
            detail: { type: 'string' },
            code: { type: 'string', enum: problemCodes },
            instance: { type: 'string' },
          },
          required: ['title', 'status', 'detail'],
        },
      },
      responses: { Problem: { description: 'A problem.', content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } } },
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
    },
  }
}

function operations(route: Route): object {
  const { path, about = path, parameters = {}, methods = ['get'] } = route
  const within = [...path.matchAll(/[:*](\w+)/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string' } }))
  const asked = Object.entries(parameters).map(([name, description]) => ({ name, in: 'query', description, schema: { type: 'string' } }))
  const types = 'resource' in route ? [...new Set(route.resource.as.map(({ mediaType }) => mediaType))] : []
  const operation = (method: string) => ({
    operationId: `${method}${path.replace(/\W+(\w)/g, (_, letter: string) => letter.toUpperCase()).replace(/\W/g, '') || 'Home'}`,
    summary: about,
    parameters: method === 'get' ? [...within, ...asked] : within,
    ...(method === 'post' && asked.length > 0 && { requestBody: formOf(parameters) }),
    ...('access' in route && { security: [{ token: [] }] }),
    responses: {
      200: { description: about, ...(types.length > 0 && { content: Object.fromEntries(types.map(type => [type, {}])) }) },
      default: { $ref: '#/components/responses/Problem' },
    },
  })
  return Object.fromEntries(methods.map(method => [method, operation(method)]))
}

const formOf = (parameters: Record<string, string>) => ({
  content: {
    'application/x-www-form-urlencoded': {
      schema: {
        type: 'object',
        properties: Object.fromEntries(Object.entries(parameters).map(([name, description]) => [name, { type: 'string', description }])),
      },
    },
  },
})
