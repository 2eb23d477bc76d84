// openapi-typescript generates types from a document, which compile in TypeScript's strictest mode.
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import openapiTypeScript, { astToString } from 'openapi-typescript';
import ts from 'typescript';

const OPTIONS = { strict: true, noEmit: true, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, types: [] };

// Returns the failures by document, as lines; none for a document that is accepted.
export async function typescript(documents, folder) {
  const found = new Map();
  const made = new Map();
  mkdirSync(folder);
  for (const document of documents) {
    found.set(document, []);
    const file = join(folder, basename(document.file, '.json') + '.ts');
    try {
      writeFileSync(file, astToString(await openapiTypeScript(pathToFileURL(document.file), { silent: true })));
      made.set(file, document);
    } catch (error) {
      found.get(document).push(String(error));
    }
  }
  for (const diagnostic of ts.getPreEmitDiagnostics(ts.createProgram([...made.keys()], OPTIONS))) {
    const text = ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n');
    // An error of the whole program counts for each document.
    const at = diagnostic.file === undefined ? documents : [made.get(diagnostic.file.fileName)];
    for (const document of at) found.get(document).push(text);
  }
  return found;
}
