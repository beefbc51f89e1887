import { resolve } from 'node:path';
import { parseDatabaseUrl } from '../database/database-url.js';

/** DEMO: a made-up province with demonstration accounts, only in the private database. PRODUCTION: a given DATABASE_URL. */
export type ConsoleMode = 'DEMO' | 'PRODUCTION';

export const PROCESS_ROLES = ['api', 'worker', 'simulation'] as const;
export type ProcessRole = (typeof PROCESS_ROLES)[number];

export interface ClusterAccess {
  /** Code of the center, lower case, e.g. "center-a". */
  readonly centerCode: string;
  readonly kubeconfigPath: string;
  /** null = the file's current context. */
  readonly context: string | null;
  /** Where what its machines use is read; left out = nowhere. */
  readonly metrics?: MetricsAccess;
  /** Its KubeVirt gives running machines another size; left out = it does not. */
  readonly updatesLive?: boolean;
}

/** A center's Prometheus: a service that its API server passes questions on to, or an address of its own; or the cluster's metrics.k8s.io. */
export type MetricsAccess =
  | { readonly by: 'CLUSTER'; readonly namespace: string /** "name:port" */; readonly service: string }
  | { readonly by: 'URL'; readonly url: string; readonly tokenPath: string | null }
  | { readonly by: 'METRICS_API' };

export interface Configuration {
  readonly mode: ConsoleMode;
  /** What this process does. In DEMO everything runs in one process. */
  readonly roles: readonly ProcessRole[];
  /** 0 = any free port (tests). */
  readonly port: number;
  readonly host: string;
  /** Absolute path of the folder for the private database, keys, simulated clusters. */
  readonly dataDirectory: string;
  /** null = the private embedded MariaDB. */
  readonly database: { readonly applicationUrl: string; readonly ownerUrl: string } | null;
  /** Where this process keeps backups of the console's own database, and by which account it reads it; null = it keeps none. */
  readonly backup: { readonly directory: string; readonly url: string } | null;
  /** The account by which a primary is forced, of the node's own machine; given for that command alone. */
  readonly quorumUrl: string | null;
  readonly clusters: readonly ClusterAccess[];
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** Whether any GraphQL text is answered (true) or only the console's own documents. */
  readonly freeDocuments: boolean;
  readonly passwordIterations: number;
  /** Divides the durations of the simulated clusters' stages. */
  readonly simulationSpeed: number;
  readonly demoSeed: number;
  /** The made-up province's past: about how many machines were ever granted (0 = it has none), and for how many months back. */
  readonly demoHistory: { readonly machines: number; readonly months: number };
  /** Name of the province, as pages say it. */
  readonly province: string;
}

/** Bad settings, all of them at once, each with the name of the variable. */
export class ConfigurationError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`The settings cannot be used:\n${problems.map((p) => `  - ${p}`).join('\n')}`);
    this.name = 'ConfigurationError';
  }
}

/** PBKDF2-SM3 at this count takes about 0.1 s of one core here; the count is stored with each hash. */
const PASSWORD_ITERATIONS = 270_000;
const DEFAULT_PORT = 8080;
/** Enough that every page has something to show, few enough that the first start stays within seconds. */
const DEMO_MACHINES = 1_200;
/** Twice what the benchmarks list; more no private database of a demonstration is for. */
export const DEMO_MACHINES_MAX = 200_000;
/** Before that no console of this kind was. */
export const DEMO_MONTHS_MAX = 120;
export const SEED_MAX = 4_294_967_295;
const METRICS_ENTRY = /^([a-z0-9][a-z0-9-]{0,30})=(.+)$/;
const METRICS_SERVICE = /^([a-z0-9-]+)\/([a-z0-9-]+:[a-z0-9-]+)$/;
const METRICS_URL = /^(https?:\/\/[^#]+?)(?:#(.+))?$/;
const CLUSTER_ENTRY = /^([a-z0-9][a-z0-9-]{0,30})=([^#]+?)(?:#(.+))?$/;

/** The only reader of the environment. Throws ConfigurationError with everything that is wrong. */
export function readConfiguration(env: NodeJS.ProcessEnv = process.env, cwd: string = process.cwd()): Configuration {
  const problems: string[] = [];
  const text = (name: string): string | undefined => {
    const value = env[name]?.trim();
    return value === '' ? undefined : value;
  };
  const oneOf = <T extends string>(name: string, allowed: readonly T[], fallback: T): T => {
    const value = text(name);
    if (value === undefined) return fallback;
    const found = allowed.find((a) => a === value);
    if (found === undefined) problems.push(`${name} is "${value}"; allowed: ${allowed.join(', ')}`);
    return found ?? fallback;
  };
  const whole = (name: string, fallback: number, min: number, max: number): number => {
    const value = text(name);
    if (value === undefined) return fallback;
    const number = Number(value);
    if (!/^\d+$/.test(value) || number < min || number > max) {
      problems.push(`${name} is "${value}"; a whole number from ${min} to ${max} is needed`);
      return fallback;
    }
    return number;
  };
  const mysqlUrl = (name: string): string | undefined => {
    const value = text(name);
    if (value === undefined) return undefined;
    if (!parseDatabaseUrl(value))
      problems.push(
        `${name} must look like mysql://user:password@host:3306/database, or name several nodes: mysql://user:password@one,two,three/database?centers=center-a,center-b,center-c`,
      );
    return value;
  };

  const applicationUrl = mysqlUrl('DATABASE_URL');
  const ownerUrl = mysqlUrl('DATABASE_OWNER_URL');
  if (applicationUrl === undefined && ownerUrl !== undefined)
    problems.push('DATABASE_OWNER_URL is set without DATABASE_URL');
  const backupUrl = mysqlUrl('JIYUN_BACKUP_URL');
  const backupDirectory = text('JIYUN_BACKUP_DIRECTORY');
  if ((backupUrl === undefined) !== (backupDirectory === undefined))
    problems.push('JIYUN_BACKUP_DIRECTORY and JIYUN_BACKUP_URL belong together: one of them is missing');
  const mode = oneOf<'demo' | 'production'>(
    'JIYUN_MODE',
    ['demo', 'production'],
    applicationUrl ? 'production' : 'demo',
  );
  if (mode === 'demo' && applicationUrl !== undefined)
    problems.push(
      'JIYUN_MODE=demo never runs on a given DATABASE_URL: demonstration accounts stay in the private database',
    );

  const clusters: ClusterAccess[] = [];
  for (const entry of (text('JIYUN_KUBECONFIGS') ?? '').split(',').filter((e) => e.trim() !== '')) {
    const match = CLUSTER_ENTRY.exec(entry.trim());
    if (!match) problems.push(`JIYUN_KUBECONFIGS: "${entry.trim()}" is not center-code=/path/to/kubeconfig[#context]`);
    else
      clusters.push({
        centerCode: match[1] as string,
        kubeconfigPath: resolve(cwd, match[2] as string),
        context: match[3] ?? null,
      });
  }
  if (new Set(clusters.map((c) => c.centerCode)).size < clusters.length)
    problems.push('JIYUN_KUBECONFIGS names a center twice');

  const metrics = new Map<string, MetricsAccess>();
  for (const entry of (text('JIYUN_PROMETHEUS') ?? '').split(',').filter((e) => e.trim() !== '')) {
    const [, code = '', place = ''] = METRICS_ENTRY.exec(entry.trim()) ?? [];
    const [, namespace, service] = METRICS_SERVICE.exec(place) ?? [];
    const [, url, tokenPath] = METRICS_URL.exec(place) ?? [];
    if (metrics.has(code)) problems.push(`JIYUN_PROMETHEUS names ${code} twice`);
    else if (code !== '' && !clusters.some((c) => c.centerCode === code))
      problems.push(`JIYUN_PROMETHEUS names ${code}, which JIYUN_KUBECONFIGS does not`);
    else if (namespace !== undefined && service !== undefined) metrics.set(code, { by: 'CLUSTER', namespace, service });
    else if (url !== undefined && URL.canParse(url))
      metrics.set(code, { by: 'URL', url, tokenPath: tokenPath ? resolve(cwd, tokenPath) : null });
    else
      problems.push(
        `JIYUN_PROMETHEUS: "${entry.trim()}" is not center-code=namespace/service:port or center-code=https://address[#/path/to/token]`,
      );
  }

  for (const code of (text('JIYUN_METRICS_API') ?? '')
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '')) {
    if (metrics.has(code))
      problems.push(`JIYUN_METRICS_API names ${code}, of which JIYUN_PROMETHEUS or it speaks already`);
    else if (!clusters.some((c) => c.centerCode === code))
      problems.push(`JIYUN_METRICS_API names ${code}, which JIYUN_KUBECONFIGS does not`);
    else metrics.set(code, { by: 'METRICS_API' });
  }

  const live = new Set<string>();
  for (const code of (text('JIYUN_LIVE_RESIZE') ?? '')
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '')) {
    if (!clusters.some((c) => c.centerCode === code))
      problems.push(`JIYUN_LIVE_RESIZE names ${code}, which JIYUN_KUBECONFIGS does not`);
    live.add(code);
  }

  const roles = (text('JIYUN_ROLES') ?? (mode === 'demo' ? 'api,worker,simulation' : 'api,worker'))
    .split(',')
    .map((r) => r.trim());
  for (const role of roles)
    if (!PROCESS_ROLES.includes(role as ProcessRole))
      problems.push(`JIYUN_ROLES: "${role}" is unknown; allowed: ${PROCESS_ROLES.join(', ')}`);
  // Real clusters were given: simulated ones beside them would only confuse.
  const effectiveRoles = roles.filter((r) => !(r === 'simulation' && clusters.length > 0)) as ProcessRole[];

  const configuration: Configuration = {
    mode: mode === 'demo' ? 'DEMO' : 'PRODUCTION',
    roles: effectiveRoles,
    port: whole('PORT', DEFAULT_PORT, 0, 65_535),
    host: text('HOST') ?? (mode === 'demo' ? '127.0.0.1' : '::'),
    dataDirectory: resolve(cwd, text('JIYUN_DATA') ?? '.jiyun'),
    database: applicationUrl === undefined ? null : { applicationUrl, ownerUrl: ownerUrl ?? applicationUrl },
    backup: backupUrl && backupDirectory ? { directory: resolve(cwd, backupDirectory), url: backupUrl } : null,
    quorumUrl: mysqlUrl('DATABASE_QUORUM_URL') ?? null,
    clusters: clusters.map((access) => {
      const found = metrics.get(access.centerCode);
      return {
        ...access,
        ...(found ? { metrics: found } : {}),
        ...(live.has(access.centerCode) ? { updatesLive: true } : {}),
      };
    }),
    logLevel: oneOf('JIYUN_LOG_LEVEL', ['debug', 'info', 'warn', 'error', 'silent'], 'info'),
    freeDocuments: oneOf('JIYUN_FREE_DOCUMENTS', ['yes', 'no'], 'no') === 'yes',
    passwordIterations: whole('JIYUN_PASSWORD_ITERATIONS', PASSWORD_ITERATIONS, 1_000, 10_000_000),
    simulationSpeed: whole('JIYUN_SIMULATION_SPEED', 1, 1, 1_000),
    demoSeed: whole('JIYUN_DEMO_SEED', 20_260_101, 0, SEED_MAX),
    demoHistory: {
      machines: whole('JIYUN_DEMO_MACHINES', DEMO_MACHINES, 0, DEMO_MACHINES_MAX),
      months: whole('JIYUN_DEMO_MONTHS', 24, 1, DEMO_MONTHS_MAX),
    },
    province: text('JIYUN_PROVINCE') ?? '江苏省',
  };
  if (problems.length > 0) throw new ConfigurationError(problems);
  return configuration;
}

/** Injection token of the configuration that was read at start. */
export const CONFIGURATION = Symbol('CONFIGURATION');
