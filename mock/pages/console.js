// Connects to a channel, shows the messages received, and sends messages.
'use strict';
const main = document.getElementById('main');
const connection = document.getElementById('connection');
const button = document.getElementById('connect');
const log = document.getElementById('log');
const list = log.firstElementChild;
const text = document.getElementById('text');
const refusal = document.getElementById('refusal');
const MAX_SHOWN = 500; // messages
let line; // the WebSocket or EventSource; undefined while disconnected

function path() {
  const steps = JSON.parse(main.dataset.segments).map(({ text, key }) => encodeURIComponent(key === undefined ? text ?? '' : connection.elements[key].value));
  const query = new URLSearchParams();
  for (const input of connection.querySelectorAll('[data-query]')) if (input.value !== '') query.append(input.name, input.value);
  return `${main.dataset.base}/${steps.join('/')}${query.size > 0 ? `?${query}` : ''}`;
}

function say(words, isConnected = false) {
  document.getElementById('status').textContent = words;
  button.textContent = isConnected ? 'Disconnect' : 'Connect';
  main.classList.toggle('connected', isConnected);
}

function connect() {
  const at = path();
  let isOpen = false;
  say('Connecting …', true);
  const opened = () => {
    isOpen = true;
    say(`Connected to ${decodeURI(at)}`, true);
  };
  if ('stream' in main.dataset) {
    line = new EventSource(at);
    line.onopen = opened;
    line.onmessage = ({ data }) => received(data);
    line.onerror = () => (isOpen ? say('Connection lost: reconnecting …', true) : refused(at));
    return;
  }
  line = new WebSocket(new URL(at, location.href.replace(/^http/, 'ws')));
  line.onopen = opened;
  line.onmessage = ({ data }) => received(data);
  line.onclose = ({ code, reason }) => {
    line = undefined;
    if (!isOpen) return refused(at);
    say(`Closed: ${code}${reason ? ` ${reason}` : ''}`);
  };
}

// Browsers do not say why a server refused a connection, so ask again with a plain request.
async function refused(at) {
  line?.close();
  line = undefined;
  say('Refused');
  const answer = await fetch(at, { headers: { Accept: 'application/json' } });
  const problem = answer.ok ? undefined : problemIn(await answer.json().catch(() => undefined));
  say(problem === undefined ? 'Refused' : `Refused: ${problem.status} ${problem.title}`);
  if (problem !== undefined) add('problem', `${problem.status} ${problem.title}`, problem, faultsOf(problem));
}

function disconnect() {
  line.onclose = undefined;
  line.close();
  line = undefined;
  say('Not connected');
}

// problemIn returns the problem in a message, which is either the message itself or the data of its event.
function problemIn(message) {
  const problem = /\.refused$/.test(message?.type) ? message.data : message;
  return typeof problem?.status === 'number' && typeof problem.title === 'string' && typeof problem.type === 'string' ? problem : undefined;
}

// faultsOf returns the faults of a problem as a list, each with its location.
function faultsOf(problem) {
  const faults = document.createElement('ul');
  for (const { pointer, parameter, detail = '' } of problem.errors ?? [{ detail: problem.detail }]) {
    const item = faults.appendChild(document.createElement('li'));
    const place = pointer ?? parameter;
    if (place !== undefined) item.appendChild(document.createElement('code')).textContent = place === '' ? '(the whole message)' : place;
    item.append(` ${detail}`);
  }
  return faults;
}

function received(data) {
  let message;
  try {
    message = JSON.parse(data);
  } catch {
    add('received', 'Text', data);
    return;
  }
  const problem = problemIn(message);
  if (problem === undefined) return add('received', titleOf(message), message);
  add('problem', `${problem.status} ${problem.title}`, message, faultsOf(problem));
  if (refusal === null) return;
  refusal.replaceChildren(problem.title, faultsOf(problem));
  text.setAttribute('aria-invalid', 'true');
}

function titleOf(message) {
  if (Array.isArray(message)) return message.length === 1 ? '1 record' : `${message.length} records`;
  if (message?.specversion !== undefined) return [message.type, message.subject].filter(word => word !== undefined).join(' ');
  return message === null ? 'Gone' : 'State';
}

// add adds a message to the log: one line, which expands to its full content.
function add(kind, title, message, faults) {
  const isAtEnd = log.scrollTop + log.clientHeight >= log.scrollHeight - 8;
  const item = document.createElement('li');
  item.className = kind;
  const details = item.appendChild(document.createElement('details'));
  details.open = kind === 'problem';
  const summary = details.appendChild(document.createElement('summary'));
  summary.appendChild(document.createElement('time')).textContent = new Date().toLocaleTimeString();
  summary.append(' ');
  summary.appendChild(document.createElement('span')).textContent = { received: 'received', sent: 'sent', problem: 'refused' }[kind];
  summary.append(` ${title}`);
  if (faults !== undefined) details.append(faults);
  details.appendChild(document.createElement('pre')).textContent = typeof message === 'string' ? message : JSON.stringify(message, null, 2);
  list.append(item);
  while (list.children.length > MAX_SHOWN) list.firstElementChild.remove();
  if (isAtEnd) log.scrollTop = log.scrollHeight;
}

function send() {
  refusal.replaceChildren();
  text.removeAttribute('aria-invalid');
  if (line === undefined || line.readyState !== WebSocket.OPEN) {
    refusal.textContent = 'Connect first.';
    return;
  }
  line.send(text.value);
  add('sent', '', text.value);
}

connection.addEventListener('submit', event => {
  event.preventDefault();
  if (line === undefined) connect();
  else disconnect();
});
document.getElementById('clear').addEventListener('click', () => list.replaceChildren());
document.getElementById('message')?.addEventListener('change', event => {
  text.value = event.target.value;
});
document.getElementById('publication')?.addEventListener('submit', event => {
  event.preventDefault();
  send();
});
text?.addEventListener('keydown', event => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send();
});
