// A Hono server whose routes are zod schemas, described by @hono/zod-openapi.
//
// Started with the name of a file for the document; says its address on standard output, and ends with its standard input. Most handlers
// return what zod's validation made of the request.

import { writeFileSync } from 'node:fs'
import { serve } from '@hono/node-server'
import { OpenAPIHono, createRoute, z } from '@hono/zod-openapi'
import { basicAuth } from 'hono/basic-auth'
import { bearerAuth } from 'hono/bearer-auth'
import { getCookie } from 'hono/cookie'
import { stream, streamSSE } from 'hono/streaming'

const app = new OpenAPIHono({
  defaultHook: (result, c) => (result.success ? undefined : c.json({ issues: result.error.issues.map(issue => `${issue.path.join('.')}: ${issue.message}`) }, 422)),
})

const json = (schema, description = 'done') => ({ description, content: { 'application/json': { schema } } })
const body = (schema, required = true) => ({ required, content: { 'application/json': { schema } } })
const Issues = z.object({ issues: z.array(z.string()) }).openapi('Issues')
const refused = json(Issues, 'refused')

/** A route with an id, a tag, and what zod refuses. */
const route = (tag, operationId, method, path, request, responses, more = {}) =>
  createRoute({ tags: [tag], operationId, method, path, request, responses: { ...responses, 422: refused }, ...more })

/** A route that gives back the one part of the request that it validates. */
const echo = (tag, operationId, method, path, part, schema, answer = schema) => {
  const request = part === 'json' ? { body: body(schema) } : { [{ param: 'params', query: 'query', header: 'headers', cookie: 'cookies' }[part]]: schema }
  app.openapi(route(tag, operationId, method, path, request, { 200: json(answer) }), c => c.json(c.req.valid(part), 200))
}

// Parameters

const Color = z.enum(['red', 'deep blue', 'a/b&c=d']).openapi('Color')

echo('parameters', 'inPath', 'get', '/in-path/{number}/{text}/{color}/{day}/{id}', 'param', z.object({
  number: z.coerce.number().int(), text: z.string().min(1), color: Color, day: z.iso.date(), id: z.uuid(),
}).openapi('InPath'))

echo('parameters', 'scalars', 'get', '/scalars', 'query', z.object({
  integer: z.coerce.number().int(),
  number: z.coerce.number(),
  boolean: z.stringbool().openapi({ type: 'boolean' }),
  text: z.string(),
  color: Color,
  moment: z.iso.datetime({ offset: true }),
  day: z.iso.date(),
  time: z.iso.time(),
  duration: z.iso.duration(),
  id: z.uuid(),
  email: z.email(),
  url: z.url(),
  ip: z.ipv4(),
  base64: z.base64(),
  literal: z.literal('only'),
  pattern: z.string().regex(/^[a-z]+\d$/),
}).openapi('Scalars'))

echo('parameters', 'optional', 'get', '/optional', 'query', z.object({
  limit: z.coerce.number().int().min(1).max(100).default(10),
  after: z.string().optional(),
  strange: z.string().optional(),
  'filter[name]': z.string().optional(),
  either: z.union([z.coerce.number(), z.string()]).optional(),
}).openapi('Optional'), z.object({
  limit: z.number().int(), after: z.string().optional(), strange: z.string().optional(), 'filter[name]': z.string().optional(),
  either: z.union([z.number(), z.string()]).optional(),
}).openapi('OptionalSeen'))

const list = item => z.preprocess(value => (value === undefined || Array.isArray(value) ? value : [value]), z.array(item))
echo('parameters', 'lists', 'get', '/lists', 'query', z.object({
  texts: list(z.string()),
  numbers: list(z.coerce.number().int()),
  colors: list(Color).optional(),
}).openapi('Lists'))

echo('parameters', 'headers', 'get', '/headers', 'header', z.object({
  'x-request-id': z.uuid(),
  'x-count': z.coerce.number().int().optional(),
  'x-text': z.string().optional(),
}).openapi('Headers'))

echo('parameters', 'cookies', 'get', '/cookies', 'cookie', z.object({
  session: z.string(),
  visits: z.coerce.number().int().optional(),
}).openapi('Cookies'))

// Bodies

const Point = z.object({ x: z.number(), y: z.number().default(0) }).openapi('Point')
const Node = z.object({ name: z.string(), get children() { return z.array(Node).optional() } }).openapi('Node')

const Everything = z.object({
  integer: z.int(),
  int32: z.int32(),
  number: z.number(),
  positive: z.number().positive().max(10),
  boolean: z.boolean(),
  text: z.string().min(1).max(50),
  color: Color,
  moment: z.iso.datetime(),
  day: z.iso.date(),
  id: z.uuid(),
  url: z.url(),
  nothing: z.null(),
  anything: z.unknown(),
  nullable: z.string().nullable(),
  optional: z.string().optional(),
  nullish: z.number().nullish(),
  defaulted: z.array(z.string()).default(['a']),
  literal: z.literal(7),
  // The description of several literals has only the first.
  literals: z.literal(['a', 'b c']),
  tuple: z.tuple([z.number(), z.string(), Point]),
  rest: z.tuple([z.string()]).rest(z.number()),
  record: z.record(z.string(), Point),
  byColor: z.partialRecord(Color, z.number()),
  nested: z.array(z.array(z.int())),
  point: Point,
  extended: Point.extend({ z: z.number().optional() }),
  tree: Node,
  either: z.union([z.number(), z.string(), Point]),
  both: z.intersection(z.object({ a: z.string() }), z.object({ b: z.string() })),
  strict: z.strictObject({ only: z.boolean() }),
  loose: z.looseObject({ name: z.string() }),
  catchall: z.object({ name: z.string() }).catchall(z.number()),
}).openapi('Everything')
echo('bodies', 'everything', 'post', '/everything', 'json', Everything)

const Cat = z.object({ kind: z.literal('cat'), lives: z.int() }).openapi('Cat')
const Dog = z.object({ kind: z.literal('dog'), tricks: z.array(z.string()) }).openapi('Dog')
const Pet = z.discriminatedUnion('kind', [Cat, Dog]).openapi('Pet')
echo('bodies', 'tagged', 'post', '/tagged', 'json', Pet)
echo('bodies', 'owner', 'post', '/owner', 'json', z.object({ pet: Pet, others: z.array(Pet), maybe: Pet.nullable().optional() }).openapi('Owner'))
echo('bodies', 'untagged', 'post', '/untagged', 'json', z.object({
  shapes: z.array(z.union([z.strictObject({ radius: z.number() }).openapi('Circle'), z.strictObject({ side: z.number() }).openapi('Square'), z.string(), z.boolean()])),
}).openapi('Shapes'))
echo('bodies', 'list', 'put', '/list', 'json', z.array(Point))
echo('bodies', 'text', 'put', '/text', 'json', z.string())
echo('bodies', 'number', 'put', '/number', 'json', z.number())
echo('bodies', 'partial', 'patch', '/partial', 'json', z.object({ name: z.string().nullable(), size: z.int() }).partial().openapi('Change'))

app.openapi(route('bodies', 'optionalBody', 'put', '/optional-body', { body: body(Point, false) }, { 200: json(z.boolean()) }), c => c.json(Object.keys(c.req.valid('json') ?? {}).length > 0, 200))

app.openapi(
  route('bodies', 'severalTypes', 'post', '/several-types', {
    // Where the body is required, every validator runs, also that of the media type that was not sent.
    body: { content: { 'application/json': { schema: Point }, 'application/x-www-form-urlencoded': { schema: z.object({ x: z.coerce.number() }) } } },
  }, { 200: json(z.object({ x: z.number(), from: z.string() })) }),
  c => {
    const from = c.req.header('content-type')
    return c.json({ x: (from.startsWith('application/json') ? c.req.valid('json') : c.req.valid('form')).x, from }, 200)
  },
)

// Forms and files

const Form = z.object({ text: z.string(), count: z.coerce.number().int().optional(), flag: z.stringbool().openapi({ type: 'boolean' }).optional(), tags: list(z.string()).optional() }).openapi('Form')
app.openapi(
  route('forms', 'form', 'post', '/form', { body: { required: true, content: { 'application/x-www-form-urlencoded': { schema: Form } } } }, { 200: json(Form) }),
  c => c.json(c.req.valid('form'), 200),
)

const file = z.instanceof(File).openapi({ type: 'string', format: 'binary' })
const Seen = z.object({ name: z.string(), size: z.int(), type: z.string(), title: z.string(), others: z.array(z.string()) }).openapi('Seen')
app.openapi(
  route('forms', 'upload', 'post', '/upload', {
    body: { required: true, content: { 'multipart/form-data': { schema: z.object({ file, title: z.string(), others: list(file).optional() }) } } },
  }, { 200: json(Seen) }),
  c => {
    const { file, title, others } = c.req.valid('form')
    return c.json({ name: file.name, size: file.size, type: file.type, title, others: (others ?? []).map(other => other.name) }, 200)
  },
)

app.openapi(
  route('forms', 'octets', 'post', '/octets', { body: { required: true, content: { 'application/octet-stream': { schema: z.any().openapi({ type: 'string', format: 'binary' }) } } } }, { 200: json(z.int()) }),
  async c => c.json((await c.req.arrayBuffer()).byteLength, 200),
)

// Answers

app.openapi(route('answers', 'empty', 'delete', '/empty', {}, { 204: { description: 'gone' } }), c => c.body(null, 204))
app.openapi(
  route('answers', 'statuses', 'get', '/statuses/{status}', { params: z.object({ status: z.coerce.number().int() }) }, {
    200: json(Point), 201: json(Node), 404: json(z.object({ message: z.string() }).openapi('Missing')), 409: json(Pet), '5XX': json(z.object({ message: z.string() })), default: { description: 'odd' },
  }),
  c => {
    const { status } = c.req.valid('param')
    const bodies = { 200: { x: 1, y: 2 }, 201: { name: 'n' }, 409: { kind: 'cat', lives: 1 } }
    return c.json(bodies[status] ?? { message: 'no' }, status)
  },
)
app.openapi(route('answers', 'plain', 'get', '/plain', {}, { 200: { description: 'text', content: { 'text/plain': { schema: z.string() } } } }), c => c.text('grüße'))
app.openapi(
  route('answers', 'negotiated', 'get', '/negotiated', { headers: z.object({ accept: z.string().optional() }) }, {
    200: { description: 'a point', content: { 'application/json': { schema: Point }, 'text/csv': { schema: z.string() } } },
  }),
  c => (c.req.header('accept')?.includes('text/csv') ? c.body('1,2\n', 200, { 'content-type': 'text/csv' }) : c.json({ x: 1, y: 2 }, 200)),
)
app.openapi(
  route('answers', 'withHeaders', 'get', '/with-headers', {}, {
    200: { description: 'h', headers: z.object({ 'x-rows': z.int(), 'x-next': z.string().optional() }), content: { 'application/json': { schema: z.array(z.int()) } } },
  }),
  c => c.json([1], 200, { 'x-rows': '42' }),
)
app.openapi(route('answers', 'image', 'get', '/image', {}, { 200: { description: 'png', content: { 'image/png': { schema: z.any().openapi({ type: 'string', format: 'binary' }) } } } }), c => c.body(new Uint8Array([137, 80, 78, 71]), 200, { 'content-type': 'image/png' }))

// Streams

app.openapi(route('streams', 'events', 'get', '/events', {}, { 200: { description: 'events', content: { 'text/event-stream': { schema: Point } } } }), c =>
  streamSSE(c, async events => {
    for (let x = 0; x < 3; x++) await events.writeSSE({ data: JSON.stringify({ x, y: 0 }), event: 'point', id: String(x) })
  }))
app.openapi(route('streams', 'lines', 'get', '/lines', {}, { 200: { description: 'lines', content: { 'application/x-ndjson': { schema: Point } } } }), c => {
  c.header('content-type', 'application/x-ndjson')
  return stream(c, async out => {
    for (let x = 0; x < 3; x++) await out.write(`${JSON.stringify({ x, y: 0 })}\n`)
  })
})

// Credentials

app.openAPIRegistry.registerComponent('securitySchemes', 'Bearer', { type: 'http', scheme: 'bearer' })
app.openAPIRegistry.registerComponent('securitySchemes', 'Basic', { type: 'http', scheme: 'basic' })
app.openAPIRegistry.registerComponent('securitySchemes', 'Key', { type: 'apiKey', in: 'header', name: 'X-Key' })
app.openAPIRegistry.registerComponent('securitySchemes', 'Session', { type: 'apiKey', in: 'cookie', name: 'session' })
const secured = (id, scheme, middleware, handler) =>
  app.openapi(route('auth', id, 'get', `/auth/${id}`, {}, { 200: json(z.string()) }, { security: [{ [scheme]: [] }], middleware }), handler)
const pass = async (_, next) => next()
secured('bearer', 'Bearer', bearerAuth({ token: 'a.b-c~d+e/f==' }), c => c.json('in', 200))
secured('basic', 'Basic', basicAuth({ username: 'ada', password: 'pass:word ü' }), c => c.json('in', 200))
secured('key', 'Key', pass, c => c.json(c.req.header('x-key') ?? '', 200))
secured('session', 'Session', pass, c => c.json(getCookie(c, 'session') ?? '', 200))

writeFileSync(process.argv[2], JSON.stringify(app.getOpenAPI31Document({ openapi: '3.1.0', info: { title: 'Everything that zod can say', version: '1' } })))
const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) => console.log(JSON.stringify({ api: `http://127.0.0.1:${port}` })))
process.stdin.on('end', () => process.exit(0)).resume()
server.on('error', error => { console.error(error); process.exit(1) })
