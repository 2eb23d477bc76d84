// The definitions to test with: the golden and the hard cases, each as it is and with other envelopes and protocols.
import { cpSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { root } from './server.mjs';

// A definition without events gets these.
const EVENTS = `
asyncapi:
  servers: {dev: {url: "ws://localhost:8080", protocol: ws}}
  channels: {resources: true, instances: true, instance_attrs: true}
`;

// What each variant makes of the text of a definition.
const VARIANTS = {
  'as it is': text => text,
  'other envelope': text => (/^ *envelope: cloudevents$/m.test(text) ? text.replace(/^ *envelope: cloudevents\n/m, '') : withEnvelope(text)),
  'as streams': text => text.replaceAll(/(url: "?)ws(s?):\/\//g, '$1http$2://').replaceAll(/protocol: ws(s?)\b/g, 'protocol: http$1'),
  'streams of events': text => VARIANTS['as streams'](VARIANTS['other envelope'](text)),
};

// The cases whose streams are part of every run, and the case that takes as long as all others together.
const STREAMED = ['cases/attributes', 'cases/book', 'cases/cloudevents', 'cases/nested_resource', 'cases/security'];
const LARGE = 'hard/15_wide_300';

function withEnvelope(text) {
  return text.replaceAll(/^asyncapi: *\{/gm, 'asyncapi: {envelope: cloudevents, ').replaceAll(/^asyncapi: *\n( +)/gm, (whole, indent) => `${whole}envelope: cloudevents\n${indent}`);
}

const isDefinition = name => /\.ya?ml$/.test(name) && !/^[_.]/.test(name);

// Writes every case in every variant into the folder and returns them: { name, definitions, isSwept }; isSwept ones take too
// long for every run.
export function allCases(folder) {
  const sources = [];
  const cases = join(root, 'testdata/cases');
  for (const name of readdirSync(cases)) sources.push({ name: `cases/${name}`, from: join(cases, name), files: readdirSync(join(cases, name)).filter(isDefinition) });
  const hard = join(root, 'testdata/hard');
  for (const file of readdirSync(hard).filter(isDefinition)) sources.push({ name: `hard/${basename(file, '.yaml')}`, from: hard, files: [file] });
  return sources.flatMap(({ name, from, files }) => Object.entries(VARIANTS).map(([variant, change]) => {
    const to = join(folder, variant.replaceAll(' ', '_'), name);
    mkdirSync(to, { recursive: true });
    cpSync(from, to, { recursive: true, filter: path => basename(path) !== 'golden' });
    for (const file of files) writeFileSync(join(to, file), change(withEvents(readFileSync(join(to, file), 'utf8'))));
    const isSwept = name === LARGE || variant.includes('streams') && !STREAMED.includes(name);
    return { name: `${name} ${variant}`, definitions: files.map(file => join(to, file)), isSwept };
  }));
}

const withEvents = text => (/^asyncapi:/m.test(text) ? text : text + EVENTS);
