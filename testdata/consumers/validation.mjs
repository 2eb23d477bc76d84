// Does the official command line find documents valid, without a single warning?
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';

// Goldens with what the library has not: bindings of brokers, several protocols, CloudEvents, security of
// every kind, variables of servers, recursive and composed schemas, names and texts that are hard to write.
const GOLDENS = [
  'bindings/2.6.0', 'bindings/3.0.0', 'security/2.6.0', 'security/3.0.0', 'cloudevents/default', 'composition/default', 'evil_text/default',
  'recursive_ref/default', 'server_variables/default', 'two_protocols/default', 'unicode_names/default',
];

// One check for each of the rendered documents and of the goldens.
export function validationChecks(asyncapi, folder, rendered, cases) {
  const goldens = GOLDENS.map(path => {
    const [name, variant] = path.split('/');
    const file = join(folder, `${name}-${variant}.yaml`);
    copyFileSync(join(cases, name, 'golden/asyncapi', variant, 'asyncapi.yaml.golden'), file);
    return { name: path, file };
  });
  return [...rendered, ...goldens].map(({ name, file }) => ({
    name: `validate ${name}`,
    run: () => asyncapi('validate', file, '--fail-severity=warn'),
  }));
}
