// JSON without loss of digits: parse turns a number that JavaScript would round into a marked string, stringify turns it back.

const MARK = '\ue000';

export function parse(text) {
  return JSON.parse(text.replaceAll(/"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g, token => (token[0] === '"' || isExact(token) ? token : `"${MARK}${token}"`)));
}

export function stringify(value) {
  return JSON.stringify(value).replaceAll(new RegExp(`"${MARK}([^"]*)"`, 'g'), '$1');
}

// Returns a key as a path segment.
export function keyText(value) {
  return encodeURIComponent(String(value).replace(MARK, ''));
}

const isExact = digits => JSON.stringify(Number(digits)) === digits;
