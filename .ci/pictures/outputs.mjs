// Draws outputs.png: a definition, and beside it the outputs with one of its fields marked in each.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FIELD } from './excerpts.mjs';

// The panels in the order of the page: a title, and what stands beside it if not the flag that generates the output.
const TITLES = { definition: ['Definition', 'book.yaml'], asyncapi: ['AsyncAPI'], openapi: ['OpenAPI'], cli: ['Command line'], streamlit: ['Web interface'] };

// Returns the page. form is a picture, as a data URL, with the top and the bottom of the field as fractions of its height; fonts
// are data URLs, too.
export function page(panels, form, fonts) {
  const faces = Object.entries(fonts).map(([name, url]) => `@font-face { font-family: '${name}'; font-weight: 200 900; src: url(${url}); }`);
  const style = `<style>${faces.join('\n')}${readFileSync(join(import.meta.dirname, 'outputs.css'), 'utf8')}</style>`;
  const sections = Object.entries(TITLES).map(([name, [title, source = `-t ${name}`]]) => {
    const content = name === 'streamlit' ? pictured(form) : `<pre>${panels[name].map(name === 'cli' ? typed : coloured).join('')}</pre>`;
    return `<section id="${name}"><h2>${title}<code>${source}</code></h2>${content}</section>`;
  });
  return `<!doctype html><meta charset="utf-8">${style}<main>${sections.join('')}<svg></svg></main>`;
}

const pictured = ({ url, top, bottom }) =>
  `<figure><div><img src="${url}"><p class="marked" style="top: ${100 * top}%; bottom: ${100 * (1 - bottom)}%"></p></div></figure>`;

const escaped = text => text.replace(/[&<>]/g, sign => `&#${sign.charCodeAt(0)};`);

const withField = text => text.replaceAll(new RegExp(`(--)?\\b${FIELD}\\b`, 'g'), '<i class="field">$&</i>');

const line = ({ isMarked, isFolded }, text) => `<span${isMarked ? ' class="marked"' : ''}>${isMarked ? withField(text) : text}${isFolded ? '<i class="fold"> ⋯</i>' : ''}</span>`;

// Returns a line of YAML as HTML.
function coloured(shown) {
  const [, before, key, rest] = shown.text.match(/^([\s-]*)(?:([^\s:]+)(?=:))?(.*)$/);
  const name = key === undefined ? '' : `<i class="key">${escaped(key)}</i>`;
  return line(shown, `<i class="sign">${before}</i>${name}${escaped(rest).replace(/[:{}]/g, '<i class="sign">$&</i>')}`);
}

// Returns a line of a terminal as HTML. Bold is all that the command line uses there.
function typed(shown) {
  const text = escaped(shown.text).replace(/\x1b\[1m(.*?)\x1b\[0m/g, '<b>$1</b>');
  return line(shown, text.replace(/^\$|\\$/g, '<i class="sign">$&</i>'));
}

// Draws lines from the field of the definition to that of each output. It runs in the page.
export function connect() {
  const frame = document.querySelector('main').getBoundingClientRect();
  const box = name => {
    const { left, right, top, bottom } = document.getElementById(name).getBoundingClientRect();
    return { left: left - frame.left, right: right - frame.left, top: top - frame.top, bottom: bottom - frame.top };
  };
  // Returns the middle of the first block of marked lines.
  const middle = name => {
    const marks = [...document.querySelectorAll(`#${name} .marked`)].map(mark => mark.getBoundingClientRect());
    const last = marks.find((mark, number) => number === marks.length - 1 || marks[number + 1].top - mark.bottom > 1);
    return (marks[0].top + last.bottom) / 2 - frame.top;
  };
  // All lines begin between the two rows, so that the one to the second column passes between the panels of the first.
  const gap = { x: (box('asyncapi').right + box('openapi').left) / 2, y: (box('asyncapi').bottom + box('cli').top) / 2 };
  document.getElementById('definition').style.marginTop = `${gap.y - middle('definition')}px`;
  const start = box('definition').right;
  const dot = (x, y) => `<circle cx="${x}" cy="${y}" r="4.5"/>`;
  const draw = (name, turn) => {
    const [x, y, radius] = [box(name).left, middle(name), 8];
    const down = Math.sign(y - gap.y) * radius;
    const path = `M${start} ${gap.y} H${turn - radius} q${radius} 0 ${radius} ${down} V${y - down} q0 ${down} ${radius} ${down} H${x}`;
    return `<path d="${path}"/>${dot(x, y)}`;
  };
  const near = (start + box('asyncapi').left) / 2;
  const lines = [draw('asyncapi', near), draw('cli', near), draw('openapi', gap.x), draw('streamlit', gap.x)];
  document.querySelector('svg').innerHTML = lines.join('') + dot(start, gap.y);
}

// Returns the lines that do not fit into their panels. It runs in the page.
export function cutOff() {
  return [...document.querySelectorAll('pre span')].filter(line => line.scrollWidth > line.clientWidth).map(line => line.innerText);
}
