import { ExecutionStepsModule } from '../../server/src/executions/execution-steps.module.js';
import type { Clock } from '../../server/src/kernel/clock.js';
import { diskNameOf } from '../../server/src/provisioning/domain/desired-manifests.js';
import { GroupForming } from '../../server/src/resilience/group-forming.service.js';
import { GroupsRepository } from '../../server/src/resilience/groups.repository.js';
import type { RemoteMode } from '../../server/src/systems/domain/system.js';
import { openTestApplication, type TestApplication } from './application.ts';
import { type FakeSite, FakeSites } from './fake-sites.ts';
import { KindsDesk, type Site } from './kinds-desk.ts';
import { LifeDesk } from './life-desk.ts';
import { PlayedDesk } from './played-desk.ts';
import { idOf } from './request-journey.ts';

/** A dual-active system over two centers with mirrored disks, people of three sides, and an engine to play executions. */
export class ExecutionDesk extends PlayedDesk {
  private constructor(
    app: TestApplication,
    kinds: KindsDesk,
    readonly sites: FakeSites,
    readonly a: Site & { readonly cluster: FakeSite },
    readonly b: Site & { readonly cluster: FakeSite },
    readonly c: Site & { readonly cluster: FakeSite },
    groupId: string,
  ) {
    super(app, kinds, groupId);
  }

  static async open(count: number, clock?: Clock, remoteMode: RemoteMode = 'NONE'): Promise<ExecutionDesk> {
    const sites = new FakeSites();
    const app = await openTestApplication(clock, [ExecutionStepsModule.on(sites)]);
    const kinds = await KindsDesk.open(app);
    const opened: (Site & { readonly cluster: FakeSite })[] = [];
    for (const role of ['ACTIVE_A', 'ACTIVE_B', 'RECOVERY'] as const) {
      const site = await kinds.openSite(role, { vcpu: 400 });
      opened.push({ ...site, cluster: sites.open(site.center.code, site.center.id, app.test.db) });
    }
    const [a, b, c] = opened as [(typeof opened)[0], (typeof opened)[0], (typeof opened)[0]];
    const life = new LifeDesk(app, kinds.journey);
    const line = kinds.line('VM', { localMode: 'DUAL_ACTIVE', remoteMode, count });
    const requestId = await kinds.journey.submitted(kinds.content([line]));
    idOf(await kinds.journey.approve(requestId));
    const machines = (await life.resources.ofRequests([requestId]))[0] ?? [];
    const remote = opened.find(({ center }) => center.role === 'RECOVERY')?.center.id;
    for (const { centerId, id } of machines) await life.observe(id, centerId === remote ? 'STOPPED' : 'RUNNING');
    await kinds.get(GroupForming).run();
    const [group] = await kinds.get(GroupsRepository).groups(null);
    if (!group) throw new Error('no group has formed');
    await app.test.db.query("update dr_tier set source = 'CLUSTER' where group_id = ?", [group.id]);
    for (const machine of machines) {
      const site = opened.find(({ center }) => center.id === machine.centerId);
      const role = site === a ? 'primary' : 'secondary';
      site?.cluster.put({
        apiVersion: 'replication.storage.openshift.io/v1alpha1',
        kind: 'VolumeReplication',
        metadata: { name: `vr-${machine.objectName}`, namespace: machine.objectNamespace },
        spec: {
          replicationState: role,
          dataSource: { kind: 'PersistentVolumeClaim', name: diskNameOf(machine.objectName) },
        },
        status: { state: role === 'primary' ? 'Primary' : 'Secondary', lastSyncTime: '2099-01-01T00:00:00Z' },
      });
    }
    for (const { cluster } of opened) await cluster.follow();
    return new ExecutionDesk(app, kinds, sites, a, b, c, group.id);
  }

  /** Reads clusters and database, and asks nothing of the console: of every data set one writer at most. */
  async check(): Promise<{ writers: string[]; primaries: Record<string, number> }> {
    const rows: { n: string; c: string | null }[] = await this.app.test.db.query(
      `select count(*) as n, max(p.center_id) as c from dr_data_place p where p.writer = 1 group by p.data_set_id`,
    );
    if (rows.some(({ n }) => Number(n) > 1)) throw new Error('two writers in the record');
    const primaries = { A: this.a.cluster.primaries, B: this.b.cluster.primaries, C: this.c.cluster.primaries };
    const alive = [this.a, this.b, this.c].filter(({ cluster }) => !cluster.cut && cluster.primaries > 0);
    if (alive.length > 1) throw new Error(`two centers write: ${JSON.stringify(primaries)}`);
    return { writers: rows.flatMap(({ c }) => c ?? []), primaries };
  }
}
