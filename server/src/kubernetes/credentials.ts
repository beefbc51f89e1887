import { createHash } from 'node:crypto';
import { HttpMethod, KubeConfig, RequestContext } from '@kubernetes/client-node';
import { Agent, type Dispatcher, ProxyAgent } from 'undici';
import type { ClusterAccess } from '../platform/config/configuration.js';
import { SeenCertificate } from './seen-certificate.js';

/** How one request goes out: where to, with which headers, over which connections. */
export interface Passage {
  readonly origin: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly calls: Dispatcher;
  readonly watches: Dispatcher;
}

type DispatcherOptions = ReturnType<KubeConfig['createDispatcherOptions']>;
type Pair = Pick<Passage, 'calls' | 'watches'>;

/** As many as calls at once, where the server speaks only HTTP/1.1. */
const CALL_CONNECTIONS = 8;
const CONNECT_DEADLINE_MS = 3_000;
/** A stalled answer is ended by the deadline of its call; this is the net under it. */
const CALL_HEADERS_DEADLINE_MS = 30_000;
/** Longer than any pause between two reconciles, so that quiet times do not cost a TLS handshake each. */
const KEEP_ALIVE_MS = 60_000;

/**
 * The kubeconfig of one cluster, read by @kubernetes/client-node with all its ways to authenticate. Its own
 * createDispatcher makes a new agent, and so a new TLS connection, for every request; here there is one pair of agents
 * for as long as the TLS material stays the same.
 */
export class Credentials {
  private config: KubeConfig | undefined;
  private readonly pairs = new Map<string, Pair>();
  private readonly pairOf = new WeakMap<Dispatcher, Pair>();
  private origin: string | undefined;
  private readonly certificate = new SeenCertificate(() => this.origin && new URL(this.origin).host);

  constructor(private readonly access: ClusterAccess) {}

  /** Throws when the kubeconfig cannot be used; the file is read again at the next call until it can. */
  async passage(): Promise<Passage> {
    this.config ??= this.load();
    const server = this.config.getCurrentCluster()?.server ?? '';
    this.origin = server;
    const request = new RequestContext(server, HttpMethod.GET);
    await this.config.applySecurityAuthentication(request);
    const dispatcher = request.getDispatcher();
    const pair = dispatcher === undefined ? undefined : this.pairOf.get(dispatcher as unknown as Dispatcher);
    if (pair === undefined) throw new Error('the kubeconfig gave no connection');
    return { origin: server.replace(/\/$/, ''), headers: request.getHeaders(), ...pair };
  }

  /** Reads the file again before the next call: a token or a certificate may have been renewed. */
  refresh(): void {
    this.config = undefined;
  }

  /** null = none was shown yet. */
  get certificateUntil(): Date | null {
    return this.certificate.validUntil;
  }

  async close(): Promise<void> {
    this.certificate.close();
    const pairs = [...this.pairs.values()];
    this.pairs.clear();
    await Promise.all(pairs.flatMap(({ calls, watches }) => [calls.destroy(), watches.destroy()]));
  }

  private load(): KubeConfig {
    const { centerCode, context, kubeconfigPath } = this.access;
    const file = new KubeConfig();
    file.loadFromFile(kubeconfigPath);
    const chosen = file.getContextObject(context ?? file.getCurrentContext());
    const cluster = chosen && file.getCluster(chosen.cluster);
    const user = chosen && file.getUser(chosen.user);
    if (!cluster || !user)
      throw new Error(`${kubeconfigPath} has no cluster and user for context "${context ?? file.getCurrentContext()}"`);
    const config = new KubeConfig();
    // Tokens of helpers are cached by user name: two centers' users must never share one.
    config.loadFromClusterAndUser(
      { ...cluster, name: `jiyun-${centerCode}` },
      { ...user, name: `jiyun-${centerCode}` },
    );
    // Private in its types; the only place where the agent can be chosen.
    Object.defineProperty(config, 'createDispatcher', {
      value: (...given: Parameters<KubeConfig['createDispatcherOptions']>) =>
        this.pair(config.createDispatcherOptions(...given)).calls,
    });
    return config;
  }

  private pair(options: DispatcherOptions): Pair {
    const key = fingerprint(options);
    const known = this.pairs.get(key);
    if (known) return known;
    const made = {
      calls: agentOf(options, { connections: CALL_CONNECTIONS, headersTimeout: CALL_HEADERS_DEADLINE_MS }),
      // A watch is quiet for as long as nothing happens; the reflector judges its silence. HTTP/1.1: one stream, one
      // connection, so that a slow watch never holds up another.
      watches: agentOf(options, { headersTimeout: CALL_HEADERS_DEADLINE_MS, bodyTimeout: 0, allowH2: false }),
    };
    this.pairs.set(key, made);
    this.pairOf.set(made.calls, made);
    return made;
  }
}

function agentOf(options: DispatcherOptions, more: Agent.Options): Dispatcher {
  const common = { ...more, keepAliveTimeout: KEEP_ALIVE_MS };
  switch (options.type) {
    case 'proxy':
      return new ProxyAgent({ ...common, uri: options.uri, requestTls: options.requestTls });
    case 'socks':
      throw new Error('a SOCKS proxy in a kubeconfig is not supported');
    case 'agent':
      return new Agent({ ...common, connect: { ...options.connect, timeout: CONNECT_DEADLINE_MS } });
    case 'none':
      return new Agent({ ...common, connect: { timeout: CONNECT_DEADLINE_MS } });
  }
}

/** Changes when a certificate or key was renewed. */
function fingerprint(options: DispatcherOptions): string {
  const hash = createHash('sha256');
  hash.update(
    JSON.stringify(options, (_, value) =>
      typeof value === 'object' && value?.type === 'Buffer' ? Buffer.from(value.data).toString('base64') : value,
    ),
  );
  return hash.digest('base64');
}
