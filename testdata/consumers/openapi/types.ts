// What the types of the definitions in ../types take and refuse. A line that is to be refused says so, so that the compiler
// reports one that is taken.
import type { components } from './document';

type Schemas = components['schemas'];
type Record = Schemas['Record'];

export const closed: Record['closed'] = { name: 'x' };
// @ts-expect-error A closed object has nothing that is not named.
export const notClosed: Record['closed'] = { name: 'x', other: 1 };
export const sealed: Record['sealed'] = { at: 1, code: 'x' };
// @ts-expect-error An object that is closed over its parts has nothing that they do not name.
export const notSealed: Record['sealed'] = { other: 1 };
export const free: Record['free'] = { anything: 1, goes: ['x'] };
export const anything: Record['anything'] = 1;

export const failures: Record['failure'][] = [null, { code: 'x' }, undefined];
// @ts-expect-error A reference that may be null is not anything else.
export const noFailure: Record['failure'] = 1;
export const causes: Record['cause'][] = [null, { code: 'x' }];
// @ts-expect-error The same.
export const noCause: Record['cause'] = 'x';

export const contact: Record['contact'] = { mail: 'x' };
// @ts-expect-error Which members come together says nothing of others.
export const noContact: Record['contact'] = { mail: 1 };

export const assets: Record['asset'][] = [{ label: 'x', map: true }, { label: 'x', theme: 'y' }];
// @ts-expect-error The base of a union is a part of each of its kinds.
export const noBase: Record['asset'] = { map: true };
// @ts-expect-error One of the kinds is needed.
export const noKind: Record['asset'] = { label: 'x' };

export function told(payment: NonNullable<Record['payment']>): string {
  return payment.method === 'card' ? payment.number : payment.iban;
}
// @ts-expect-error Each kind has its own members.
export const noIban: Record['payment'] = { method: 'iban', number: '1' };

export const widget: Schemas['Widget'] = { widget_id: 'x', sides: 3 };
// @ts-expect-error The key is there.
export const noKey: Schemas['Widget'] = { sides: 3 };
export const create: Schemas['CreateWidget'] = { sides: 3 };
