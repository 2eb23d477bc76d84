// TypeScript takes all clients in its strictest mode, and writes the JavaScript of them, in one program.
import { existsSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import ts from 'typescript';

// The program that drives the client of the library.
export const DRIVER = 'drive.ts';

const OPTIONS = {
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  noImplicitOverride: true,
  noImplicitReturns: true,
  noFallthroughCasesInSwitch: true,
  noPropertyAccessFromIndexSignature: true,
  verbatimModuleSyntax: true,
  isolatedModules: true,
  skipLibCheck: true,
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts', 'lib.dom.asynciterable.d.ts'],
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  types: [],
};

// Returns the lines of what is wrong by the name of the client, or of the program that drives one, none for one that is taken.
// The JavaScript lies beside the TypeScript.
export function compile(folder, names) {
  const found = new Map([...names, DRIVER].map(name => [name, []]));
  const files = names.flatMap(name => ts.sys.readDirectory(join(folder, name), ['.ts'], ['runtime']));
  if (existsSync(join(folder, DRIVER))) files.push(join(folder, DRIVER));
  const program = ts.createProgram(files, OPTIONS);
  const diagnostics = [...ts.getPreEmitDiagnostics(program), ...program.emit().diagnostics];
  for (const { file, start, messageText } of diagnostics) {
    const text = ts.flattenDiagnosticMessageText(messageText, '\n');
    if (file === undefined) {
      for (const lines of found.values()) lines.push(text); // of the whole program
      continue;
    }
    const [name, ...path] = relative(folder, file.fileName).split(sep);
    const line = file.getLineAndCharacterOfPosition(start).line + 1;
    (found.get(name) ?? found.get(names[0])).push(`${path.join('/')}:${line}: ${text}`);
  }
  return found;
}

// Returns the path of a module of a client.
export const moduleOf = (folder, name, module) => join(folder, name, `${module}.js`);
