// What Spector's scenarios send and get, from the package that has them, and the documents that TypeSpec makes of their descriptions.
//
// Started with a folder, which gets `documents/NAME.yaml` for each folder of scenarios that OpenAPI can say, `scenarios.json`, and the files that
// scenarios send.

import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { NodeHost, compile } from '@typespec/compiler'

const work = resolve(process.argv[2])
const specs = resolve('node_modules/@typespec/http-specs')
mkdirSync(join(work, 'documents'), { recursive: true })
mkdirSync(join(work, 'files'), { recursive: true })

const named = (folder, file) => readdirSync(join(specs, folder), { recursive: true, withFileTypes: true }).filter(entry => entry.name === file).map(entry => entry.parentPath).sort()
const name = (folder, path) => relative(join(specs, folder), path).replaceAll(/[\\/]/g, '_')

const emitted = async path => {
  const program = await compile(NodeHost, join(path, 'main.tsp'), {
    emit: ['@typespec/openapi3'],
    outputDir: work,
    options: { '@typespec/openapi3': { 'emitter-output-dir': join(work, 'documents'), 'openapi-versions': ['3.1.0'], 'output-file': `${name('specs', path)}.yaml` } },
  })
  return !program.hasError()
}

const documents = []
for (const path of named('specs', 'main.tsp')) {
  // The emitter throws at what it cannot say.
  if (await emitted(path).catch(() => false)) documents.push(name('specs', path))
  else console.error(`OpenAPI cannot say ${name('specs', path)}`)
}

let files = 0
const file = buffer => {
  const path = join(work, 'files', `${files++}`)
  writeFileSync(path, buffer)
  return path
}
/** The text of a body, with the server's address as `{base}`; what is no text becomes a file. */
const content = body => {
  const raw = body?.rawContent ?? (body?.kind ? undefined : body)
  if (raw === undefined || raw === null) return {}
  if (Buffer.isBuffer(raw) || raw instanceof Uint8Array) return { file: file(raw) }
  const text = typeof raw === 'string' ? raw : raw.serialize?.({ baseUrl: '{base}' })
  return typeof text === 'string' ? { text } : {}
}
const texts = values => Object.fromEntries(Object.entries(values ?? {}).map(([key, value]) => [key, value?.serialize?.({ baseUrl: '{base}' }) ?? value]))
/** The parts of files that the mock server checks without saying so: each is to be `image.png` of the package. */
const checked = {
  Payload_MultiPart_FormData_File_uploadFileSpecificContentType: ['file'],
  Payload_MultiPart_FormData_File_uploadFileRequiredFilename: ['file'],
  Payload_MultiPart_FormData_File_uploadFileArray: ['files', 'files'],
}
const image = () => file(readFileSync(join(specs, 'assets/image.png')))
const withFiles = (scenario, call) => {
  const parts = checked[scenario]
  if (!parts) return call
  const files = parts.map(part => ({ part, name: 'image.png', type: 'image/png', path: image() }))
  return { ...call, contentType: 'multipart/form-data', files }
}
const call = ({ uri, method, request, response }) => ({
  method: method.toUpperCase(),
  uri,
  query: texts(request?.query),
  headers: Object.fromEntries(Object.entries(texts(request?.headers)).map(([key, value]) => [key.toLowerCase(), value])),
  contentType: request?.body?.contentType ?? null,
  body: content(request?.body),
  parts: request?.body?.parts ?? {},
  files: (request?.body?.files ?? []).map(({ fieldname, originalname, buffer, mimetype }) => ({ part: fieldname, name: originalname, type: mimetype, path: file(buffer) })),
  status: response?.status ?? 200,
  answer: response?.body?.contentType?.includes('json') ? content(response.body).text ?? null : null,
})

const scenarios = []
for (const path of named('dist/specs', 'mockapi.js')) {
  const { Scenarios } = await import(pathToFileURL(join(path, 'mockapi.js')).href)
  for (const [scenario, { apis = [] }] of Object.entries(Scenarios)) scenarios.push({ folder: name('dist/specs', path), scenario, calls: apis.map(call).map(call => withFiles(scenario, call)) })
}
writeFileSync(join(work, 'scenarios.json'), JSON.stringify({ documents, scenarios }))
