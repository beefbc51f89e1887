import { cp, mkdir, mkdtemp, readFile, rm, statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mysql from 'mysql2/promise';
import type { DatabaseAddress } from '../../server/src/platform/database/data-source.js';
import { DATABASE_NAME, startEmbeddedMariaDb } from '../../server/src/platform/database/embedded-mariadb.js';
import { migrate } from '../../server/src/platform/database/migration.js';
import { migrations } from '../../server/src/platform/database/migrations/index.js';
import { GaleraNode } from './galera-node.ts';
import { Front, Link } from './links.ts';

export const CENTERS = ['a', 'b', 'c'] as const;
export type CenterName = (typeof CENTERS)[number];

const MEMORY = '/dev/shm';
/** Three data folders with their ring buffers and logs stay under half a gigabyte. */
const MEMORY_FREE_MIN_BYTES = 3 * 2 ** 30;
export const APPLICATION = { user: 'jiyun_app', password: 'app' };
/** Reads everything and changes nothing. */
export const BACKUP = { user: 'jiyun_backup', password: 'backup' };
export const OWNER = { user: 'jiyun_owner', password: 'owner' };

export type Prepare = (first: DatabaseAddress, bed: GaleraBed) => Promise<void>;

/**
 * Three centers on one machine: a Galera node each, and every way between two of them, and from the console of a center to a
 * node, over a link of the bed. Loopback has 16 million addresses: 127.0.1.n is where node n is, 127.0.2.n where the other
 * nodes find it, and 127.0.3.mn where the console of center m does. Galera learns addresses from the sockets that it sees
 * and calls from the one that it listens on, so the address tells who calls, and gossip never leads round a link.
 */
export class GaleraBed {
  readonly nodes: Readonly<Record<CenterName, GaleraNode>>;
  private readonly fronts: Front[] = [];
  private readonly links = new Map<string, Link>();
  private clusterName = 'jiyun';

  private constructor(
    readonly directory: string,
    readonly ports: { readonly sql: number; readonly group: number; readonly ist: number; readonly sst: number },
  ) {
    this.nodes = Object.fromEntries(
      CENTERS.map((name, n) => [
        name,
        new GaleraNode(
          {
            name,
            directory: join(directory, name),
            host: `127.0.1.${n + 1}`,
            frontHost: `127.0.2.${n + 1}`,
            ports,
          },
          () => CENTERS.map((_, m) => `127.0.2.${m + 1}`),
        ),
      ]),
    ) as unknown as Record<CenterName, GaleraNode>;
  }

  /** @param prepare what stands in the database before it has three nodes. */
  static async open(prepare?: Prepare): Promise<GaleraBed> {
    const directory = await mkdtemp(join((await roomyMemory()) ?? tmpdir(), 'jiyun-bed-'));
    const [sql, group, ist, sst] = await freePorts(4);
    const bed = new GaleraBed(directory, { sql, group, ist, sst } as never);
    try {
      await bed.openFronts();
      await bed.makeFirstData(prepare);
      await bed.startAll();
      return bed;
    } catch (error) {
      await bed.close();
      throw error;
    }
  }

  /** The link between two centers' nodes, or from a center's console to a node: "a-b", "console-a:b". */
  between(one: CenterName, other: CenterName): Link {
    return this.link([one, other].toSorted().join('-'));
  }

  fromConsole(console: CenterName, node: CenterName): Link {
    return this.link(`console-${console}:${node}`);
  }

  /** Everything that leads into or out of a center, but what stays within it. */
  isolate(center: CenterName, how: 'cut' | 'halfOpen' | 'heal' = 'cut'): void {
    for (const other of CENTERS.filter((name) => name !== center)) {
      this.between(center, other)[how]();
      this.fromConsole(center, other)[how]();
      this.fromConsole(other, center)[how]();
    }
  }

  /** All three nodes, as the console of that center is told of them. */
  url(console: CenterName, account: { readonly user: string; readonly password: string }): string {
    const hosts = CENTERS.map((_, n) => `${consoleHost(CENTERS.indexOf(console), n)}:${this.ports.sql}`).join(',');
    return `mysql://${account.user}:${account.password}@${hosts}/${DATABASE_NAME}?centers=center-a,center-b,center-c`;
  }

  async startAll(): Promise<void> {
    await this.nodes.a.start({ clusterName: this.clusterName, first: true });
    await this.nodes.a.untilSynced();
    // One after the other: each takes what it lacks from one that is complete.
    for (const name of ['b', 'c'] as const) {
      await this.start(name);
      await this.nodes[name].untilSynced();
    }
  }

  /** Under the name of today's history. */
  async start(name: CenterName): Promise<void> {
    await this.nodes[name].start({ clusterName: this.clusterName });
  }

  /** The first of them is the last to go: it knows all, and may begin alone again. */
  async stopAll(): Promise<void> {
    for (const name of CENTERS.toReversed()) await this.nodes[name].stop();
  }

  /** What an operator writes into the nodes' files after a forced primary. */
  renamed(clusterName: string): void {
    this.clusterName = clusterName;
  }

  async close(): Promise<void> {
    for (const node of Object.values(this.nodes)) await node.kill();
    for (const front of this.fronts) await front.close();
    // The nodes' logs say what went wrong, to whoever asks for them.
    if (process.env.JIYUN_KEEP_BED) return;
    await rm(this.directory, { recursive: true, force: true });
  }

  private link(name: string): Link {
    const found = this.links.get(name) ?? new Link(name);
    this.links.set(name, found);
    return found;
  }

  /** All consoles seal with the same keys, as in earnest. */
  get keysDirectory(): string {
    return join(this.directory, 'keys');
  }

  /** Made as the private database is, then given accounts that come over the network. */
  private async makeFirstData(prepare?: Prepare): Promise<void> {
    const directory = join(this.directory, 'first');
    await mkdir(directory, { recursive: true });
    const first = await startEmbeddedMariaDb({ directory, durable: false });
    const root = await mysql.createConnection({
      socketPath: first.socketPath,
      user: OWNER.user,
      password: first.ownerPassword,
    });
    try {
      for (const statement of await accountsOfEarnest()) await root.query(statement);
      await migrate(
        { socketPath: first.socketPath, user: OWNER.user, password: first.ownerPassword, database: DATABASE_NAME },
        null,
        migrations,
      );
      await root.query(`use ${DATABASE_NAME}`);
      await root.query(
        'create table bed_write (id char(36) not null primary key, console char(1) not null) character set utf8mb4 collate utf8mb4_unicode_ci',
      );
      await root.query(
        'create table bed_act (fenced bigint not null primary key, console char(1) not null, epoch bigint not null)',
      );
      await prepare?.({ ...first, user: OWNER.user, password: first.ownerPassword, database: DATABASE_NAME }, this);
    } finally {
      await root.end();
    }
    await first.stop();
    await mkdir(join(this.directory, 'a'), { recursive: true });
    await cp(join(directory, 'data'), join(this.directory, 'a', 'data'), { recursive: true });
    await rm(directory, { recursive: true, force: true });
    await this.beginHistory();
  }

  /** The first node votes alone once and is copied: three that begin alike need no state transfer, which waits for ten seconds each. */
  private async beginHistory(): Promise<void> {
    const { a } = this.nodes;
    await a.start({ clusterName: this.clusterName, first: true });
    await a.untilSynced();
    await a.stop();
    for (const name of ['b', 'c'] as const) {
      await cp(join(this.directory, 'a', 'data'), join(this.directory, name, 'data'), { recursive: true });
      await rm(join(this.directory, name, 'data', 'galera.cache'), { force: true });
    }
  }

  private async openFronts(): Promise<void> {
    for (const [n, name] of CENTERS.entries()) {
      const { host, frontHost, ports } = this.nodes[name].place;
      const port = ports.group;
      this.fronts.push(
        await Front.open({ host: frontHost, port, target: { host, port }, linkOf: (from) => this.linkOf(from, name) }),
      );
      for (const [m, console] of CENTERS.entries())
        this.fronts.push(
          await Front.open({
            host: consoleHost(m, n),
            port: ports.sql,
            target: { host, port: ports.sql },
            linkOf: () => ({ link: this.fromConsole(console, name) }),
          }),
        );
    }
  }

  private linkOf(from: string, target: CenterName): { link: Link; localAddress: string } | undefined {
    const [, number] = /^127\.0\.1\.(\d+)$/.exec(from) ?? [];
    const caller = CENTERS[Number(number) - 1];
    return caller && { link: this.between(caller, target), localAddress: `127.0.2.${number}` };
  }
}

/** deploy/galera/accounts.sql as it is, but for the network: what the nodes do with these rights, they do in earnest. */
async function accountsOfEarnest(): Promise<string[]> {
  const text = await readFile(join(import.meta.dirname, '../../deploy/galera/accounts.sql'), 'utf8');
  return text
    .replaceAll(/^--.*$/gm, '')
    .replaceAll("'10.%'", "'127.0.%'")
    .split(';')
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '');
}

function consoleHost(console: number, node: number): string {
  return `127.0.3.${console + 1}${node + 1}`;
}

async function roomyMemory(): Promise<string | null> {
  try {
    const { bavail, bsize } = await statfs(MEMORY);
    return Math.min(bavail * bsize, process.availableMemory()) >= MEMORY_FREE_MIN_BYTES ? MEMORY : null;
  } catch {
    return null;
  }
}

/** Free on the address on which they will be taken, and on the others too: each is of one's own. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
