// Does the official command line find documents valid, without a single warning?
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

// Goldens with features that the library lacks: bindings of brokers, several protocols, CloudEvents, security of every
// kind, server variables, recursive and composed schemas, names and texts that are hard to write.
const GOLDENS = [
  'bindings/2.6.0', 'bindings/3.0.0', 'security/2.6.0', 'security/3.0.0', 'cloudevents/default', 'composition/default', 'evil_text/default',
  'recursive_ref/default', 'server_variables/default', 'two_protocols/default', 'unicode_names/default',
];

// The official command line warns about a missing contact and license, which documents omit if no definition gives them.
function withContact(document) {
  return document.replace(/^info:\n(?![\s\S]*^  contact:)/m, 'info:\n  contact: {name: A team, url: "https://example.org", email: team@example.org}\n  license: {name: MIT}\n');
}

// One check for each of the rendered documents and of the goldens.
export function validationChecks(asyncapi, folder, rendered, cases) {
  const goldens = GOLDENS.map(path => {
    const [name, variant] = path.split('/');
    const file = join(folder, `${name}-${variant}.yaml`);
    writeFileSync(file, withContact(readFileSync(join(cases, name, 'golden/asyncapi', variant, 'asyncapi.yaml.golden'), 'utf8')));
    return { name: path, file };
  });
  return [...rendered, ...goldens].map(({ name, file }) => ({
    name: `validate ${name}`,
    run: () => asyncapi('validate', file, '--fail-severity=warn'),
  }));
}
