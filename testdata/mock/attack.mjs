// Everything that a page can try on a server of another origin. The report contains what the page learned from each
// attempt, or "nothing". Pages that may use the server run the same attempts.

const LATE = 10_000; // ms after which a page gives up
const JSON_TYPE = { 'Content-Type': 'application/json' };

export async function run({ base }) {
  const report = {};
  for (const [name, attempt] of Object.entries(attempts)) {
    const late = new Promise(done => setTimeout(() => done('nothing'), LATE));
    report[name] = await Promise.race([attempt(base).catch(() => 'nothing'), late]);
  }
  return report;
}

const attempts = {
  read: async base => `${(await (await ask(`${base}/books`)).json()).length} books`,
  readWithCredentials: async base => `${(await (await ask(`${base}/books`, { credentials: 'include' })).json()).length} books`,
  readHeaders: async base => `ETag ${(await ask(`${base}/books`)).headers.get('ETag')}`,
  readBlindly: async base => (await ask(`${base}/books`, { mode: 'no-cors' })).text(),
  readProblem: async base => `${(await (await fetch(`${base}/books/none`)).json()).status}`,
  readAsScript: base => loaded(document.body, 'script', { src: `${base}/books` }),
  readAsStyle: base => loaded(document.head, 'link', { rel: 'stylesheet', href: `${base}/books` }),
  create: async base => (await ask(`${base}/books`, { method: 'POST', headers: JSON_TYPE, body: '{"title":"by create"}' })).headers.get('Location'),
  createAsText: async base => (await ask(`${base}/books`, { method: 'POST', body: '{"title":"by text"}' })).text(),
  createBlindly: async base => (await ask(`${base}/books`, { method: 'POST', mode: 'no-cors', headers: JSON_TYPE, body: '{"title":"blindly"}' })).text(),
  createByBeacon: async base => {
    navigator.sendBeacon(`${base}/books`, new Blob(['{"title":"by beacon"}'], { type: 'text/plain' }));
    return 'nothing';
  },
  createByForm: base => submit(`${base}/books`),
  replace: async base => `${(await ask(`${base}/books/1`, { method: 'PUT', headers: JSON_TYPE, body: '{"title":"by replace"}' })).status}`,
  change: async base => `${(await ask(`${base}/books/1`, { method: 'PATCH', headers: { 'Content-Type': 'application/merge-patch+json' }, body: '{"title":"by change"}' })).status}`,
  remove: async base => `${(await ask(`${base}/books/2`, { method: 'DELETE' })).status}`,
  listen: async base => `${JSON.parse(await messages(base).next()).length} books`,
  publish: async base => {
    const { socket, next } = messages(base);
    await next();
    socket.send('{"title":"by message"}');
    return JSON.parse(await next()).at(-1).title;
  },
  publishBlindly: async base => {
    const { socket } = messages(base);
    await new Promise((done, fail) => Object.assign(socket, { onopen: done, onerror: fail }));
    socket.send('{"title":"by blind message"}');
    await new Promise(done => setTimeout(done, 500));
    return 'a connection';
  },
  stream: base => new Promise((done, fail) => {
    const source = new EventSource(`${base}/books`);
    source.onmessage = ({ data }) => done(`${JSON.parse(data).length} books`);
    source.onerror = fail;
  }),
  readDocument: async base => `OpenAPI ${(await (await ask(`${base}/openapi.json`)).json()).openapi}`,
  takeState: async base => (await ask(`${base}/_mock/state`)).text(),
  takeStateBlindly: async base => (await ask(`${base}/_mock/state`, { mode: 'no-cors' })).text(),
  putState: async base => `${(await ask(`${base}/_mock/state`, { method: 'PUT', body: '{}' })).status}`,
  deleteState: async base => `${(await ask(`${base}/_mock/state`, { method: 'DELETE' })).status}`,
  seeRequests: async base => (await ask(`${base}/_mock/requests`)).text(),
  cutSockets: async base => `${(await ask(`${base}/_mock/sockets`, { method: 'DELETE' })).status}`,
  controlByForm: base => submit(`${base}/_mock/state`),
  frame: base => new Promise(done => {
    const frame = Object.assign(document.createElement('iframe'), { src: `${base}/_mock/console/` });
    frame.onload = () => done(frame.contentDocument?.getElementById('log') ? 'a page' : 'nothing');
    document.body.append(frame);
  }),
};

async function ask(url, options) {
  const answer = await fetch(url, options);
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  return answer;
}

function messages(base) {
  const socket = new WebSocket(`${base.replace(/^http/, 'ws')}/books`);
  const next = () => new Promise((done, fail) => {
    socket.onmessage = ({ data }) => done(data);
    socket.onerror = fail;
  });
  return { socket, next };
}

// Submits a form as text/plain, whose name=value is almost JSON.
async function submit(action) {
  document.body.append(Object.assign(document.createElement('iframe'), { name: 'answer' }));
  const form = Object.assign(document.createElement('form'), { method: 'POST', enctype: 'text/plain', action, target: 'answer' });
  form.append(Object.assign(document.createElement('input'), { name: '{"title":"by form","x":"', value: '"}' }));
  document.body.append(form);
  form.submit();
  await new Promise(done => setTimeout(done, 500));
  return 'nothing';
}

// Loads a subresource, of which a page learns only whether it loaded.
function loaded(parent, kind, properties) {
  return new Promise((done, fail) => {
    const element = Object.assign(document.createElement(kind), properties);
    element.onload = () => done('something');
    element.onerror = fail;
    parent.append(element);
  });
}
