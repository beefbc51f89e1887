import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DrillPlanning } from '../../server/src/drills/drill-planning.service.js';
import { DrillRunning } from '../../server/src/drills/drill-running.service.js';
import { DrillSweep } from '../../server/src/drills/drill-sweep.service.js';
import { DrillViews } from '../../server/src/drills/drill-views.service.js';
import type { DrillRow, ItemRow, PlanWish } from '../../server/src/drills/drills.types.js';
import { FacilitiesService } from '../../server/src/facilities/facilities.service.js';
import type { Refusal } from '../../server/src/kernel/refusal.js';
import type { Result } from '../../server/src/kernel/result.js';
import { type Viewer, WHOLE_PROVINCE } from '../../server/src/kernel/viewer.js';
import { ClusterRegistry } from '../../server/src/kubernetes/cluster-registry.js';
import { newId } from '../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../server/src/platform/database/unit-of-work.js';
import {
  diskManifest,
  machineManifest,
  namespaceManifest,
} from '../../server/src/provisioning/domain/desired-manifests.js';
import type { ClusterGateway } from '../../server/src/provisioning/domain/ports.js';
import { GroupForming } from '../../server/src/resilience/group-forming.service.js';
import { GroupViews } from '../../server/src/resilience/group-views.service.js';
import { ResourcesService } from '../../server/src/resources/resources.service.js';
import type { ResourceRow } from '../../server/src/resources/resources.types.js';
import { openTestApplication, type TestApplication, viewerWith } from './application.ts';
import { serveSimulated } from './console-served.ts';
import type { ServedCluster } from './gateway-suite.ts';
import { KindsDesk, type Site } from './kinds-desk.ts';
import { LifeDesk } from './life-desk.ts';
import { idOf } from './request-journey.ts';
import { until } from './until.ts';

type Wrapped = (gateway: ClusterGateway) => ClusterGateway;

/** One dual-active system whose machines stand in a simulated cluster of center B, and the people who drill it. */
export class DrillDesk {
  readonly operator = viewerWith(['DR_OPERATOR'], null, { name: '高子轩' });
  readonly leader = viewerWith(['LEADER'], null, { name: '王厅' });
  readonly duty = viewerWith(['DUTY_ENGINEER'], null, { name: '孙立新' });
  ahead = 0;
  readonly clock = { now: () => new Date(Date.now() + this.ahead) };
  app!: TestApplication;
  b!: Site;
  head!: Viewer;
  machines: ResourceRow[] = [];
  groupId = '';
  onlooker!: ClusterGateway;
  private served!: ServedCluster;
  private clusters!: ClusterRegistry;
  private onlookers!: ClusterRegistry;
  private directory = '';

  static async open(): Promise<DrillDesk> {
    const desk = new DrillDesk();
    desk.directory = mkdtempSync(join(tmpdir(), 'jiyun-drill-'));
    desk.app = await openTestApplication(desk.clock);
    const kinds = await KindsDesk.open(desk.app);
    desk.head = kinds.journey.head;
    await kinds.openSite('ACTIVE_A', {});
    desk.b = await kinds.openSite('ACTIVE_B', {});
    const life = new LifeDesk(desk.app, kinds.journey);
    const line = kinds.line('VM', { localMode: 'DUAL_ACTIVE', remoteMode: 'NONE', count: 2 });
    const id = await kinds.journey.submitted(kinds.content([line]));
    idOf(await kinds.journey.approve(id));
    const rows = (await life.resources.ofRequests([id]))[0] ?? [];
    for (const row of rows) await life.observe(row.id, 'RUNNING');
    await desk.serve(rows.filter(({ centerId }) => centerId === desk.b.center.id));
    await desk.get(GroupForming).run();
    const [group] = await desk.get(GroupViews).all(WHOLE_PROVINCE);
    desk.groupId = group?.id ?? '';
    return desk;
  }

  get<T>(type: new (...args: never[]) => T): T {
    return this.app.context.get(type, { strict: false });
  }

  /** They run in the cluster as their records say. */
  private async serve(rows: readonly ResourceRow[]): Promise<void> {
    this.served = await serveSimulated();
    const access = { centerCode: this.b.center.code, kubeconfigPath: this.served.kubeconfigPath, context: null };
    this.clusters = new ClusterRegistry([access], { rate: null });
    const others = { ...access, kubeconfigPath: this.served.onlookerKubeconfigPath ?? '' };
    this.onlookers = new ClusterRegistry([others], { rate: null });
    this.onlooker = this.onlookers.of(this.b.center.code) as ClusterGateway;
    const desired = await this.get(ResourcesService).desiredOf(rows.map(({ id }) => id));
    for (const one of desired) {
      const here = { ...one, imageSource: { blank: {} }, standby: false };
      await this.onlooker.apply(namespaceManifest(one.departmentCode));
      await this.onlooker.apply(diskManifest(here));
      await this.onlooker.apply(machineManifest(here));
    }
    this.machines = [...rows];
    for (const { objectName, objectNamespace } of rows)
      await until(`${objectName} runs`, async () => {
        const key = { kind: 'VirtualMachine', namespace: objectNamespace, name: objectName } as const;
        return JSON.stringify((await this.onlooker.get(key))?.status ?? '').includes('"printableStatus":"Running"');
      });
    const cluster = await this.get(FacilitiesService).clusterOfCenter(this.b.center.id);
    await this.get(UnitOfWork).run((tx) =>
      this.get(FacilitiesService).recordReach(tx, cluster?.id ?? '', 'REACHABLE', this.clock.now()),
    );
  }

  wish(more: Partial<PlanWish> = {}): PlanWish {
    return {
      ...{ groupId: this.groupId, kind: 'SIMULATED', centerId: this.b.center.id, scenario: '同城主中心整体断电' },
      ...{ plannedAt: this.clock.now(), cleanupHours: 4, items: [], idempotencyKey: newId(), ...more },
    };
  }

  async planned(more: Partial<PlanWish> = {}): Promise<string> {
    return idOf(await this.get(DrillPlanning).plan(this.operator, WHOLE_PROVINCE, this.wish(more)));
  }

  async row(id: string): Promise<DrillRow> {
    const row = await this.get(DrillViews).byId(WHOLE_PROVINCE, id);
    if (!row) throw new Error('no such drill');
    return row;
  }

  async items(id: string): Promise<ItemRow[]> {
    return (await this.get(DrillViews).itemsOf([id]))[0] ?? [];
  }

  async on(id: string) {
    return { id, expectedVersion: (await this.row(id)).version, idempotencyKey: newId() };
  }

  async press(
    id: string,
    number: number,
    by: Viewer,
    done = true,
  ): Promise<Result<{ id: string }, readonly Refusal[]>> {
    const wish = { ...(await this.on(id)), number, done, note: done ? '' : '业务页面打不开' };
    return this.get(DrillRunning).press(by, WHOLE_PROVINCE, wish);
  }

  async approve(id: string): Promise<void> {
    idOf(await this.get(DrillPlanning).approve(this.head, WHOLE_PROVINCE, await this.on(id)));
  }

  async precheck(id: string): Promise<Result<{ id: string }, readonly Refusal[]>> {
    return this.get(DrillPlanning).precheck(this.operator, WHOLE_PROVINCE, await this.on(id));
  }

  async start(id: string): Promise<void> {
    idOf(await this.get(DrillRunning).start(this.operator, WHOLE_PROVINCE, await this.on(id)));
  }

  async finish(id: string): Promise<void> {
    idOf(await this.get(DrillRunning).finish(this.operator, WHOLE_PROVINCE, await this.on(id)));
  }

  async abort(id: string): Promise<void> {
    const wish = { ...(await this.on(id)), reason: '演练条件不具备' };
    idOf(await this.get(DrillRunning).abort(this.operator, WHOLE_PROVINCE, wish));
  }

  /** One round of a worker, whose line to the cluster may be any. What it throws is a death: the next round is another's. */
  async round(through: Wrapped = (gateway) => gateway): Promise<void> {
    const of = (code: string) => {
      const gateway = this.clusters.of(code);
      return gateway && through(gateway);
    };
    await this.get(DrillSweep)
      .run({ of })
      .catch(() => undefined);
  }

  async drivenTo(id: string, state: DrillRow['state'], through?: Wrapped): Promise<void> {
    await until(`the drill is ${state}`, async () => {
      await this.round(through);
      return (await this.row(id)).state === state;
    });
  }

  /** Begun, declared and decided by three people. */
  async decided(id: string): Promise<void> {
    await this.approve(id);
    idOf(await this.precheck(id));
    await this.drivenTo(id, 'ISOLATED');
    await this.start(id);
    idOf(await this.press(id, 1, this.duty));
    idOf(await this.press(id, 2, this.operator));
    idOf(await this.press(id, 3, this.leader));
  }

  async close(): Promise<void> {
    await Promise.all([this.clusters?.close(), this.onlookers?.close()]);
    await this.app?.close();
    await this.served?.stop();
    rmSync(this.directory, { recursive: true, force: true });
  }
}
