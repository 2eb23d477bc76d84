#!/usr/bin/env node
// Has firestone report the same in each format for programs, and judges that: SARIF by its schema and by the validator of its
// SDK, with the rules of GitHub's code scanning, too; workflow commands by what GitHub's own encoder makes of the report as
// JSON, read by the grammar of the runner; and JSON by the schema that firestone prints.
//
//   node check-reports.mjs
//
// Ends with "N passed, N failed". The reports of a run that failed are kept.
import { error, warning } from '@actions/core';
import Ajv from 'ajv';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';

const firestone = resolve(import.meta.dirname, '../../firestone');
const folder = mkdtempSync(join(tmpdir(), 'firestone-reports-'));
const multitool = createRequire(import.meta.url)('@microsoft/sarif-multitool');

// Findings of the validator that are not faults here: it requires more than a report of problems needs.
const MORE = [
  /^SARIF2002 /, // messages by their numbers
  /^SARIF2003 /, // the commit that was checked
  /^SARIF2012 .*'rules' property/, // kinds that nothing is of
  /^SARIF2016 .*'file:.* is specified with absolute URI/, // a file that was named so, and is in no repository
  /^SARIF201[01] /, // excerpts of the files
  /^SARIF2012 .*'name' property/, // a second name of each kind, beside its code
  /^SARIF2005 .*'\(devel\)'/, // a number for a version that has none
];

const BOOK = 'kind: book\nmetadata: {contact: {name: We}, license: {name: MIT}}\nschema:\n  key: {name: book_id}\n  items: {type: object, properties: {title: {type: string}}}\n';
const WRONG = BOOK.replace('type: string', 'type: strng').replace('schema:', 'schmea: 1\nschema:');
const ODD = 'größe 100%25%0A, a:b;c=d #1\\?.yaml';

// The cases: the files, the command line, standard input, the exit status, and the least number of problems.
const CASES = {
  'no problem': { args: ['pack', 'lint', 'openapi'] },
  'several in several files': { files: { 'a.yaml': WRONG, 'b/c.yaml': WRONG }, args: ['-t', 'openapi', '-o', 'api.yaml', 'a.yaml', 'b'], status: 1, least: 4 },
  'a warning': { files: { 'a.yaml': BOOK.replace('license', 'x-license') }, args: ['-t', 'openapi', '-o', 'api.yaml', 'a.yaml'], least: 1 },
  'a warning beside data': { files: { 'a.yaml': BOOK.replace('license', 'x-license') }, args: ['-t', 'openapi', 'a.yaml'], onStderr: true, least: 1 },
  'characters of several bytes': { files: { 'a.yaml': BOOK.replace('{title:', '{größe𝒳: {type: integer}, title:').replace('string', 'strng') }, args: ['model', 'a.yaml'], onStderr: true, status: 1, least: 1, marks: 'strng' },
  'a faulty template': {
    files: { 'book.yaml': BOOK, 'templates/openapi/_info.yaml.tmpl': 'title: a: b\nversion: {{ .API.Version }}\n' },
    args: ['-t', 'openapi', '-o', 'api.yaml', '--templates-path', 'templates', 'book.yaml'], status: 1, least: 1,
  },
  'a misspelt field of a template': {
    files: { 'templates/openapi/_info.yaml.tmpl': 'title: {{ .API.Titel }}\nversion: x\n' },
    args: ['pack', 'lint', 'openapi', '--templates-path', 'templates'], status: 1, least: 1,
  },
  'an odd name': { files: { [`odd/${ODD}`]: WRONG }, args: ['-t', 'openapi', '-o', 'api.yaml', 'odd'], status: 1, least: 2 },
  'a colon in the first folder': { files: { 'a:b/c d.yaml': WRONG }, args: ['-t', 'openapi', '-o', 'api.yaml', 'a:b/'], status: 1, least: 2 },
  'standard input': { args: ['-t', 'openapi', '-o', 'api.yaml', '-'], stdin: WRONG, status: 1, least: 2 },
  'a folder above': { files: { 'above/a.yaml': WRONG, 'here/b.yaml': BOOK }, in: 'here', args: ['-t', 'openapi', '-o', 'api.yaml', '../above'], status: 1, least: 2 },
  'an absolute path elsewhere': { files: { 'above/a.yaml': WRONG, 'here/b.yaml': BOOK }, in: 'here', args: ['-t', 'openapi', '-o', 'api.yaml', join(folder, 'an absolute path elsewhere/above/a.yaml')], status: 1, least: 2 },
  'an absolute path': { files: { 'above/a.yaml': WRONG }, args: ['-t', 'openapi', '-o', 'api.yaml', join(folder, 'an absolute path/above/a.yaml')], status: 1, least: 2 },
  'a file without a line': { files: { 'book.yaml': BOOK, 'api.yaml': 'by hand\n', 'firestone.yaml': 'resources: [book.yaml]\ngenerate:\n  - {pack: openapi, output: api.yaml}\n' }, args: [], status: 1, least: 1 },
  'files that differ': {
    files: { 'book.yaml': BOOK, 'api.json': '{\n  "openapi": "3.1.0"\n}\n', 'firestone.yaml': 'resources: [book.yaml]\ngenerate:\n  - {pack: openapi, output: api.json}\n  - {pack: openapi, output: "a b/%.yaml"}\n' },
    args: ['check'], status: 1, least: 2,
  },
  payloads: { files: { 'book.yaml': BOOK, 'a.json': '{"book_id": 1, "titel": "x"}' }, args: ['validate', '-r', 'book.yaml', 'book', 'a.json'], status: 1, least: 1 },
  'an unknown flag': { args: ['check', '--nope'], status: 2, least: 1 },
  'a missing argument': { args: ['schema'], onStderr: true, status: 2, least: 1 },
  'a line of the Python firestone': { args: ['generate', '--title', 'T', '-r', 'a.yaml', 'openapi'], status: 2, least: 1 },
  'a missing file': { args: ['-t', 'openapi', '-o', 'api.yaml', 'none.yaml'], status: 2, least: 1 },
};

// Runs a case in a format, and returns its report.
function report(name, format) {
  const { files = {}, in: at = '.', args, stdin = '', status = 0, onStderr = false } = CASES[name];
  const here = join(folder, name);
  rmSync(here, { recursive: true, force: true });
  for (const [file, text] of Object.entries({ 'a-file-of-none/.keep': '', ...files })) {
    mkdirSync(dirname(join(here, file)), { recursive: true });
    writeFileSync(join(here, file), text);
  }
  const run = spawnSync(firestone, ['--format', format, ...args], { cwd: join(here, at), input: stdin, encoding: 'utf8' });
  if (run.status !== status) throw new Error(`${format}: exit status ${run.status}, expected ${status}: ${run.stdout}${run.stderr}`);
  return onStderr ? run.stderr : run.stdout;
}

// What GitHub's encoder prints for a report.
function encoded({ problems, differences }) {
  let printed = '';
  const write = process.stdout.write;
  process.stdout.write = text => { printed += text; return true; };
  try {
    for (const { severity, message, hint, code, file, line, column } of problems) {
      const place = { title: code, file: file || undefined, startLine: line || undefined, startColumn: column || undefined };
      (severity === 'error' ? error : warning)(hint ? `${message}\nhint: ${hint}` : message, place);
    }
    for (const { path, causes, repair, diff } of differences) {
      error(`${sentence(causes)}\nhint: run ${repair}`, { title: 'FS5001', file: path, startLine: firstLine(diff), startColumn: 1 });
    }
  } finally {
    process.stdout.write = write;
  }
  return commands(printed);
}

const sentence = causes => causes.map(cause => cause.text).join(', ');

// The line of a file at which a unified diff has its first difference.
function firstLine(diff) {
  const [, start, rest] = diff.match(/^@@ -(\d+)(?:,\d+)? .*@@\n([^]*)/m);
  return Math.max(1, Number(start)) + rest.split('\n').findIndex(line => !line.startsWith(' '));
}

// Workflow commands, as the runner reads them (actions/runner, ActionCommand.TryParseV2).
function commands(text) {
  return text.split(/\r?\n/).slice(0, -1).map(line => {
    const end = line.indexOf('::', 2);
    if (!line.startsWith('::') || end < 0) throw new Error(`no workflow command: ${line}`);
    const [head, data] = [line.slice(2, end), line.slice(end + 2)];
    const space = head.indexOf(' ');
    const properties = {};
    for (const property of space < 0 ? [] : head.slice(space + 1).split(',')) {
      const [key, value] = [property.slice(0, property.indexOf('=')), property.slice(property.indexOf('=') + 1)];
      if (!/^\w+$/.test(key) || value === '' || key in properties) throw new Error(`no property of a workflow command: ${line}`);
      properties[key] = unescape(unescape(value, '%3A', ':'), '%2C', ',');
    }
    return { command: space < 0 ? head : head.slice(0, space), properties: unescapeAll(properties), data: unescapeData(data) };
  });
}

const unescape = (text, code, character) => text.replaceAll(code, character);
const unescapeData = text => unescape(unescape(unescape(text, '%0D', '\r'), '%0A', '\n'), '%25', '%');
const unescapeAll = properties => Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, unescapeData(value)]));

const formats = schema => addFormats(schema) && schema;
const isSARIF = formats(new Ajv2020({ strict: false, allErrors: true })).compile(JSON.parse(readFileSync(join(dirname(multitool), 'sarif-2.1.0.json'), 'utf8')));
const isReport = new Ajv({ allErrors: true }).compile(JSON.parse(execFileSync(firestone, ['schema', 'report'])));
const said = validate => validate.errors.slice(0, 5).map(({ instancePath, message }) => `${instancePath} ${message}`).join('; ');

// The faults of the reports of a case.
function judge(name) {
  const findings = [];
  const json = JSON.parse(report(name, 'json'));
  if (!isReport(json)) findings.push(`json: ${said(isReport)}`);
  const count = json.problems.length + json.differences.length;
  if (count < (CASES[name].least ?? 0) || (count > 0) !== 'least' in CASES[name]) findings.push(`json: ${count} problems`);

  const annotations = commands(report(name, 'github'));
  const expected = encoded(json);
  if (!isDeepStrictEqual(annotations, expected)) findings.push(`github: ${JSON.stringify(annotations)}\n  expected ${JSON.stringify(expected)}`);

  const log = report(name, 'sarif');
  writeFileSync(join(folder, `${name}.sarif`), log);
  const sarif = JSON.parse(log);
  if (!isSARIF(sarif)) findings.push(`sarif: ${said(isSARIF)}`);
  const [{ results, tool: { driver }, invocations: [{ executionSuccessful, toolExecutionNotifications: notifications = [] }] }] = sarif.runs;
  const placed = json.problems.filter(p => p.file !== '');
  if (results.length !== placed.length + json.differences.length) findings.push(`sarif: ${results.length} results`);
  if (results.length + notifications.length !== count) findings.push(`sarif: ${notifications.length} notifications`);
  if (executionSuccessful !== (CASES[name].status !== 2)) findings.push(`sarif: the run was a success: ${executionSuccessful}`);
  for (const { descriptor: { id, index } } of notifications) {
    if (driver.notifications[index].id !== id) findings.push(`sarif: the notification ${index} is not ${id}`);
  }
  for (const { ruleId, ruleIndex, locations } of results) {
    if (driver.rules[ruleIndex].id !== ruleId) findings.push(`sarif: the rule ${ruleIndex} is not ${ruleId}`);
    for (const { physicalLocation: { artifactLocation: { uri }, region } } of locations) {
      const here = new URL(`file://${encodeURI(join(folder, name, CASES[name].in ?? '.'))}/`);
      const file = decodeURIComponent(new URL(uri, here).pathname);
      const marked = CASES[name].marks && [...readFileSync(file, 'utf8').split('\n')[region.startLine - 1]].slice(region.startColumn - 1).join('');
      if (marked && !marked.startsWith(CASES[name].marks)) findings.push(`sarif: the place is before ${marked}`);
      if (!placed.some(p => resolve(folder, name, CASES[name].in ?? '.', p.file) === file) && !json.differences.some(d => join(folder, name, d.path) === file)) {
        findings.push(`sarif: ${uri} leads to ${file}, which no problem is in`);
      }
    }
  }
  return findings;
}

// The findings of the validator for each log, as pairs of the case and the finding.
function validate() {
  const config = join(folder, 'rules.xml');
  writeFileSync(config, '<?xml version="1.0" encoding="utf-8"?>\n<Properties><Properties Key="SARIF2006.UrisShouldBeReachable.Options">' +
    '<Property Key="RuleEnabled" Value="Disabled" Type="Driver.RuleEnabledState" /></Properties></Properties>\n'); // nothing is fetched
  chmodSync(multitool, 0o755); // its package leaves that to a script, and those of packages do not run
  const options = ['--config', config, '--rule-kind', 'Sarif;Ghas', '--level', 'Error;Warning;Note'];
  const { status, stdout, stderr } = spawnSync(multitool, ['validate', ...options, join(folder, '*.sarif')],
    { encoding: 'utf8', env: { ...process.env, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1' } });
  if (status !== 0) throw new Error(`the validator ends with ${status}: ${stdout}${stderr}`);
  const found = [...stdout.matchAll(/^.*\/(.*)\.sarif\((.*?)\): (?:error|warning|note) (\w+): (.*)$/gm)];
  const unread = Object.keys(CASES).filter(name => !found.some(([, judged, , rule]) => judged === name && rule === 'SARIF2003')); // which it says of each
  if (unread.length > 0) throw new Error(`the validator has not judged ${unread.join(', ')}: ${stdout}`);
  return found.map(([, name, place, rule, text]) => [name, `${rule} at ${place}: ${text}`]).filter(([, text]) => !MORE.some(more => more.test(text)));
}

const failures = [];
const attempt = (name, work) => {
  try {
    failures.push(...work());
  } catch (failure) {
    failures.push([name, failure.message]);
  }
};
for (const name of Object.keys(CASES)) attempt(name, () => judge(name).map(finding => [name, finding]));
attempt('the validator', validate);
for (const [name, finding] of failures) console.log(`FAIL ${name}\n  ${finding}`);
if (failures.length === 0) rmSync(folder, { recursive: true });
else console.log(`the reports are in ${folder}`);
const failed = new Set(failures.map(([name]) => name)).size;
console.log(`${Object.keys(CASES).length + 1 - failed} passed, ${failed} failed`);
process.exitCode = failures.length > 0 ? 1 : 0;
