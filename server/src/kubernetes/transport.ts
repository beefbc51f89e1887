import type { Dispatcher } from 'undici';
import { ClusterFailure } from '../provisioning/domain/cluster-failure.js';
import { boundedText } from './bounded-text.js';
import type { Credentials } from './credentials.js';
import { refusalOf, unreachable } from './kube-errors.js';

export interface Call {
  readonly method: 'GET' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: { readonly contentType: string; readonly json: unknown };
  /** As a person would name the call; it begins the message of its failure. */
  readonly what: string;
  readonly deadlineMs?: number;
  /** Whoever asked no longer waits. */
  readonly signal?: AbortSignal;
  /** How long the answer may be; left out, an API server is believed. */
  readonly bytesMax?: number;
}

/** Everything that goes over the wire to one cluster. Both methods throw ClusterFailure and nothing else. */
export interface Transport {
  /** The parsed answer of a success. */
  call(call: Call): Promise<unknown>;
  /** The parsed lines of a stream that stays open; ends when the server ends it, throws when the line breaks. */
  stream(call: Call, signal: AbortSignal): Promise<AsyncIterable<unknown>>;
  close(): Promise<void>;
  /** Until when the server's certificate holds; left out or null = it has shown none. */
  readonly certificateUntil?: Date | null;
}

const UNAUTHORIZED = 401;
/** An API server under load still answers within a second or two; what takes longer is repeated with more luck. */
export const DEADLINE_MS = 15_000;

export class HttpTransport implements Transport {
  constructor(
    private readonly credentials: Credentials,
    private readonly now: () => Date = () => new Date(),
  ) {}

  get certificateUntil(): Date | null {
    return this.credentials.certificateUntil;
  }

  async call(call: Call): Promise<unknown> {
    const { response, text } = await within(call, (signal) => this.answerTo(call, signal));
    const body = parsed(text);
    if (response.statusCode < 300 && body !== undefined) return body;
    // A success that is no JSON was not said by an API server.
    if (response.statusCode < 300) throw unreachable(call.what, 'the answer is no JSON');
    throw this.refusal(call, response, body ?? text);
  }

  async stream(call: Call, signal: AbortSignal): Promise<AsyncIterable<unknown>> {
    const response = await this.send(call, 'watches', signal);
    if (response.statusCode < 300) return lines(call, response.body);
    const text = await response.body.text().catch(() => '');
    throw this.refusal(call, response, parsed(text) ?? text);
  }

  async close(): Promise<void> {
    await this.credentials.close();
  }

  private async answerTo(call: Call, signal: AbortSignal) {
    const response = await this.send(call, 'calls', signal);
    const reading =
      call.bytesMax === undefined ? response.body.text() : boundedText(response.body, call.bytesMax, call.what);
    const text = await reading.catch((error) => {
      throw error instanceof ClusterFailure ? error : unreachable(call.what, error);
    });
    return { response, text };
  }

  private async send(call: Call, use: 'calls' | 'watches', signal: AbortSignal): Promise<Dispatcher.ResponseData> {
    try {
      const passage = await this.credentials.passage();
      return await passage[use].request({
        ...target(passage.origin, call),
        method: call.method,
        signal,
        headers: {
          ...passage.headers,
          accept: 'application/json',
          'user-agent': 'jiyun',
          ...(call.body === undefined ? {} : { 'content-type': call.body.contentType }),
        },
        ...(call.body === undefined ? {} : { body: JSON.stringify(call.body.json) }),
      });
    } catch (error) {
      this.credentials.refresh();
      throw unreachable(call.what, error);
    }
  }

  private refusal(call: Call, response: Dispatcher.ResponseData, body: unknown): Error {
    if (response.statusCode === UNAUTHORIZED) this.credentials.refresh();
    const retryAfter = response.headers['retry-after'];
    return refusalOf(
      call.what,
      { status: response.statusCode, body, retryAfter: Array.isArray(retryAfter) ? retryAfter[0] : retryAfter },
      this.now(),
    );
  }
}

/** By a timer that a test's clock can move, as all others of a call are. */
async function within<T>(
  { deadlineMs = DEADLINE_MS, signal }: Call,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(new Error(`no answer within ${deadlineMs} ms`)), deadlineMs);
  timer.unref();
  try {
    return await work(signal === undefined ? late.signal : AbortSignal.any([late.signal, signal]));
  } finally {
    clearTimeout(timer);
  }
}

/** A kubeconfig's server may have a path of its own (a proxy in front of several clusters). */
function target(server: string, call: Call): { origin: string; path: string } {
  const url = new URL(server);
  const query = call.query === undefined ? '' : `?${new URLSearchParams(call.query).toString()}`;
  return { origin: url.origin, path: `${url.pathname.replace(/\/$/, '')}${call.path}${query}` };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function* lines(call: Call, body: AsyncIterable<Buffer>): AsyncGenerator<unknown> {
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for await (const chunk of body) {
      const parts = (rest + decoder.decode(chunk, { stream: true })).split('\n');
      rest = parts.pop() as string;
      for (const part of parts) if (part.trim() !== '') yield JSON.parse(part);
    }
  } catch (error) {
    // Half a line, or a line that is no JSON: either way this stream cannot be trusted any further.
    throw unreachable(call.what, error);
  }
}
