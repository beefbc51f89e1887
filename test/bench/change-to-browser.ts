import { Logger } from '@nestjs/common';
import { pino } from 'pino';
import { HistoryLoader } from '../../server/src/demonstration/history/history-loader.js';
import { DEMONSTRATION_PASSWORD } from '../../server/src/demonstration/made-up-people.js';
import { FacilitiesService } from '../../server/src/facilities/facilities.service.js';
import { toNodeId } from '../../server/src/kernel/node-id.js';
import { ClusterRegistry } from '../../server/src/kubernetes/cluster-registry.js';
import { ChangeFeed } from '../../server/src/platform/feed/change-feed.js';
import type { ClusterObject } from '../../server/src/provisioning/domain/cluster-object.js';
import type { ClusterGateway, Clusters, WatchOrder } from '../../server/src/provisioning/domain/ports.js';
import { ResourcesService } from '../../server/src/resources/resources.service.js';
import type { ResourceDesired } from '../../server/src/resources/resources.types.js';
import type { SimulatedCluster } from '../../server/src/simulation/simulated-cluster.js';
import { startWork } from '../../server/src/work.js';
import { readKubeConfig } from '../cluster/kubeconfig.ts';
import { call, instances } from '../integration/simulation/support.js';
import { openBrowser, Person } from '../support/browser.ts';
import { startTestConsole, type TestConsole } from '../support/console.ts';
import { until } from '../support/until.ts';
import { objectsOf, type RunningClusters, startClusters } from './clusters.ts';
import type { Row } from './table.ts';
import { heap, MACHINES } from './watched-machines.ts';

const MONTHS = 24;
/** A fifth of a past's machines have ended since; enough of them are left. */
const PAST_MACHINES = Math.ceil(MACHINES * 1.25);
const CHANGES = 60;
/** The page's first queries and the code that they load are no part of it. */
const WARM_UP = 5;
const PAGE = 100;
const LIMIT_MS = 600_000;
const MIB = 1_048_576;

/** When what happened, in milliseconds of the one clock of the machine. */
interface Moments {
  readonly written: number;
  readonly heard: number;
  readonly committed: number;
  readonly received: number;
  readonly painted: number;
}

/**
 * From a change of a machine in its cluster until a browser that looks at that machine has painted it, among ten thousand
 * machines on record that all run: the API, the worker and its watches in one process, as `npm start` has them; and with
 * the change feed heard by its poll alone, as where API and worker are processes of their own.
 */
export async function benchChangeToBrowser(): Promise<Row[]> {
  Logger.overrideLogger(false);
  const hearing = new Hearing();
  const console_ = await startTestConsole({ clusters: hearing, machines: PAST_MACHINES });
  let clusters: RunningClusters | undefined;
  let work: { close(): Promise<void> } | undefined;
  try {
    await console_.application.get(HistoryLoader, { strict: false }).load({ machines: PAST_MACHINES, months: MONTHS });
    const machines = await machinesOf(console_);
    const centers = await console_.application.get(FacilitiesService, { strict: false }).centers();
    const seeds = centers.map(({ code, id }) => ({
      name: code,
      objects: objectsOf(machines.filter(({ centerId }) => centerId === id)),
    }));
    clusters = await startClusters(seeds);
    hearing.open(
      seeds.map(({ name }) => name),
      clusters.kubeconfigPath,
    );
    const began = performance.now();
    work = await startWork(console_.application, pino({ level: 'silent' }));
    const running = machines.filter(({ off, standby }) => !off && !standby);
    const [watched] = running;
    if (watched === undefined) throw new Error('no machine runs');
    await until('all seen', async () => (await withAddress(console_)) >= running.length, LIMIT_MS, 250);
    const firstLook = (performance.now() - began) / 1_000;
    const heapMib = heap() / MIB;
    const code = centers.find(({ id }) => id === watched.centerId)?.code as string;
    const cluster = (await readKubeConfig(clusters.kubeconfigPath, code)) as unknown as SimulatedCluster;
    const together = await changes(console_, hearing, cluster, watched, 0);
    const feed = console_.application.get(ChangeFeed, { strict: false });
    feed.poke = () => undefined;
    const apart = await changes(console_, hearing, cluster, watched, 1);
    const what = 'a change in the cluster until a browser shows it';
    const goal = { atMost: 300 };
    return [
      {
        what: `${machines.length} machines on record, found running in their clusters after a start`,
        value: firstLook,
        unit: ' s',
      },
      { what: 'the process that serves and drives them, heap', value: heapMib, unit: ' MiB' },
      { what: 'the same, resident', value: process.memoryUsage.rss() / MIB, unit: ' MiB' },
      {
        what: `${what}, ${machines.length} watched, p95`,
        value: p95(together, 'written', 'painted'),
        unit: ' ms',
        goal,
      },
      { what: '… in the cluster and its watch, p95', value: p95(together, 'written', 'heard'), unit: ' ms' },
      { what: '… looked at and committed by the worker, p95', value: p95(together, 'heard', 'committed'), unit: ' ms' },
      { what: '… read anew, sent and received, p95', value: p95(together, 'committed', 'received'), unit: ' ms' },
      { what: '… rendered and painted, p95', value: p95(together, 'received', 'painted'), unit: ' ms' },
      { what: `${what}, API and worker apart, p95`, value: p95(apart, 'written', 'painted'), unit: ' ms', goal },
    ];
  } finally {
    await work?.close();
    await hearing.close();
    await clusters?.stop();
    await console_.close();
  }
}

/** Those that have not ended. */
async function machinesOf(console_: TestConsole): Promise<ResourceDesired[]> {
  const resources = console_.application.get(ResourcesService, { strict: false });
  const rows: { id: string }[] = await console_.test.db.query(
    "select id from resource where live = 1 and management = 'DRIVEN' order by id",
  );
  const found: ResourceDesired[] = [];
  for (let at = 0; at < rows.length; at += PAGE)
    found.push(...(await resources.desiredOf(rows.slice(at, at + PAGE).map(({ id }) => id))));
  return found;
}

async function withAddress(console_: TestConsole): Promise<number> {
  const [{ n }] = await console_.test.db.query(
    "select count(*) as n from resource where live = 1 and management = 'DRIVEN' and addresses <> '[]'",
  );
  return Number(n);
}

async function changes(
  console_: TestConsole,
  hearing: Hearing,
  cluster: SimulatedCluster,
  { objectName, objectNamespace, resourceId }: ResourceDesired,
  round: number,
): Promise<Moments[]> {
  const browser = await openBrowser();
  try {
    const person = await Person.arrive(browser, console_.url);
    const { page } = person;
    await page.addInitScript(watchSockets);
    await person.signIn('reviewer', DEMONSTRATION_PASSWORD);
    await person.goTo(`/resources/${toNodeId('Resource', resourceId)}`);
    await page.getByText('运行中').first().waitFor();
    const feed = console_.application.get(ChangeFeed, { strict: false });
    const took: Moments[] = [];
    for (let change = -WARM_UP; change < CHANGES; change += 1) {
      const address = `10.${101 + round}.7.${change + WARM_UP + 1}`;
      const heard = hearing.next(objectName);
      const committed = new Promise<number>((resolve) => {
        const stop = feed.listen('resource', resourceId, () => {
          stop();
          resolve(Date.now());
        });
      });
      await page.evaluate(waitFor, address);
      const written = Date.now();
      const interfaces = [{ name: 'default', ipAddress: address, ipAddresses: [address] }];
      const path = `${instances(objectNamespace)}/${objectName}`;
      const { body, status } = await call(cluster, 'PATCH', path, { status: { interfaces } });
      if (status >= 300) throw new Error(JSON.stringify(body));
      const shown = await page.evaluate(waitedFor);
      if (change >= 0) took.push({ written, heard: await heard, committed: await committed, ...shown });
    }
    await person.leave();
    return took;
  } finally {
    await browser.close();
  }
}

interface Waiting {
  received?: (data: unknown) => void;
  shown?: Promise<{ received: number; painted: number }>;
}

/** In the page, before anything of it runs. */
function watchSockets(): void {
  const waiting: Waiting = {};
  Object.assign(globalThis, { waiting });
  const Native = globalThis.WebSocket;
  globalThis.WebSocket = class extends Native {
    constructor(...given: ConstructorParameters<typeof WebSocket>) {
      super(...given);
      this.addEventListener('message', ({ data }) => waiting.received?.(data));
    }
  };
}

/** In the page: notes when the text comes over a socket, and when a frame with it has been painted. */
function waitFor(text: string): void {
  const { waiting } = globalThis as unknown as { waiting: Waiting };
  let received = 0;
  waiting.received = (data) => {
    if (received === 0 && String(data).includes(text)) received = Date.now();
  };
  waiting.shown = new Promise((resolve) => {
    const look = new MutationObserver(() => {
      if (!document.body.textContent?.includes(text)) return;
      look.disconnect();
      // What is asked for within a frame's callback is done after that frame.
      requestAnimationFrame(() => setTimeout(() => resolve({ received, painted: Date.now() })));
    });
    look.observe(document.body, { subtree: true, childList: true, characterData: true });
  });
}

function waitedFor(): Promise<{ received: number; painted: number }> {
  return (globalThis as unknown as { waiting: Waiting }).waiting.shown as Promise<{
    received: number;
    painted: number;
  }>;
}

/** Clusters that are there only once their machines are known, and that tell when the worker heard of a machine's instance. */
class Hearing implements Clusters {
  private registry = new ClusterRegistry([]);
  private waiting: { readonly name: string; readonly heard: (at: number) => void } | undefined;

  open(centerCodes: readonly string[], kubeconfigPath: string): void {
    this.registry = new ClusterRegistry(
      centerCodes.map((centerCode) => ({ centerCode, kubeconfigPath, context: centerCode })),
    );
  }

  next(name: string): Promise<number> {
    return new Promise((heard) => {
      this.waiting = { name, heard };
    });
  }

  get centerCodes(): readonly string[] {
    return this.registry.centerCodes;
  }

  of(centerCode: string): ClusterGateway | undefined {
    const gateway = this.registry.of(centerCode);
    return (
      gateway &&
      new Proxy(gateway, {
        get: (target, key) => {
          if (key === 'watch') return <View>(order: WatchOrder<View>) => target.watch(this.told(order));
          const found: unknown = Reflect.get(target, key);
          return typeof found === 'function' ? found.bind(target) : found;
        },
      })
    );
  }

  close(): Promise<void> {
    return this.registry.close();
  }

  private told<View>(order: WatchOrder<View>): WatchOrder<View> {
    if (order.kind !== ('VirtualMachineInstance' satisfies ClusterObject['kind'])) return order;
    return {
      ...order,
      changed: (key, now, before) => {
        if (key.name === this.waiting?.name) this.waiting.heard(Date.now());
        order.changed(key, now, before);
      },
    };
  }
}

function p95(all: readonly Moments[], from: keyof Moments, to: keyof Moments): number {
  const took = all.map((moments) => moments[to] - moments[from]).sort((a, b) => a - b);
  return took[Math.floor(took.length * 0.95)] as number;
}
