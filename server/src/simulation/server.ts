/** HTTPS in front of the API: reads requests, writes answers, keeps watches, and plays faults. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { Access } from './api/access.js';
import type { Api, Outcome } from './api/api.js';
import { answerFaults, FAULTS_PATH } from './api/faults-path.js';
import { answerMetrics } from './api/metrics-path.js';
import { answerPodMetrics } from './api/pod-metrics-path.js';
import { type ApiAnswer, type ApiRequest, resourcePath, type Verb, verbOf } from './api/request.js';
import { ApiError, internal, tooLarge } from './api/status.js';
import { Watch, type WatchOrder, type WatchSink } from './api/watch.js';
import type { SimulationClock } from './clock.js';
import { type Fault, Faults } from './faults.js';
import { listAt } from './json.js';
import type { Store } from './store/store.js';
import type { Identity } from './tls/certificate.js';

/** A real server's limit of a request's body. */
const BODY_LIMIT = 3 * 1024 * 1024;
/** What may wait on the line of one watch before it is given up. */
const WATCH_BACKLOG_LIMIT = 16 * 1024 * 1024;
const RETRY_AFTER_SECONDS = 1;
const DEFAULT_FAULT_MS = 1_000;
const DISORDER_MS = 50;

export interface ServerParts {
  readonly api: Api;
  readonly store: Store;
  readonly clock: SimulationClock;
  readonly access: Access;
  readonly identity: Identity;
}

export class ApiServer {
  readonly faults: Faults;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #watches = new Set<Watch>();
  #spared: Socket | undefined;

  constructor(private readonly parts: ServerParts) {
    this.faults = new Faults((match) => {
      if (Object.keys(match).length === 0) this.#cutAll();
    });
    this.#server = createServer(
      { key: parts.identity.keyPem, cert: parts.identity.certificatePem },
      (request, response) => {
        this.#serve(request, response).catch((error: unknown) => {
          // The line broke while the request was read or the answer written: there is nobody to tell.
          response.destroy(error instanceof Error ? error : undefined);
        });
      },
    );
    this.#server.keepAliveTimeout = 60_000;
    this.#server.on('secureConnection', (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
      // A client that goes away in the middle of something is no fault of this server.
      socket.on('error', () => undefined);
    });
  }

  async listen(port: number): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, '127.0.0.1', () => {
        this.#server.off('error', reject);
        resolve();
      });
    });
    return (this.#server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    for (const watch of this.#watches) watch.stop();
    const closed = new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
    });
    this.#cutAll();
    await closed;
  }

  #cutAll(): void {
    for (const socket of this.#sockets) if (socket !== this.#spared) socket.destroy();
  }

  async #serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await read(incoming);
    if (request === undefined) {
      this.#write(response, failure(tooLarge(BODY_LIMIT)));
      return;
    }
    if (request.path === FAULTS_PATH) {
      // Before any fault is met: what cuts the center off must be told when to end.
      // Its own line is not cut before it is answered, nor kept after.
      response.setHeader('connection', 'close');
      this.#spared = incoming.socket;
      this.#write(response, this.#faultsAsked(request));
      this.#spared = undefined;
      return;
    }
    const path = resourcePath(request.path);
    const verb = verbOf(request, path ?? nowhere);
    const met = this.faults.meet(verb, path);
    if (await this.#refuse(met, response)) return;
    let watch: WatchOrder | undefined;
    let answer: ApiAnswer;
    try {
      const outcome = this.#outcome(request, path, verb);
      if ('watch' in outcome) watch = outcome.watch;
      answer = 'answer' in outcome ? outcome.answer : { status: 200, body: '' };
      if (watch !== undefined) this.#openWatch(watch, response, met);
    } catch (error) {
      answer = failure(error);
      watch = undefined;
    }
    if (watch !== undefined) return;
    const lost = met.find((fault) => fault.effect === 'timeoutAfterEffect');
    if (lost !== undefined) await this.#wait(lost.ms ?? DEFAULT_FAULT_MS);
    for (const { effect, ms } of met)
      if (effect === 'slowList') await this.#wait((ms ?? DEFAULT_FAULT_MS) * hundredsIn(answer));
    if (lost !== undefined) response.destroy();
    else this.#write(response, answer);
  }

  #outcome(request: ApiRequest, path: ReturnType<typeof resourcePath>, verb: Verb): Outcome {
    const { access, api, store } = this.parts;
    const metrics =
      answerMetrics(store, access, request) ?? answerPodMetrics(store, access, request, this.parts.clock.now());
    if (metrics !== undefined) return { answer: metrics };
    return api.handle(request, path, verb, access.admit(request, path, verb));
  }

  #faultsAsked(request: ApiRequest): ApiAnswer {
    try {
      this.parts.access.admit(request, undefined, '');
      return answerFaults(this.faults, request);
    } catch (error) {
      return failure(error);
    }
  }

  /** Faults that come before anything is done. */
  async #refuse(met: readonly Fault[], response: ServerResponse): Promise<boolean> {
    for (const { code, effect, ms } of met) {
      if (effect === 'cutOff') {
        response.destroy();
        return true;
      }
      if (effect === 'latency') await this.#wait(ms ?? DEFAULT_FAULT_MS);
      if (effect === 'tooManyRequests') {
        const error = new ApiError(
          429,
          'TooManyRequests',
          'the server has received too many requests and has asked us to try again later',
          {
            retryAfterSeconds: RETRY_AFTER_SECONDS,
          },
        );
        this.#write(response, { ...failure(error), retryAfterSeconds: RETRY_AFTER_SECONDS });
        return true;
      }
      if (effect === 'serverError') {
        const { message, details } = internal('a fault was asked for');
        const error = new ApiError(
          code ?? 500,
          code === 503 ? 'ServiceUnavailable' : 'InternalError',
          message,
          details,
        );
        this.#write(response, failure(error));
        return true;
      }
    }
    return false;
  }

  #openWatch(order: WatchOrder, response: ServerResponse, met: readonly Fault[]): void {
    // What a watch begins with (the state, or all it missed) is as large as it is; the limit is for what comes after.
    let begun = false;
    let allowed = WATCH_BACKLOG_LIMIT;
    const disorder = met.find((fault) => fault.effect === 'disorderWatch');
    const write = (line: string) => response.write(line);
    const say = disorder === undefined ? write : disordered(write, this.parts.clock, disorder.ms ?? DISORDER_MS);
    const sink: WatchSink = {
      send: (line) => {
        say(line);
        if (!begun) allowed = WATCH_BACKLOG_LIMIT + response.writableLength;
        return response.writableLength <= allowed;
      },
      end: () => {
        this.#watches.delete(watch);
        if (response.writableLength > allowed) response.destroy();
        else response.end();
      },
    };
    const watch = new Watch(this.parts.store, this.parts.clock, order, sink);
    this.#watches.add(watch);
    response.on('close', () => {
      watch.release();
      this.#watches.delete(watch);
    });
    response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-cache, private' });
    response.flushHeaders();
    watch.start();
    begun = true;
    const dropped = met.find((fault) => fault.effect === 'dropWatch');
    if (dropped !== undefined) this.parts.clock.setTimer(() => response.destroy(), dropped.ms ?? 0);
  }

  #write(response: ServerResponse, { body, retryAfterSeconds, status, warnings = [] }: ApiAnswer): void {
    const text = typeof body === 'string' ? body : `${JSON.stringify(body)}\n`;
    if (warnings.length > 0) response.setHeader('warning', warnings.map(warningHeader));
    response.writeHead(status, {
      'content-type': typeof body === 'string' ? 'text/plain; charset=utf-8' : 'application/json',
      'content-length': Buffer.byteLength(text),
      'cache-control': 'no-cache, private',
      ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
    });
    response.end(text);
  }

  #wait(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      this.parts.clock.setTimer(resolve, milliseconds);
    });
  }
}

/** Each line twice; of two that come within `ms` the later one first. */
function disordered(write: (line: string) => void, clock: SimulationClock, ms: number): (line: string) => void {
  let held: { readonly line: string; readonly cancel: () => void } | undefined;
  return (line) => {
    if (held === undefined) {
      const release = (): void => {
        held = undefined;
        write(line);
        write(line);
      };
      held = { line, cancel: clock.setTimer(release, ms) };
      return;
    }
    const { cancel, line: older } = held;
    cancel();
    held = undefined;
    for (const each of [line, line, older, older]) write(each);
  };
}

/** Begun hundreds of what a list holds. */
function hundredsIn({ body }: ApiAnswer): number {
  const count = Math.max(listAt(body, 'items').length, listAt(body, 'rows').length);
  return Math.ceil(count / 100);
}

const nowhere = {
  group: '',
  version: '',
  apiVersion: '',
  plural: '',
  namespace: '',
  name: undefined,
  subresource: undefined,
};

function warningHeader(text: string): string {
  return `299 - "${text.replace(/["\\]/g, '\\$&')}"`;
}

/** undefined: the body is too long to be read. */
async function read(incoming: IncomingMessage): Promise<ApiRequest | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming) {
    length += (chunk as Buffer).length;
    if (length > BODY_LIMIT) return undefined;
    chunks.push(chunk as Buffer);
  }
  const url = new URL(incoming.url ?? '/', 'https://localhost');
  return {
    method: incoming.method ?? 'GET',
    path: decoded(url.pathname),
    query: url.searchParams,
    accept: incoming.headers.accept ?? '',
    contentType: incoming.headers['content-type'] ?? '',
    authorization: incoming.headers.authorization,
    userAgent: incoming.headers['user-agent'] ?? '',
    asUser: incoming.headersDistinct['impersonate-user']?.[0],
    asGroups: incoming.headersDistinct['impersonate-group'] ?? [],
    body: Buffer.concat(chunks),
  };
}

/** A path that is no UTF-8 names nothing; as it stands it is answered like any other unknown one. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Whatever is thrown is answered; what is no refusal is a defect of the simulation, and says so. */
function failure(error: unknown): ApiAnswer {
  if (error instanceof ApiError) return { status: error.code, body: error.body(), warnings: error.warnings };
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { status: 500, body: internal(text).body() };
}
