// The types that generators make of schemas that they often get wrong: a closed object is closed, a nullable reference is
// nullable, a union is a union, and the key is present.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import openapiTypeScript, { astToString } from 'openapi-typescript';
import ts from 'typescript';
import { run } from './documents.mjs';

const VERSIONS = ['3.0.3', '3.1.0'];
const OPTIONS = { strict: true, noEmit: true, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler, types: [] };

// Writes the documents of the definitions and returns them like documents.mjs.
export async function renderTypes(root, folder) {
  const documents = [];
  for (const version of VERSIONS) {
    const file = join(folder, `types_${version.replaceAll('.', '_')}.json`);
    await run(join(root, 'firestone'), ['-t', 'openapi', '--set', `version=${version}`, '-o', file, 'testdata/consumers/types'], { cwd: root });
    documents.push({ source: 'types', version, file });
  }
  return documents;
}

// Compares the output of openapi-typescript with types.ts.
async function ofTypeScript({ file }, folder) {
  mkdirSync(folder);
  writeFileSync(join(folder, 'document.ts'), astToString(await openapiTypeScript(pathToFileURL(file), { silent: true })));
  const uses = join(folder, 'types.ts');
  copyFileSync(join(import.meta.dirname, 'types.ts'), uses);
  return ts.getPreEmitDiagnostics(ts.createProgram([uses], OPTIONS)).map(({ file, start, messageText }) => {
    const line = file === undefined ? '' : `${basename(file.fileName)}:${file.getLineAndCharacterOfPosition(start).line + 1}: `;
    return line + ts.flattenDiagnosticMessageText(messageText, '\n');
  });
}

// The members of the Go structs from oapi-codegen, and whether a struct is a union.
const STRUCTS = {
  Record: [/\bClosed +struct \{\s+Name string `json:"name"`\s+\} /, /\bFree +\*map\[string\]interface\{\} /, /\bAnything +interface\{\} /,
    /\bSealed +\*struct \{\s+At +\*int [^\n]*\s+Code +\*string /, /\bAsset +\*Record_Asset /, /\bPayment +\*Record_Payment /, /\bRecordId +\*?string /],
  Record_Asset: [/^\s+Label string `json:"label"`\s+union json.RawMessage\s+$/],
  Record_Payment: [/^\s+union json.RawMessage\s+$/],
  PaymentCard: [/\bNumber +string /],
  Widget: [/\bWidgetId +\*?string /, /\bSides +int /],
};
// OpenAPI 3.0 has null only beside a type, so that oapi-codegen treats a reference or null as a union there.
const NULLABLE = { '3.0.3': [/\bFailure +\*Record_Failure /, /\bCause +\*Record_Cause /], '3.1.0': [/\bFailure +\*Failure /, /\bCause +\*Failure /] };

function ofGo({ version }, source) {
  const wanted = { ...STRUCTS, Record: [...STRUCTS.Record, ...NULLABLE[version]] };
  return Object.entries(wanted).flatMap(([name, members]) => {
    const body = source.match(new RegExp(`^type ${name} struct \\{\\n([\\s\\S]*?)\\n\\}`, 'm'))?.[1];
    if (body === undefined) return [`there is no struct ${name}`];
    const lines = members.filter(member => !member.test(`${body}\n`)).map(member => `${name} has no ${member}:\n${body}`);
    return /AdditionalProperties/.test(body) ? [...lines, `${name} is open`] : lines;
  });
}

// Compares the output of datamodel-code-generator with typed.py.
async function ofPython({ file }, module, environment) {
  await run(join(environment, 'bin/datamodel-codegen'),
    ['--input', file, '--input-file-type', 'openapi', '--output-model-type', 'pydantic_v2.BaseModel', '--formatters', 'builtin', '--output', module]);
  const { stdout } = await run(join(environment, 'bin/python'), [join(import.meta.dirname, 'typed.py'), module]);
  return stdout.split('\n').filter(line => line !== '');
}

// Returns the failures of each generator by document. packages is the folder of the Go packages.
export async function types(documents, folder, packages, environment) {
  const found = { 'types of openapi-typescript': new Map(), 'types of oapi-codegen': new Map(), 'types of datamodel-code-generator': new Map() };
  mkdirSync(folder);
  for (const document of documents) {
    const name = basename(document.file, '.json');
    const judge = async (tool, lines) => found[`types of ${tool}`].set(document, await lines().catch(error => [String(error.stderr || error)]));
    await judge('openapi-typescript', () => ofTypeScript(document, join(folder, name)));
    await judge('oapi-codegen', async () => ofGo(document, readFileSync(join(packages, name, 'api.go'), 'utf8')));
    await judge('datamodel-code-generator', () => ofPython(document, join(folder, `${name}.py`), environment));
  }
  return found;
}
