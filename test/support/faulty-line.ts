import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Agent, request } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { readKubeConfig } from '../cluster/kubeconfig.ts';
import type { Target } from '../cluster/transcript.ts';

/** What the line does to one request instead of only passing it on. */
export type Fault =
  /** The cluster never sees it. */
  | { readonly kind: 'ANSWER'; readonly status: number; readonly retryAfter?: string }
  /** The cluster does it; the answer is lost on the way. */
  | { readonly kind: 'LOSE_ANSWER' }
  /** The cluster does it; the answer never comes, and the line stays up. */
  | { readonly kind: 'HANG' };

/** One write on its way, and, once the cluster has done it, how it was answered. */
export interface WriteCall {
  readonly method: string;
  readonly path: string;
  readonly status: number | null;
}

/** Asked before the cluster has a write, and again before its answer goes back: the line waits for it, and breaks where it throws. */
export type Watcher = (call: WriteCall) => Promise<void>;

interface Planned {
  readonly method: string;
  readonly watches: boolean;
  readonly fault: Fault;
  left: number;
}

/** The line to a cluster, with whatever a line can do wrong. It speaks plain HTTP: kubeconfigs that skip TLS allow it. */
export class FaultyLine {
  private readonly sockets = new Set<Socket>();
  private readonly streams = new Set<ServerResponse>();
  private readonly planned: Planned[] = [];
  private readonly agent: Agent;
  private readonly server: Server;
  private isCut = false;
  watcher: Watcher | undefined;
  /** Requests that met a fault. */
  met = 0;
  /** Connections that were ever opened to here. */
  opened = 0;
  /** Requests that ever came, watches aside. */
  asked = 0;

  private constructor(private readonly target: Target) {
    this.agent = new Agent({
      ca: target.caPem,
      cert: target.clientCertificatePem,
      key: target.clientKeyPem,
      keepAlive: true,
    });
    this.server = createServer((asked, answer) => this.pass(asked, answer));
    this.server.on('connection', (socket) => {
      this.opened += 1;
      if (this.isCut) socket.destroy();
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
    });
  }

  /** Writes a kubeconfig beside the given one, for the same cluster over this line. */
  static async to(
    kubeconfigPath: string,
    directory: string,
    name: string,
  ): Promise<{ line: FaultyLine; kubeconfigPath: string }> {
    const line = new FaultyLine(await readKubeConfig(kubeconfigPath));
    await new Promise<void>((resolve) => line.server.listen(0, '127.0.0.1', resolve));
    const config = parse(await readFile(kubeconfigPath, 'utf8'));
    const server = `http://127.0.0.1:${(line.server.address() as AddressInfo).port}`;
    for (const each of config.clusters) each.cluster = { server, 'insecure-skip-tls-verify': true };
    const path = join(directory, `${name}.kubeconfig`);
    await writeFile(path, stringify(config), { mode: 0o600 });
    return { line, kubeconfigPath: path };
  }

  /** Nothing gets through any more, and what was under way breaks. */
  cut(): void {
    this.isCut = true;
    for (const socket of this.sockets) socket.destroy();
  }

  restore(): void {
    this.isCut = false;
  }

  /** The next `times` requests of the method meet the fault. */
  plan(method: string, times: number, fault: Fault): void {
    this.planned.push({ method, watches: false, fault, left: times });
  }

  planForWatches(times: number, fault: Fault): void {
    this.planned.push({ method: 'GET', watches: true, fault, left: times });
  }

  forgetPlans(): void {
    this.planned.length = 0;
  }

  /** Breaks every watch that is open now; how many those were. */
  dropWatches(): number {
    const dropped = this.streams.size;
    for (const stream of this.streams) stream.destroy();
    return dropped;
  }

  async close(): Promise<void> {
    this.cut();
    this.agent.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private pass(asked: IncomingMessage, answer: ServerResponse): void {
    const watches = /[?&]watch=true/.test(asked.url ?? '');
    if (!watches) this.asked += 1;
    // What only asks how a write would look, as the sweep of left Secrets does at its own time, is no write that was planned for.
    const asksOnly = /[?&]dryRun=All/.test(asked.url ?? '');
    const fault = asksOnly ? undefined : this.faultFor(asked.method ?? '', watches);
    if (fault?.kind === 'ANSWER') {
      refuse(asked, answer, fault);
      return;
    }
    if (watches) {
      this.streams.add(answer);
      answer.on('close', () => this.streams.delete(answer));
    }
    const method = asked.method ?? '';
    const watcher = method === 'GET' ? undefined : this.watcher;
    const path = asked.url ?? '/';
    if (watcher === undefined) this.forward(asked, answer, fault);
    else
      watcher({ method, path, status: null }).then(
        () => this.forward(asked, answer, fault, (status) => watcher({ method, path, status })),
        () => answer.destroy(),
      );
  }

  /** @param before waited for before the answer goes back. */
  private forward(
    asked: IncomingMessage,
    answer: ServerResponse,
    fault: Fault | undefined,
    before?: (status: number) => Promise<void>,
  ): void {
    const headers = {
      ...asked.headers,
      ...(this.target.token === '' ? {} : { authorization: `Bearer ${this.target.token}` }),
    };
    const onward = request(
      new URL(asked.url ?? '/', this.target.url),
      { method: asked.method, agent: this.agent, headers },
      (given) => {
        const pass = (): void => {
          answer.writeHead(given.statusCode ?? 502, given.headers);
          answer.flushHeaders();
          given.pipe(answer);
          given.on('error', () => answer.destroy());
        };
        if (fault?.kind === 'LOSE_ANSWER') given.resume().on('end', () => answer.destroy());
        else if (fault?.kind === 'HANG') given.resume();
        else if (before === undefined) pass();
        else before(given.statusCode ?? 502).then(pass, () => answer.destroy());
      },
    );
    onward.on('error', () => answer.destroy());
    answer.on('close', () => onward.destroy());
    asked.pipe(onward);
  }

  private faultFor(method: string, watches: boolean): Fault | undefined {
    const plan = this.planned.find((each) => each.left > 0 && each.method === method && each.watches === watches);
    if (plan === undefined) return undefined;
    plan.left -= 1;
    this.met += 1;
    return plan.fault;
  }
}

function refuse(asked: IncomingMessage, answer: ServerResponse, fault: Extract<Fault, { kind: 'ANSWER' }>): void {
  asked.resume();
  answer.writeHead(fault.status, {
    'content-type': 'application/json',
    ...(fault.retryAfter === undefined ? {} : { 'retry-after': fault.retryAfter }),
  });
  answer.end(
    JSON.stringify({
      kind: 'Status',
      apiVersion: 'v1',
      status: 'Failure',
      code: fault.status,
      message: 'a fault was planned',
    }),
  );
}
