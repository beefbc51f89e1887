/**
 * Placeholders stand for what a server makes up. Alone, "<rv>" asks for the shape only; with a name,
 * "<rv:web.1>", it is bound to the first value it meets and must meet the same value ever after, in
 * answers and in later requests. They may stand inside a longer text.
 *
 *   <run>            the play's own random text, in every name: bound before the first step
 *   <uid:web>        uid of object web; two names never share a value
 *   <rv:web.2>       second resourceVersion of object web; two names never share a value, and the
 *                    revisions of one object grow with their number
 *   <at:1>           resourceVersion of a list: not below any object's resourceVersion bound before it
 *   <bookmark:1>     resourceVersion of a bookmark
 *   <time:web>       creationTimestamp of web;  <time> any other time stamp, to the second, UTC
 *   <token:1>        continue token
 *   <age>            age in a table ("5s", "2m10s")
 *   <any>            anything that is there; inside a text, any text
 */
import type { Json } from './json.ts';

const shapes: Readonly<Record<string, string>> = {
  run: '[a-z0-9]+',
  uid: '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}',
  rv: '[1-9][0-9]*',
  at: '[1-9][0-9]*',
  bookmark: '[1-9][0-9]*',
  time: '[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z',
  token: '[A-Za-z0-9+/_=.-]+',
  age: '(?:[0-9]+[smhdy])+',
  any: '[^]*',
};

const placeholder = /<(run|any|uid|rv|at|bookmark|time|token|age)(?::([A-Za-z0-9./-]+))?>/g;

export class UnboundPlaceholder extends Error {
  readonly placeholder: string;

  constructor(placeholder: string) {
    super(`${placeholder} is used in a request before any answer has bound it`);
    this.name = 'UnboundPlaceholder';
    this.placeholder = placeholder;
  }
}

export class Bindings {
  readonly #values = new Map<string, string>();

  constructor(run: string) {
    this.#values.set('<run>', run);
  }

  /** The text for a request: every placeholder must be bound. */
  fill(text: string): string {
    return text.replace(placeholder, (whole) => {
      const value = this.#values.get(whole);
      if (value === undefined) throw new UnboundPlaceholder(whole);
      return value;
    });
  }

  fillJson(value: Json): Json {
    if (typeof value === 'string') return this.fill(value);
    if (Array.isArray(value)) return value.map((each) => this.fillJson(each));
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(
        Object.entries(value).map(([key, each]) => [this.fill(key), this.fillJson(each as Json)]),
      );
    }
    return value;
  }

  /** The text with the placeholders that are bound replaced: for reading a difference. */
  show(text: string): string {
    return text.replace(placeholder, (whole) => this.#values.get(whole) ?? whole);
  }

  /** Whether the text that came is the expected one; if so, its new values are bound. */
  match(expected: string, got: string): boolean {
    const groups: string[] = [];
    let pattern = '';
    let end = 0;
    for (const found of expected.matchAll(placeholder)) {
      const [whole, kind = ''] = found;
      pattern += literally(expected.slice(end, found.index));
      const known = this.#values.get(whole);
      pattern += known === undefined ? `(${shapes[kind]})` : literally(known);
      if (known === undefined) groups.push(whole);
      end = found.index + whole.length;
    }
    pattern += literally(expected.slice(end));

    const match = new RegExp(`^${pattern}$`).exec(got);
    if (match === null) return false;
    const fresh = new Map<string, string>();
    for (const [index, whole] of groups.entries()) {
      const value = match[index + 1] ?? '';
      if (!whole.includes(':')) continue;
      if ((fresh.get(whole) ?? value) !== value) return false;
      if (!this.#mayBind(whole, value)) return false;
      fresh.set(whole, value);
    }
    for (const [whole, value] of fresh) this.#values.set(whole, value);
    return true;
  }

  #mayBind(whole: string, value: string): boolean {
    if (whole.startsWith('<uid:')) return !this.#taken('<uid:', value);
    if (whole.startsWith('<rv:')) return !this.#taken('<rv:', value) && this.#inOrder(whole, value);
    if (whole.startsWith('<at:')) {
      return [...this.#values].every(([name, bound]) => !name.startsWith('<rv:') || BigInt(bound) <= BigInt(value));
    }
    return true;
  }

  #taken(prefix: string, value: string): boolean {
    return [...this.#values].some(([name, bound]) => name.startsWith(prefix) && bound === value);
  }

  #inOrder(whole: string, value: string): boolean {
    const revision = revisionOf(whole);
    if (revision === undefined) return true;
    for (const [name, bound] of this.#values) {
      const other = revisionOf(name);
      if (other?.object !== revision.object) continue;
      if (other.number < revision.number !== BigInt(bound) < BigInt(value)) return false;
    }
    return true;
  }
}

function revisionOf(whole: string): { object: string; number: number } | undefined {
  const [, object, number] = /^<rv:(.+)\.([0-9]+)>$/.exec(whole) ?? [];
  return object === undefined ? undefined : { object, number: Number(number) };
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
