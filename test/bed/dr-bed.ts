import { copyFile, cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import mysql from 'mysql2/promise';
import type { ExecutionKind } from '../../server/src/executions/domain/execution-words.js';
import { usualSteps } from '../../server/src/executions/domain/usual-steps.js';
import { startEmbeddedMariaDb } from '../../server/src/platform/database/embedded-mariadb.js';
import { writeKubeconfig } from '../../server/src/simulation/simulated-cluster.js';
import { until } from '../support/until.ts';
import { BedCluster, PATHS } from './bed-cluster.ts';
import { Clients } from './clients.ts';
import type { ClusterWords } from './cluster-process.ts';
import { CLIENT, COPIER, DataNode, SYSTEM_DATABASE } from './data-node.ts';
import { DrConsole } from './dr-console.ts';
import { APPLICATION, CENTERS, type CenterName, freePorts, GaleraBed, OWNER } from './galera.ts';
import { Guests } from './guests.ts';
import { Front, Link } from './links.ts';
import { codeOf, makeWorld, type World } from './world.ts';

export type Fault = 'cut' | 'halfOpen' | 'heal';
type Each<T> = Readonly<Record<CenterName, T>>;

const MACHINES_MS = 120_000;
const SETTLED_MS = 60_000;
/** Off, ending, or too slow for once. */
const UNANSWERED = ['ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'PROTOCOL_CONNECTION_LOST'];
/** What a fault may change on a disk; `first` is what everything begins from. */
const KEPT = ['a', 'b', 'c', 'clusters', 'system', 'consoles'];

export function each<T>(make: (center: CenterName) => T): Each<T> {
  return Object.fromEntries(CENTERS.map((center) => [center, make(center)])) as unknown as Each<T>;
}

/**
 * Three centers of everything: the console with its database, a cluster, and a business system whose machines the console made
 * there and whose data is copied between them. Every way between two centers is a link; power can go off in each.
 */
export class DrBed {
  readonly clusters: Each<BedCluster>;
  readonly nodes: Each<DataNode>;
  readonly clients: Clients;
  readonly guests: Guests;
  consoles: Partial<Record<CenterName, DrConsole>> = {};
  runbooks: Partial<Record<ExecutionKind, string>> = {};
  private readonly fronts: Front[] = [];
  private readonly copyLinks = new Map<string, Link>();
  private words: Partial<Record<CenterName, ClusterWords>> = {};
  private ways: readonly (readonly number[])[] = [];

  private constructor(
    readonly galera: GaleraBed,
    readonly world: World,
    port: number,
  ) {
    const { directory } = galera;
    this.clusters = each((name) => new BedCluster(name, join(directory, 'clusters', name)));
    this.nodes = each((name) => {
      const number = CENTERS.indexOf(name) + 1;
      return new DataNode({
        name,
        number,
        port,
        directory: join(directory, 'system', name),
        host: `127.0.1.${number}`,
      });
    });
    this.clients = new Clients(this.nodes);
    this.guests = new Guests(world, this.clusters, this.nodes, wayOf);
  }

  static async open(): Promise<DrBed> {
    let world: World | null = null;
    const galera = await GaleraBed.open(async (first, bed) => {
      world = await makeWorld(first, bed);
    });
    try {
      const [port] = await freePorts(1);
      const bed = new DrBed(galera, world as unknown as World, port as number);
      await writeFile(join(galera.directory, 'world.json'), JSON.stringify(world));
      await bed.makeSystem();
      await bed.openFronts();
      await bed.powerOn();
      await bed.untilGranted();
      for (const kind of ['FAILOVER', 'SWITCHOVER'] as const)
        bed.runbooks[kind] = await bed.console('a').runbook(kind, usualSteps(kind));
      await bed.copyDisks();
      bed.clients.start();
      await bed.untilQuiet();
      await bed.powerOff();
      await bed.keep();
      return bed;
    } catch (error) {
      await killAll(galera);
      throw error;
    }
  }

  /** Everything as it was when all was well, and running. */
  async begin(): Promise<void> {
    const { directory } = this.galera;
    await this.powerOff();
    for (const name of CENTERS) this.isolate(name, 'heal');
    this.galera.renamed('jiyun');
    for (const name of KEPT) {
      await rm(join(directory, name), { recursive: true, force: true });
      await cp(join(directory, 'kept', name), join(directory, name), { recursive: true });
    }
    this.clients.acknowledged.length = 0;
    await this.powerOn();
    this.clients.start();
    await this.untilQuiet();
  }

  /** A center's room without power: database, console, cluster and the system's machines at once. */
  async lose(...centers: readonly CenterName[]): Promise<void> {
    await Promise.all(
      centers.flatMap((name) => [
        this.galera.nodes[name].kill(),
        this.nodes[name].kill(),
        this.clusters[name].kill(),
        this.consoles[name]?.process.kill() ?? Promise.resolve(),
      ]),
    );
    for (const name of centers) delete this.consoles[name];
  }

  /** Power again: cluster and the system's machines come up with what is on their disks, as they do. */
  async power(center: CenterName): Promise<void> {
    await Promise.all([this.nodes[center].start(), this.clusters[center].start()]);
  }

  /** Their consoles again, with their databases: one node after the other, for each takes the state from one that is complete. */
  async rejoin(...centers: readonly CenterName[]): Promise<void> {
    for (const name of centers) {
      await this.galera.start(name);
      await this.galera.nodes[name].untilSynced();
    }
    await Promise.all(centers.map(async (name) => (await this.startConsole(name)).untilMode('WRITABLE')));
  }

  console(center: CenterName): DrConsole {
    const found = this.consoles[center];
    if (!found) throw new Error(`no console runs in ${center}`);
    return found;
  }

  consoleDirectory(center: CenterName): string {
    return join(this.galera.directory, 'consoles', center);
  }

  async startConsole(center: CenterName): Promise<DrConsole> {
    const { directory, keysDirectory } = this.galera;
    const data = this.consoleDirectory(center);
    await mkdir(data, { recursive: true, mode: 0o700 });
    await copyFile(join(keysDirectory, 'keys.json'), join(data, 'keys.json'));
    const kubeconfig = join(data, 'kubeconfig');
    await writeKubeconfig(
      CENTERS.map((name, n) => {
        const { accountToken, caPem, token } = this.words[name] as ClusterWords;
        const port = this.ways[CENTERS.indexOf(center)]?.[n];
        return { name: codeOf(name), caPem, token, accountToken, url: `https://127.0.0.1:${port}` };
      }),
      kubeconfig,
    );
    const start = () =>
      DrConsole.start(center, [join(directory, 'world.json'), directory], {
        ...{ DATABASE_URL: this.galera.url(center, APPLICATION), DATABASE_OWNER_URL: this.galera.url(center, OWNER) },
        ...{ JIYUN_DATA: data, PORT: '0', JIYUN_LOG_LEVEL: 'warn', JIYUN_PASSWORD_ITERATIONS: '1000' },
        ...{ JIYUN_FREE_DOCUMENTS: 'yes' },
        JIYUN_KUBECONFIGS: CENTERS.map((name) => `${codeOf(name)}=${kubeconfig}#${codeOf(name)}`).join(','),
      });
    // One that ends at its start, for a node went at that moment, is started again: by systemd in earnest.
    const console = await start().catch(start);
    this.consoles[center] = console;
    return console;
  }

  async close(): Promise<void> {
    await this.halt('SIGKILL');
    for (const front of this.fronts) await front.close();
    await this.galera.close();
  }

  /** Two centers and each other, and nothing else: databases, copies, and each one's console with the other's. */
  between(one: CenterName, other: CenterName, how: Fault): void {
    this.galera.between(one, other)[how]();
    this.galera.fromConsole(one, other)[how]();
    this.galera.fromConsole(other, one)[how]();
    this.copies(one, other)[how]();
  }

  /** Over which the business system's data goes. */
  copies(one: CenterName, other: CenterName): Link {
    const name = `copies-${[one, other].toSorted().join('-')}`;
    const found = this.copyLinks.get(name) ?? new Link(name);
    this.copyLinks.set(name, found);
    return found;
  }

  isolate(center: CenterName, how: Fault): void {
    for (const other of CENTERS.filter((name) => name !== center)) this.between(center, other, how);
  }

  private async powerOn(): Promise<void> {
    await Promise.all([
      this.startGalera(),
      ...CENTERS.map((name) => this.nodes[name].start()),
      ...CENTERS.map(async (name) => {
        this.words[name] = await this.clusters[name].start();
      }),
    ]);
    this.guests.start();
    await this.openClusterFronts();
    await Promise.all(CENTERS.map((name) => this.startConsole(name)));
    await Promise.all(CENTERS.map((name) => this.console(name).untilMode('WRITABLE')));
  }

  private async startGalera(): Promise<void> {
    if (!CENTERS.some((name) => this.galera.nodes[name].isRunning)) await this.galera.startAll();
  }

  private async powerOff(): Promise<void> {
    await this.halt('SIGTERM');
    await this.galera.stopAll();
  }

  private async halt(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    await this.clients.stop();
    await this.guests.stop();
    await Promise.all(Object.values(this.consoles).map((console) => console.process.kill(signal)));
    this.consoles = {};
    await Promise.all(CENTERS.flatMap((name) => [this.nodes[name].kill(signal), this.clusters[name].kill(signal)]));
  }

  private async keep(): Promise<void> {
    const { directory } = this.galera;
    for (const name of KEPT) await cp(join(directory, name), join(directory, 'kept', name), { recursive: true });
  }

  /** The console has made the system's machines in all three clusters. */
  private async untilGranted(): Promise<void> {
    const made = async () => {
      const [row] = await this.ask("select count(*) as n from jiyun.resource where state = 'IN_USE'");
      return Number(row?.n) === CENTERS.length;
    };
    await until('the machines are made', made, MACHINES_MS, 200).catch(async (error: unknown) => {
      const rows = await this.ask('select object_name, state, status_text from jiyun.resource');
      throw new Error(`${String(error)}: ${JSON.stringify(rows)} ${this.consoles.a?.process.said}`);
    });
  }

  /** As the storage's people set it up: mirrored between the two of the city, copied to the recovery center. */
  private async copyDisks(): Promise<void> {
    for (const name of ['a', 'b'] as const) {
      const { disk, namespace } = this.world.machine[name];
      await this.clusters[name].create(PATHS.mirrors.replace('v1alpha1/', `v1alpha1/namespaces/${namespace}/`), {
        ...{ apiVersion: 'replication.storage.openshift.io/v1alpha1', kind: 'VolumeReplication' },
        metadata: { name: `vr-${disk}`.slice(0, 60), namespace },
        spec: {
          ...{ volumeReplicationClass: 'sync', replicationState: name === 'a' ? 'primary' : 'secondary' },
          dataSource: { kind: 'PersistentVolumeClaim', name: disk },
        },
      });
    }
    const { disk, namespace } = this.world.machine.a;
    await this.clusters.a.create(PATHS.sources.replace('v1alpha1/', `v1alpha1/namespaces/${namespace}/`), {
      ...{ apiVersion: 'volsync.backube/v1alpha1', kind: 'ReplicationSource' },
      metadata: { name: `rs-${disk}`.slice(0, 60), namespace },
      spec: { sourcePVC: disk, rsyncTLS: {} },
    });
    const { c } = this.world.machine;
    await this.clusters.c.create(PATHS.receivers.replace('v1alpha1/', `v1alpha1/namespaces/${c.namespace}/`), {
      ...{ apiVersion: 'volsync.backube/v1alpha1', kind: 'ReplicationDestination' },
      metadata: { name: `rd-${c.disk}`.slice(0, 60), namespace: c.namespace },
      spec: {
        trigger: { schedule: '*/1 * * * *' },
        rsyncTLS: { copyMethod: 'Snapshot', destinationPVC: c.disk, keySecret: 'psk' },
      },
    });
  }

  /** A serves and is copied to both others, and the console has seen it. */
  private async untilQuiet(): Promise<void> {
    const { doing } = this.guests;
    await until(
      'A serves',
      () => doing.a === 'SERVES' && doing.b === 'FOLLOWS' && doing.c === 'FOLLOWS',
      SETTLED_MS,
      100,
    );
    const before = this.clients.from('a').length;
    await until('A acknowledges', () => this.clients.from('a').length > before + 20, SETTLED_MS, 100);
    const seen = async () => {
      const rows = await this.ask(
        `select towards from jiyun.dr_signal where name = 'REPLICATION_LAG'
          and value < 30 and observed_at > utc_timestamp(3) - interval 20 second`,
      );
      return rows.length >= 2;
    };
    await until('the console knows how far the copies are', seen, SETTLED_MS, 200).catch(async (error: unknown) => {
      const rows = await this.ask('select name, towards, value, level, observed_at from jiyun.dr_signal');
      throw new Error(`${String(error)}: ${JSON.stringify(rows)}`);
    });
  }

  /** Straight to a node that is part of the majority, by its own socket. */
  async ask(sql: string, values: readonly unknown[] = [], at?: CenterName): Promise<mysql.RowDataPacket[]> {
    for (const name of at ? [at] : CENTERS) {
      const node = this.galera.nodes[name];
      const rows = await node
        .asRoot(async (connection) => (await connection.query<mysql.RowDataPacket[]>(sql, [...values]))[0])
        .catch((error: { errno?: number; code?: string }) => {
          // Off, or of a minority: another one is asked.
          if (error.errno === 1047 || UNANSWERED.includes(error.code ?? '')) return null;
          throw error;
        });
      if (rows) return rows;
    }
    throw new Error('no node of the console answers');
  }

  private async makeSystem(): Promise<void> {
    const { directory } = this.galera;
    const first = await startEmbeddedMariaDb({ directory: join(directory, 'system', 'first'), durable: false });
    const { socketPath } = first;
    const admin = await mysql.createConnection({ socketPath, user: userInfo().username, multipleStatements: true });
    await admin.query(
      `create database ${SYSTEM_DATABASE};
       create table ${SYSTEM_DATABASE}.entry (id char(36) not null primary key, center char(1) not null, at_ms bigint not null);
       create user ${CLIENT.user}@'127.0.%' identified by '${CLIENT.password}';
       grant select, insert on ${SYSTEM_DATABASE}.* to ${CLIENT.user}@'127.0.%';
       create user ${COPIER.user}@'127.0.%' identified by '${COPIER.password}';
       grant replication slave on *.* to ${COPIER.user}@'127.0.%';`,
    );
    await admin.end();
    await first.stop();
    for (const name of CENTERS) {
      await mkdir(join(directory, 'system', name), { recursive: true });
      await cp(join(directory, 'system', 'first', 'data'), join(directory, 'system', name, 'data'), {
        recursive: true,
      });
    }
    await rm(join(directory, 'system', 'first'), { recursive: true, force: true });
  }

  /** A copy calls its source by an address that tells over which link. */
  private async openFronts(): Promise<void> {
    for (const from of CENTERS)
      for (const to of CENTERS.filter((name) => name !== from)) {
        const { host, port } = this.nodes[to].place;
        const linkOf = () => ({ link: this.copies(from, to) });
        this.fronts.push(await Front.open({ host: wayOf(from, to), port, target: { host, port }, linkOf }));
      }
  }

  /** Clusters are called by the one name that their certificates have, so a port is the way. Opened once: their own ports stay. */
  private async openClusterFronts(): Promise<void> {
    if (this.ways.length > 0) return;
    this.ways = await Promise.all(CENTERS.map(() => freePorts(CENTERS.length)));
    for (const [m, from] of CENTERS.entries())
      for (const [n, to] of CENTERS.entries()) {
        const target = { host: '127.0.0.1', port: (this.words[to] as ClusterWords).port };
        const linkOf = () => ({ link: this.galera.fromConsole(from, to) });
        this.fronts.push(await Front.open({ host: '127.0.0.1', port: this.ways[m]?.[n] as number, target, linkOf }));
      }
  }
}

const wayOf = (from: CenterName, to: CenterName) => `127.0.4.${CENTERS.indexOf(from) + 1}${CENTERS.indexOf(to) + 1}`;

async function killAll(galera: GaleraBed): Promise<void> {
  await galera.close().catch(() => undefined);
}
