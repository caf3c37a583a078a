// Starts the server of app.ts, whose decorators need TypeScript.
//
// Started with the name of a file for the document; says its address on standard output, and ends with its standard input.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import ts from 'typescript'

const { outputText } = ts.transpileModule(readFileSync('app.ts', 'utf8'), {
  compilerOptions: { target: 'ES2022', module: 'ESNext', experimentalDecorators: true, emitDecoratorMetadata: true, useDefineForClassFields: false },
})
// Where what it imports is found, and version control does not look.
const compiled = new URL('node_modules/.cache/app.mjs', import.meta.url)
mkdirSync(new URL('.', compiled), { recursive: true })
writeFileSync(compiled, outputText)
const { start } = await import(compiled.href)
const { document, port } = await start()
writeFileSync(process.argv[2], JSON.stringify(document))
process.stdin.on('end', () => process.exit(0)).resume()
console.log(JSON.stringify({ api: `http://127.0.0.1:${port}` }))
