// openapi-generator generates a Python client from a document, which compiles and whose modules can all be imported.
import { join } from 'node:path';
import { run } from './documents.mjs';

// openapi-generator does not read 3.2 yet.
const VERSIONS = ['3.0.3', '3.1.0'];

// Returns the failures by document, as lines. A client takes ten seconds, so only the documents of the library get one.
export async function python(documents, folder, environment) {
  const found = new Map();
  for (const document of documents.filter(({ source, version }) => source === 'library' && VERSIONS.includes(version))) {
    const client = join(folder, document.version);
    try {
      await run(join(environment, 'bin/openapi-generator-cli'),
        ['generate', '-g', 'python', '-i', document.file, '-o', client, '--additional-properties=packageName=api']);
      await run(join(environment, 'bin/python'), ['-m', 'compileall', '-q', join(client, 'api')]);
      await run(join(environment, 'bin/python'), [join(import.meta.dirname, 'imports.py'), client]);
      found.set(document, []);
    } catch (error) {
      found.set(document, [error.stdout, error.stderr, error.message].join('\n').split('\n').filter(line => line !== ''));
    }
  }
  return found;
}
