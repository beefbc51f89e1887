/** HTTPS to an API server, with nothing in between that could be lenient. */

import type { IncomingMessage } from 'node:http';
import { Agent, type RequestOptions, request } from 'node:https';
import type { Json } from './json.ts';
import type { Call, Query, Target, WatchEvent } from './transcript.ts';

/** A call is answered within this, and a watch gives its headers; else the play stops with an error. */
const ANSWER_LIMIT_MS = 20_000;

const UNKNOWN_TOKEN = 'nobody-has-this-token';

export interface Reply {
  readonly status: number;
  readonly warnings: readonly string[];
  readonly body: Json;
}

export class NoAnswer extends Error {
  constructor(what: string, cause: unknown) {
    super(`${what}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    this.name = 'NoAnswer';
  }
}

export class Wire {
  readonly #target: Target;
  readonly #agent: Agent;

  constructor(target: Target) {
    this.#target = target;
    this.#agent = new Agent({
      ca: target.caPem,
      cert: target.clientCertificatePem,
      key: target.clientKeyPem,
      keepAlive: true,
    });
  }

  async call(call: Call): Promise<Reply> {
    const what = `${call.method} ${call.path}`;
    try {
      const response = await this.#send(call, AbortSignal.timeout(ANSWER_LIMIT_MS));
      return await readReply(response);
    } catch (error) {
      throw new NoAnswer(what, error);
    }
  }

  /** Resolves when the response headers are there. */
  async watch(path: string, query: Query, accept: string | undefined): Promise<WatchStream | Reply> {
    const closing = new AbortController();
    const timer = setTimeout(
      () => closing.abort(new Error(`no headers within ${ANSWER_LIMIT_MS} ms`)),
      ANSWER_LIMIT_MS,
    );
    try {
      const call: Call = { method: 'GET', path, query, ...(accept === undefined ? {} : { accept }) };
      const response = await this.#send(call, closing.signal);
      return response.statusCode === 200 ? new WatchStream(response, closing) : await readReply(response);
    } catch (error) {
      throw new NoAnswer(`watch ${path}`, error);
    } finally {
      clearTimeout(timer);
    }
  }

  close(): void {
    this.#agent.destroy();
  }

  #send(call: Call, signal: AbortSignal): Promise<IncomingMessage> {
    const url = new URL(call.path, this.#target.url);
    for (const [key, value] of Object.entries(call.query ?? {})) url.searchParams.set(key, value);
    const body = call.body === undefined ? undefined : JSON.stringify(call.body);
    const options: RequestOptions = {
      method: call.method,
      agent: this.#agent,
      signal,
      headers: {
        accept: call.accept ?? 'application/json',
        'user-agent': 'jiyun-transcript',
        ...authorization(call, this.#target),
        ...(call.as === undefined ? {} : { 'impersonate-user': call.as }),
        ...(body === undefined
          ? {}
          : {
              'content-type': call.contentType ?? 'application/json',
              'content-length': Buffer.byteLength(body),
            }),
      },
    };
    return new Promise((resolve, reject) => {
      const sent = request(url, options, resolve);
      sent.on('error', reject);
      sent.end(body);
    });
  }
}

/** The events of one watch, in order. */
export class WatchStream {
  readonly #closing: AbortController;
  readonly #lines: AsyncIterator<string>;
  #pending: Promise<IteratorResult<string>> | undefined;

  constructor(response: IncomingMessage, closing: AbortController) {
    this.#closing = closing;
    this.#lines = lines(response);
  }

  /** The next event; "silent" when none came within the limit, "ended" when the server ended. */
  async next(limitMs: number): Promise<WatchEvent | 'silent' | 'ended'> {
    this.#pending ??= this.#lines.next();
    let timer: NodeJS.Timeout | undefined;
    const silence = new Promise<'silent'>((resolve) => {
      timer = setTimeout(() => resolve('silent'), limitMs);
    });
    const next = await Promise.race([this.#pending, silence]);
    clearTimeout(timer);
    if (next === 'silent') return 'silent';
    this.#pending = undefined;
    return next.done === true ? 'ended' : (JSON.parse(next.value) as WatchEvent);
  }

  close(): void {
    // The read that is under way ends with this abort: it is our own doing and no fault.
    this.#pending?.catch(() => undefined);
    this.#closing.abort();
  }
}

async function* lines(response: IncomingMessage): AsyncGenerator<string> {
  response.setEncoding('utf8');
  let rest = '';
  for await (const chunk of response) {
    rest += chunk as string;
    for (let end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n')) {
      const line = rest.slice(0, end);
      rest = rest.slice(end + 1);
      if (line !== '') yield line;
    }
  }
  if (rest !== '') yield rest;
}

async function readReply(response: IncomingMessage): Promise<Reply> {
  response.setEncoding('utf8');
  let text = '';
  for await (const chunk of response) text += chunk as string;
  return {
    status: response.statusCode ?? 0,
    warnings: warningsOf(response.rawHeaders),
    body: parsed(text),
  };
}

/** A body that is no JSON (a real server says some things in plain text) is compared as its text. */
function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

/** The texts of `Warning: 299 - "text"`; rawHeaders, because node joins repeated headers. */
function warningsOf(rawHeaders: readonly string[]): string[] {
  return rawHeaders.flatMap((name, index) => {
    if (index % 2 !== 0 || name.toLowerCase() !== 'warning') return [];
    const value = rawHeaders[index + 1] ?? '';
    const quoted = /^299 - "(.*)"$/.exec(value)?.[1];
    return [quoted === undefined ? value : quoted.replace(/\\(.)/g, '$1')];
  });
}

function authorization(call: Call, target: Target): { authorization?: string } {
  if (call.credentials === 'none') return {};
  if (target.token === '' && call.credentials === undefined) return {};
  const token = call.credentials === 'unknown-token' ? UNKNOWN_TOKEN : target.token;
  return { authorization: `Bearer ${token}` };
}
