// Judges pairs of files that one template made of two models, in what has readers in JavaScript: Markdown, HTML, TypeScript.
// See judge.py for what is read and written, line by line.
//
// A file may differ from another one in texts, in the values of attributes and in the targets of links, as far as a word of
// the plain model stands there in the first one; never in its nodes, names, schemes or code.

import readline from 'node:readline';
import vm from 'node:vm';
import * as commonmark from 'commonmark';
import MarkdownIt from 'markdown-it';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFootnoteFromMarkdown } from 'mdast-util-gfm-footnote';
import { gfmStrikethroughFromMarkdown } from 'mdast-util-gfm-strikethrough';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { gfmTaskListItemFromMarkdown } from 'mdast-util-gfm-task-list-item';
import { mdxFromMarkdown } from 'mdast-util-mdx';
import { gfmFootnote } from 'micromark-extension-gfm-footnote';
import { gfmStrikethrough } from 'micromark-extension-gfm-strikethrough';
import { gfmTable } from 'micromark-extension-gfm-table';
import { gfmTaskListItem } from 'micromark-extension-gfm-task-list-item';
import { mdxjs } from 'micromark-extension-mdxjs';
import * as parse5 from 'parse5';
import ts from 'typescript';

const aWord = /qv[a-z]{2}z/i;
const eachWord = /qv[a-z]{2}z/gi;

class Difference extends Error {}

const shown = value => JSON.stringify(value)?.slice(0, 200);

// Compares the leaves of two structures.
class Comparison {
  constructor({ values, loose }, { exact, lines, written, spans, language, a }) {
    Object.assign(this, { values, loose, exact, lines, written, spans, marks: language === 'Markdown' && hasMarks(a) });
  }

  same(a, b, place) {
    if (a !== b) throw new Difference(`${place}: ${shown(a)} is ${shown(b)}`);
  }

  // What the author wrote is the same, before and behind what the model says as well.
  text(a, b, place) {
    if (this.marks) [a, b] = [withoutMarks(a), withoutMarks(b)];
    if (a === b) return;
    const [before, behind] = around(a);
    if (before === null) {
      if (!this.loose) this.same(a.trim(), b.trim(), `${place}: the template's text`);
    } else if (!this.loose && !this.written && !(b.trimStart().startsWith(before.trim()) && b.trimEnd().endsWith(behind.trim()))) {
      throw new Difference(`${place}: the template's text around ${shown(a)} is not in ${shown(b)}`);
    }
  }

  // A text of code, which arrives as it is.
  literal(a, b, place) {
    if (a === b) return;
    if (!aWord.test(a)) {
      if (!this.loose) this.same(a, b, `${place}: the template's text`);
    } else if (this.exact && !this.loose) {
      this.same(a.replace(eachWord, word => this.values[word] ?? word), b, place);
    }
  }

  name(a, b, place) {
    if (a !== b && !aWord.test(a) && !this.loose) this.same(a, b, `${place}: the name`);
  }

  // An address keeps the scheme that the author wrote, or has one that does nothing.
  address(a, b, place) {
    if (a === b) return;
    let [before] = around(a);
    if (this.loose) before = before?.split(/%20|%E3%80%80|%26%23(?:32|12288);|[ \u3000]/)[0] ?? null; // from where on a text that is a space may stand
    if (this.written) before = before?.split(/%(?:2[27]|60|3C)|["'`<]/)[0] ?? null;
    if (before === null) {
      if (!this.loose) this.same(a, b, `${place}: the template's address`);
    } else if (/[:/?#]/.test(before)) {
      if (!b.startsWith(before)) throw new Difference(`${place}: ${shown(b)} does not begin with ${shown(before)}`);
    } else if (!['', 'http', 'https', 'mailto', 'tel'].includes(schemeOf(b))) {
      throw new Difference(`${place}: the scheme of ${shown(b)}`);
    }
  }
}

// The text before the first word of the model and behind the last one, or nulls.
function around(text) {
  const words = [...text.matchAll(eachWord)];
  if (words.length === 0) return [null, null];
  const last = words.at(-1);
  return [text.slice(0, words[0].index), text.slice(last.index + last[0].length)];
}

// The scheme of an address as a browser reads it (WHATWG URL, section 4.4).
function schemeOf(address) {
  // eslint-disable-next-line no-control-regex
  const bare = address.replace(/^[\u0000-\u0020]+|[\t\n\r]/g, '');
  return /^([a-z][a-z0-9+.-]*):/i.exec(bare)?.[1].toLowerCase() ?? '';
}

// Markdown

const commonmarkReader = new commonmark.Parser();
const commonmarkWriter = new commonmark.HtmlRenderer();
const tables = new MarkdownIt({ html: true });

// What a site generator reads by itself, see judge.py.
// For readers that know no footnotes, and take a note of one word for a link's definition, a note is a paragraph.
const withoutNotes = text => withoutFront(text).replace(/^([ \t>*+-]*)\[\^[^\s\][\\]+\]:/gm, '$1note');

// commonmark.js knows no tab at the end of a link's definition (CommonMark 0.31.2, section 4.7: spaces or tabs).
const withoutTabs = text => text.replace(/^([ \t>*+-]*\[[^\n]*?)[ \t]*\t[ \t]*$/gm, '$1');

// A byte order mark is none of the text, which not all readers know.
const withoutFront = text => text.replace(/^\ufeff/, '').replace(/^(---|\+\+\+)[ \t]*\r?\n[^]*?^\1[ \t]*(\r?\n|$)/m, (found, _, __, at) => (at === 0 ? '' : found));

function commonmarkTree(text) {
  const tree = node => {
    const children = [];
    for (let child = node.firstChild; child; child = child.next) {
      const previous = children.at(-1);
      if (child.type === 'text' && previous?.type === 'text') previous.text += child.literal;
      else children.push(tree(child));
    }
    return {
      type: node.type,
      text: node.literal ?? null,
      address: node.destination ?? null,
      title: node.title ?? null,
      info: node.info ?? null,
      rest: JSON.stringify([node.level ?? null, node.listType, node.listType === 'ordered' && node.listStart, node._listData?.delimiter, node._isFenced]),
      isTight: node.listTight,
      children,
    };
  };
  return tree(commonmarkReader.parse(withoutTabs(withoutNotes(text))));
}

// Whether the author's own marks of emphasis are some depends on what stands beside them (CommonMark 0.31.2, section 6.2), so
// that a text may decide it. Where the author wrote none there has to be none.
const hasMarks = text => /[*_~]/.test(text);

const withoutMarks = text => text.replace(/[*_~]/g, '');

// What is in emphasis stands in its parent. Where a text may have several paragraphs, so does what stands in one, and its
// lines are one.
function simplified(node, { lines, marks }) {
  const children = [];
  const add = child => {
    const last = children.at(-1);
    if ((lines && child.type === 'paragraph') || (marks && (child.type === 'emph' || child.type === 'strong'))) child.children.forEach(add);
    else if (lines && child.type === 'softbreak') add({ type: 'text', text: '\n', children: [] });
    else if (child.type === 'text' && last?.type === 'text') last.text += child.text;
    else children.push({ ...child });
  };
  node.children.map(child => simplified(child, { lines, marks })).forEach(add);
  const filled = children.filter(child => child.type !== 'text' || !lines || child.text.trim() !== '');
  return { ...node, children: filled, isTight: lines ? null : node.isTight };
}

function compareMarkdown(a, b, compare, place = '') {
  if (compare.spans) return; // each is a span or an element of HTML, as its text allows
  if (place === '') [a, b] = [simplified(a, compare), simplified(b, compare)];
  compare.same(a.type, b.type, `${place}: what stands there`);
  const here = `${place}/${a.type}`;
  compare.same(a.rest, b.rest, here);
  compare.same(a.isTight, b.isTight, `${here}: tight`);
  if (a.type.startsWith('html')) compareMarkup(fragment(a.text), fragment(b.text), compare, here);
  else if (a.text != null) compare.text(a.text, b.text ?? '', here);
  if (a.address != null) compare.address(a.address, b.address ?? '', here);
  if (a.title != null) compare.text(a.title, b.title ?? '', `${here}: the title`);
  if (a.info != null) compare.text(a.info, b.info ?? '', `${here}: the language`);
  const kinds = node => node.children.map(child => child.type).join(' ');
  compare.same(kinds(a), kinds(b), here);
  a.children.forEach((child, i) => compareMarkdown(child, b.children[i], compare, here));
}

// GitHub's Markdown, but for bare addresses, which are links to themselves there; and MDX, where braces and tags are code.

const gfm = [
  [gfmTable(), gfmTableFromMarkdown()],
  [gfmFootnote(), gfmFootnoteFromMarkdown()],
  [gfmStrikethrough(), gfmStrikethroughFromMarkdown()],
  [gfmTaskListItem(), gfmTaskListItemFromMarkdown()],
];
const mdx = [...gfm, [mdxjs(), mdxFromMarkdown()]];

const reader = extensions => text =>
  fromMarkdown(withoutFront(text), { extensions: extensions.map(([syntax]) => syntax), mdastExtensions: extensions.map(([, tree]) => tree) });

function readMdx(text) {
  try {
    return reader(mdx)(text);
  } catch {
    return null; // most Markdown is no MDX
  }
}

function compareMdx(a, b, compare) {
  if (a === null) return;
  compare.same(b === null, false, 'it is no MDX any more');
  compareSyntax(a, b, compare);
}

// The children of a node, with one text, which may be empty, before and behind each that is none.
function syntaxOf(node, { lines, marks }) {
  const list = [{ type: 'text', value: '' }];
  const add = child => {
    if (child.type === 'text') list.at(-1).value += child.value;
    else if ((lines && child.type === 'paragraph') || (marks && ['emphasis', 'strong', 'delete'].includes(child.type))) {
      if (child.type === 'paragraph') list.at(-1).value += '\n';
      child.children.forEach(add);
    } else list.push(child, { type: 'text', value: '' });
  };
  (node.children ?? []).forEach(add);
  return list;
}

function compareSyntax(a, b, compare, place = '') {
  if (compare.spans) return;
  compare.same(a.type, b.type, `${place}: what stands there`);
  const here = `${place}/${a.type}`;
  for (const [name, value] of Object.entries(a)) {
    if (['type', 'children', 'position', 'data', ...(compare.lines ? ['spread'] : [])].includes(name)) continue;
    if (name === 'url') compare.address(value, b.url, here);
    else if (typeof value === 'string' && a.type === 'html') compareMarkup(fragment(value), fragment(b.value), compare, here);
    else if (typeof value === 'string' && a.type.startsWith('mdx')) compare.same(value, b[name], `${here}: code`);
    else if (typeof value === 'string') compare.text(value, b[name] ?? '', `${here}: ${name}`);
    else if (name === 'attributes') compareAttributes(value, b.attributes, compare, here);
    else compare.same(JSON.stringify(value), JSON.stringify(b[name]), `${here}: ${name}`);
  }
  if (a.children === undefined) return;
  const [one, other] = [a, b].map(node => syntaxOf(node, compare));
  const kinds = list => list.filter(child => child.type !== 'text').map(child => child.type).join(' ');
  compare.same(kinds(one), kinds(other), here);
  one.forEach((child, i) => compareSyntax(child, other[i], compare, here));
}

function compareAttributes(a, b, compare, place) {
  const names = list => list.map(attribute => `${attribute.type} ${attribute.name}`).join(' ');
  compare.same(names(a), names(b), `${place}: the attributes`);
  a.forEach((attribute, i) => {
    if (typeof attribute.value === 'string') compare.text(attribute.value, b[i].value, `${place}[${attribute.name}]`);
    else compare.same(attribute.value?.value, b[i].value?.value, `${place}[${attribute.name}]`);
  });
}

// HTML

const fragment = text => parse5.parseFragment(text);

const addresses = new Set([
  'href', 'src', 'action', 'formaction', 'xlink:href', 'data', 'poster', 'cite', 'background', 'ping', 'manifest', 'longdesc', 'usemap', 'profile', 'codebase', 'classid', 'archive', 'icon', 'lowsrc', 'dynsrc',
]);

const isText = node => node.nodeName === '#text';

// The children of an element, with one text, which may be empty, before and behind each that is none.
function alternating(children) {
  const list = [{ nodeName: '#text', value: '' }];
  for (const child of children) {
    if (isText(child)) list.at(-1).value += child.value;
    else list.push(child, { nodeName: '#text', value: '' });
  }
  return list;
}

const childrenOf = node => (node.content ?? node).childNodes ?? [];

// The children of an element; those of paragraphs and of emphasis stand in their parent, where a text may decide that.
function flattened(node, { lines, marks }) {
  return childrenOf(node).flatMap(child => {
    const inside = () => flattened(child, { lines, marks });
    if (marks && ['em', 'strong', 's'].includes(child.nodeName)) return inside();
    if (lines && child.nodeName === 'p') return [{ nodeName: '#text', value: '\n' }, ...inside(), { nodeName: '#text', value: '\n' }];
    return [child];
  });
}

function compareMarkup(a, b, compare, place = '') {
  compare.same(a.nodeName, b.nodeName, `${place}: what stands there`);
  const here = `${place}/${a.nodeName}`;
  if (a.nodeName === '#text') return compare.text(a.value, b.value, here);
  if (a.nodeName === '#comment') return compare.text(a.data, b.data, here);
  compare.same(a.namespaceURI, b.namespaceURI, here);
  compare.same(`${a.name} ${a.publicId} ${a.systemId} ${a.mode}`, `${b.name} ${b.publicId} ${b.systemId} ${b.mode}`, here);
  const names = node => (node.attrs ?? []).map(attr => `${attr.prefix ?? ''}:${attr.name}`).join(' ');
  compare.same(names(a), names(b), `${here}: the attributes`);
  for (const [i, attr] of (a.attrs ?? []).entries()) compareAttribute(a, attr, b.attrs[i], compare, here);
  if (a.nodeName === 'script') return compareScriptElement(a, b, compare, here);
  const [one, other] = [a, b].map(node => alternating(flattened(node, compare)));
  if (a.nodeName === 'style') return compareStyle(one[0].value, other[0].value, compare, here);
  const kinds = list => list.filter(child => !isText(child)).map(child => child.nodeName).join(' ');
  compare.same(kinds(one), kinds(other), here);
  one.forEach((child, i) => compareMarkup(child, other[i], compare, here));
}

function compareAttribute(element, a, b, compare, place) {
  const here = `${place}[${a.name}]`;
  const name = a.prefix ? `${a.prefix}:${a.name}` : a.name;
  if (a.value === b.value) return;
  if (addresses.has(name)) compare.address(a.value, b.value, here);
  else if (name.startsWith('on')) compareProgram(a.value, b.value, compare, here);
  else if (name === 'style') compareStyle(a.value, b.value, compare, here);
  else if (name === 'srcdoc') compareMarkup(parse5.parse(a.value), parse5.parse(b.value), compare, here);
  else if (name === 'srcset' || name === 'imagesrcset') {
    const [one, other] = [a, b].map(attr => attr.value.split(','));
    compare.same(one.length, other.length, here);
    one.forEach((candidate, i) => compare.address(candidate.trim(), other[i].trim(), here));
  } else if (element.nodeName === 'meta' && name === 'content') {
    compare.text(a.value, b.value, here);
    if (element.attrs.some(attr => attr.name === 'http-equiv')) {
      const [one, other] = [a, b].map(attr => attr.value.replace(/^[\s\d.;,]*(url\s*=)?\s*/i, ''));
      compare.address(one, other, here);
    }
  } else compare.text(a.value, b.value, here);
}

function compareScriptElement(a, b, compare, place) {
  const type = (a.attrs.find(attr => attr.name === 'type')?.value ?? '').toLowerCase();
  const [one, other] = [a, b].map(node => node.childNodes.map(child => child.value).join(''));
  if (one === other) return;
  if (!type.includes('json')) return compareProgram(one, other, compare, place);
  const read = text => {
    try {
      return JSON.parse(text);
    } catch {
      return undefined;
    }
  };
  compareData(read(one), read(other), compare, place);
}

function compareData(a, b, compare, place) {
  compare.same(typeof a, typeof b, place);
  if (typeof a === 'string') return compare.text(a, b, place);
  if (a === null || typeof a !== 'object') return compare.same(a, b, place);
  compare.same(Array.isArray(a), Array.isArray(b), place);
  const [one, other] = [Object.entries(a), Object.entries(b ?? {})];
  compare.same(one.length, other.length, place);
  one.forEach(([name, value], i) => {
    compare.text(name, other[i][0], place);
    compareData(value, other[i][1], compare, place);
  });
}

// The tokens of a style sheet (CSS Syntax 3, section 4), as far as they tell what is inside a string, a comment or a URL.
const cssToken = /\/\*[^]*?(?:\*\/|$)|"(?:\\[^]|[^"\\\n])*(?:"|$|(?=\n))|'(?:\\[^]|[^'\\\n])*(?:'|$|(?=\n))|url\(\s*[^"'\s)][^)]*\)?|<!--|-->|(?:\\[^\n]|[\w\u0080-\uffff-])+|\s+|[^]/gi;

// A text of several words, numbers and colours, which the value of a property may consist of.
const severalWords = /^ *(?:#?[\w.+-]+%?[ ,]+)*(?:#?[\w.+-]+%?)? *$/;

function compareStyle(a, b, compare, place) {
  if (a === b) return;
  const kind = token => (/^\s/.test(token) ? ' ' : /^\/\*/.test(token) ? '/*' : /^["']/.test(token) ? `"${token.length > 1 && token.endsWith(token[0])}` : /^url\(/i.test(token) ? 'url' : /^[\w\\\u0080-\uffff-]/.test(token) ? 'word' : token);
  const inWords = word => (severalWords.test(compare.values[word]) ? compare.values[word].replace(/[\w-]+/g, word) : word);
  const [one, other] = [a.replace(eachWord, inWords), b].map(text => text.match(cssToken) ?? []);
  compare.same(one.map(kind).join(''), other.map(kind).join(''), `${place}: the tokens of the style`);
  one.forEach((token, i) => {
    if (/^\/\*|^["']/.test(token)) compare.text(token, other[i], place);
    else if (/^url\(/i.test(token)) compare.address(token.slice(4), other[i].slice(4), place);
    else compare.name(token, other[i], place);
  });
}

// TypeScript and JavaScript

const readProgram = (text, name = 'x.ts') => ts.createSourceFile(name, text, ts.ScriptTarget.ESNext, false);

const context = vm.createContext(Object.create(null));

function compareProgram(a, b, compare, place) {
  if (a !== b) compareSources(readProgram(a, 'x.js'), readProgram(b, 'x.js'), compare, place);
}

function compareSources(a, b, compare, place = '') {
  const isBroken = a.parseDiagnostics.length > 0;
  compare.same(isBroken, b.parseDiagnostics.length > 0, `${place}: it is no program: ${b.parseDiagnostics[0]?.messageText}`);
  for (const list of ['referencedFiles', 'typeReferenceDirectives', 'libReferenceDirectives', 'amdDependencies']) {
    compare.same(a[list]?.length, b[list]?.length, `${place}: ${list}`);
  }
  if (isBroken) compareTokens(tokensOf(a.text), tokensOf(b.text), compare, place);
  else compareNodes(a, b, b, compare, place);
}

// The tokens of what is no program, as far as they can be told without its grammar.
function tokensOf(text) {
  const plain = text.replace(/\["__proto__"\](?=\s*[?!]?:)/g, '"__proto__"'); // a key that is computed, so that it sets no prototype
  const scanner = ts.createScanner(ts.ScriptTarget.ESNext, true, ts.LanguageVariant.Standard, plain);
  const tokens = [];
  const { FirstKeyword, LastKeyword, Identifier, StringLiteral, EndOfFileToken } = ts.SyntaxKind;
  while (scanner.scan() !== EndOfFileToken) {
    const kind = scanner.getToken();
    const mayBeKey = kind === Identifier || kind === StringLiteral || (FirstKeyword <= kind && kind <= LastKeyword);
    tokens.push({ kind: ts.SyntaxKind[kind], text: scanner.getTokenText(), mayBeKey });
  }
  return tokens;
}

function compareTokens(a, b, compare, place) {
  if (a.some(token => /Slash|Template/.test(token.kind))) return; // what a slash begins only the grammar tells
  // A key that is a name where it can be one is in quotes elsewhere.
  const kinds = (list, i) => (aWord.test(a[i]?.text) && list[i].mayBeKey ? 'key' : list[i].kind);
  compare.same(a.map((_, i) => kinds(a, i)).join(' '), b.map((_, i) => kinds(b, i)).join(' '), `${place}: the tokens`);
  a.forEach((token, i) => aWord.test(token.text) || compare.text(token.text, b[i].text, `${place}: a token`));
}

const hasKey = node =>
  ts.isPropertyAssignment(node) || ts.isPropertySignature(node) || ts.isPropertyDeclaration(node) || ts.isEnumMember(node) || ts.isMethodDeclaration(node) || ts.isMethodSignature(node) || ts.isAccessor(node);

// The text of a key, or nothing where it is computed from more than a text.
function keyOf(node) {
  if (node && ts.isComputedPropertyName(node)) return ts.isStringLiteral(node.expression) ? node.expression.text : undefined;
  return node?.text;
}

function compareNodes(a, b, inB, compare, place) {
  const kind = node => ts.SyntaxKind[node.kind];
  compare.same(kind(a), kind(b), `${place}: what stands there`);
  const here = `${place}/${kind(a)}`;
  if (ts.isIdentifier(a) || ts.isPrivateIdentifier(a)) compare.name(a.text, b.text, here);
  else if (ts.isStringLiteral(a) || ts.isNoSubstitutionTemplateLiteral(a) || ts.isTemplateHead(a) || ts.isTemplateMiddle(a) || ts.isTemplateTail(a)) {
    compare.literal(a.text, b.text, here);
    if (ts.isStringLiteral(b)) compare.same(evaluated(b.getText(inB)), b.text, `${here}: what node makes of it`);
  } else if (ts.isNumericLiteral(a) || ts.isBigIntLiteral(a) || ts.isRegularExpressionLiteral(a) || ts.isJsxText(a)) compare.text(a.text, b.text, here);
  const children = node => {
    const list = [];
    ts.forEachChild(node, child => void list.push(child));
    return list;
  };
  let [one, other] = [children(a), children(b)];
  if (hasKey(a) && keyOf(a.name) !== undefined && keyOf(b.name) !== undefined) {
    compare.literal(keyOf(a.name), keyOf(b.name), `${here}: the key`);
    if (ts.isPropertyAssignment(a) && a.name.text !== b.name.text) compare.same(b.name.text === '__proto__', false, `${here}: a key that sets the prototype`);
    [one, other] = [one.filter(child => child !== a.name), other.filter(child => child !== b.name)];
  }
  compare.same(one.map(kind).join(' '), other.map(kind).join(' '), here);
  one.forEach((child, i) => compareNodes(child, other[i], inB, compare, here));
}

function evaluated(literal) {
  try {
    return vm.runInContext(literal, context);
  } catch (error) {
    return `${error}`;
  }
}

const readers = {
  Markdown: [
    ['commonmark', commonmarkTree, compareMarkdown],
    ['commonmark as HTML', text => fragment(commonmarkWriter.render(commonmarkReader.parse(withoutTabs(withoutNotes(text))))), compareMarkup],
    ["GitHub's Markdown", reader(gfm), compareSyntax],
    ['MDX', readMdx, compareMdx],
    ['markdown-it as HTML', text => fragment(tables.render(withoutNotes(text))), compareMarkup],
  ],
  HTML: [['parse5', text => parse5.parse(text), compareMarkup]],
  TypeScript: [['typescript', text => readProgram(text), compareSources]],
};

function judge(request) {
  const verdicts = [];
  for (const [name, read, compare] of readers[request.language]) {
    const a = read(request.a);
    request.b.forEach((other, b) => {
      try {
        compare(a, read(other.text), new Comparison(other, request));
      } catch (error) {
        if (!(error instanceof Difference)) throw error;
        verdicts.push({ b, reader: name, why: error.message });
      }
    });
  }
  return { id: request.id, readers: readers[request.language].map(([name]) => name), verdicts };
}

for await (const line of readline.createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  process.stdout.write(`${JSON.stringify(judge(JSON.parse(line)))}\n`);
}
