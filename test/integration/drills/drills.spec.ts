import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AuditService } from '../../../server/src/audit/audit.service.js';
import { canonicalJson } from '../../../server/src/audit/domain/canonical-json.js';
import { AuditSequencer } from '../../../server/src/audit/sequencer.js';
import { drillNamespace } from '../../../server/src/drills/domain/isolation.js';
import { DrillCalendar } from '../../../server/src/drills/drill-calendar.service.js';
import { DrillCluster } from '../../../server/src/drills/drill-cluster.js';
import { DrillGrounds } from '../../../server/src/drills/drill-grounds.service.js';
import { DrillPlanning } from '../../../server/src/drills/drill-planning.service.js';
import { DrillRunning } from '../../../server/src/drills/drill-running.service.js';
import { DrillSweep } from '../../../server/src/drills/drill-sweep.service.js';
import { DrillTickets } from '../../../server/src/drills/drill-tickets.service.js';
import { DrillViews } from '../../../server/src/drills/drill-views.service.js';
import { FrozenDrills } from '../../../server/src/drills/frozen-drills.service.js';
import { PastDrills } from '../../../server/src/drills/past-drills.service.js';
import { ExecutionRequests } from '../../../server/src/executions/execution-requests.service.js';
import { Freezes } from '../../../server/src/freezes/freezes.service.js';
import { calendarDate } from '../../../server/src/kernel/calendar.js';
import { WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { CRYPTO, type CryptoProvider } from '../../../server/src/platform/crypto/crypto-provider.js';
import { auditSchemaOf } from '../../../server/src/platform/database/data-source.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { Leases } from '../../../server/src/platform/database/lease.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { ClusterFailure } from '../../../server/src/provisioning/domain/cluster-failure.js';
import { keyOf, keyText, type Manifest } from '../../../server/src/provisioning/domain/cluster-object.js';
import type { ClusterGateway } from '../../../server/src/provisioning/domain/ports.js';
import { GroupActs } from '../../../server/src/resilience/group-acts.service.js';
import { GroupStanding } from '../../../server/src/resilience/group-standing.service.js';
import { GroupViews } from '../../../server/src/resilience/group-views.service.js';
import { GroupsRepository } from '../../../server/src/resilience/groups.repository.js';
import { GroupOccupations } from '../../../server/src/resilience/occupations.service.js';
import type { ResourceRow } from '../../../server/src/resources/resources.types.js';
import { DrillDesk } from '../../support/drill-desk.ts';
import { codesOf, idOf } from '../../support/request-journey.ts';

let desk: DrillDesk;
beforeAll(async () => {
  desk = await DrillDesk.open();
}, 120_000);
afterAll(() => desk?.close());

const KINDS = ['VirtualMachine', 'DataVolume', 'VirtualMachineSnapshot', 'NetworkPolicy'] as const;

/** All that stands in the cluster, as people would compare it: what is meant, and by whom it is marked. */
async function standing(): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const kind of KINDS)
    for (const object of await desk.onlooker.list(kind)) {
      const { labels, name, namespace = null, uid } = object.metadata;
      found.set(`${kind} ${keyText({ namespace, name })}`, JSON.stringify({ uid, labels, spec: object.spec }));
    }
  return found;
}

const shut = (kinds: Map<string, string>) =>
  [...kinds.keys()].filter((key) => !key.includes('jiyun-drill-deny')).toSorted();

/** What of the pool of the machines is promised, in vCPU. */
async function promisedVcpu(): Promise<number> {
  const [row] = await desk.app.test.db.query(
    "select live_amount as live from capacity_counter where kind = 'POOL' and meter = 'VCPU' and subject_id = ?",
    [desk.machines[0]?.poolId],
  );
  return Number(row.live);
}
const copiedVcpu = () => desk.machines.reduce((sum, { vcpu }) => sum + vcpu, 0);

describe('a simulated drill', () => {
  let id = '';
  let before: Map<string, string>;
  let promised = 0;

  it('is looked for a place before it is planned, and is told what is short', async () => {
    const grounds = desk.get(DrillGrounds);
    const places = await grounds.places(desk.groupId);
    expect(places.map(({ center, machines, ok }) => ({ name: center.id, machines, ok }))).toContainEqual({
      ...{ name: desk.b.center.id, machines: 2, ok: true },
    });
    const limit = (to: string) =>
      desk.app.test.db.query(
        `update capacity_counter set limit_amount = ${to} where kind = 'POOL' and meter = 'VCPU' and subject_id = ?`,
        [desk.machines[0]?.poolId],
      );
    const [{ had }] = await desk.app.test.db.query(
      "select limit_amount as had from capacity_counter where kind = 'POOL' and meter = 'VCPU' and subject_id = ?",
      [desk.machines[0]?.poolId],
    );
    await limit('live_amount + 1');
    const short = (await grounds.places(desk.groupId)).find(({ center }) => center.id === desk.b.center.id);
    expect(short).toMatchObject({ ok: false, text: { zh: expect.stringMatching(/需要 \d+ vCPU，余 1/) } });
    await limit(String(Number(had)));
    promised = await promisedVcpu();
  });

  it('is planned by one, approved by another of the owner’s, and never by himself', async () => {
    before = await standing();
    expect(
      codesOf(
        await desk
          .get(DrillPlanning)
          .plan(desk.operator, WHOLE_PROVINCE, desk.wish({ scenario: ' ', cleanupHours: 73 })),
      ),
    ).toEqual(['INVALID_INPUT', 'INVALID_INPUT']);
    id = await desk.planned({ items: [{ title: '核对窗口业务办件', limitSeconds: 600 }] });
    const planner = { ...desk.head, userId: desk.operator.userId };
    const own = await desk.get(DrillPlanning).approve(planner, WHOLE_PROVINCE, await desk.on(id));
    expect(codesOf(own)).toEqual(['NOT_PERMITTED']);
    expect(codesOf(await desk.get(DrillPlanning).approve(desk.operator, WHOLE_PROVINCE, await desk.on(id)))).toEqual([
      'UNKNOWN_REFERENCE',
    ]);
    expect(codesOf(await desk.precheck(id))).toEqual(['ILLEGAL_TRANSITION']);
    await desk.approve(id);
    expect((await desk.row(id)).state).toBe('APPROVED');
  });

  it('has its group to itself from the precheck on, also against 16 at once', async () => {
    idOf(await desk.precheck(id));
    // Its copies have their room from now on: nobody else is promised it.
    expect(await promisedVcpu()).toBe(promised + copiedVcpu());
    const stranger = () => ({ byKind: 'EXECUTION' as const, byId: newId(), byCode: 'QH-2026-000001' });
    const holders = await Promise.all(
      Array.from({ length: 16 }, () =>
        desk.get(UnitOfWork).run((tx) => desk.get(GroupOccupations).occupy(tx, desk.groupId, stranger())),
      ),
    );
    const self = { byKind: 'DRILL', byId: id, byCode: (await desk.row(id)).code };
    for (const holder of holders) expect(holder).toMatchObject(self);
    const other = await desk.planned();
    await desk.approve(other);
    expect(codesOf(await desk.precheck(other))).toEqual(['NOT_PERMITTED']);
    await expect(
      desk.app.test.db.query("update dr_drill set state = 'PRECHECKED', held_group_id = group_id where id = ?", [
        other,
      ]),
    ).rejects.toThrow(/Duplicate/);
    await expect(desk.app.test.db.query("update dr_drill set state = 'CLOSED' where id = ?", [id])).rejects.toThrow(
      /CONSTRAINT/,
    );
    const cancelled = { ...(await desk.on(other)), reason: '撞期' };
    idOf(await desk.get(DrillPlanning).cancel(desk.operator, WHOLE_PROVINCE, cancelled));
  });

  it('can neither touch production nor be closed uncleaned: by its wall, and by SQL', async () => {
    const sql = (text: string, values: unknown[] = []) => desk.app.test.db.query(text, values);
    const { code } = await desk.row(id);
    const [{ departmentCode = '', objectName = '', objectNamespace = '' } = {}] =
      desk.machines as Partial<ResourceRow>[];
    const wall = new DrillCluster(desk.onlooker, { code, departmentCode }, () => {});
    const production = { kind: 'VirtualMachine', namespace: objectNamespace, name: objectName } as const;
    const live = await desk.onlooker.get(production);
    if (!live) throw new Error('it does not stand there');
    await expect(wall.remove(production)).rejects.toThrow(/may not touch/);
    const halted = { ...live, spec: { ...(live.spec as object), runStrategy: 'Halted' } } as unknown as Manifest;
    await expect(wall.make(halted)).rejects.toThrow(/may not touch/);
    await expect(wall.keep(halted)).rejects.toThrow(/may not touch/);
    expect((await desk.onlooker.get(production))?.metadata.uid).toBe(live.metadata.uid);
    // There is no drill of another kind, and no entry of a drill that would move anything.
    await expect(sql("update dr_drill set kind = 'LIVE' where id = ?", [id])).rejects.toThrow(/CONSTRAINT/);
    for (const action of ['HALT_SOURCE', 'PROMOTE_TARGET', 'SWITCH_TRAFFIC'])
      await expect(
        sql('update dr_drill_item set code = ? where drill_id = ? and number = 1', [action.slice(0, 12), id]),
      ).rejects.toThrow(/CONSTRAINT/);
    for (const state of ['CLOSED', 'CANCELLED'])
      await expect(sql('update dr_drill set state = ? where id = ?', [state, id])).rejects.toThrow(/CONSTRAINT/);
  });

  it('runs on copies in a shut place, ticked by people and by what is read at the cluster', async () => {
    await desk.drivenTo(id, 'ISOLATED');
    await desk.start(id);
    expect(codesOf(await desk.press(id, 2, desk.operator))).toEqual(['NOT_PERMITTED']);
    idOf(await desk.press(id, 1, desk.duty));
    idOf(await desk.press(id, 2, desk.operator));
    expect(codesOf(await desk.press(id, 3, desk.operator))).toEqual(['NOT_PERMITTED']);
    idOf(await desk.press(id, 3, desk.leader));
    expect(codesOf(await desk.press(id, 4, desk.operator))).toEqual(['NOT_PERMITTED']);
    await expect(
      desk.app.test.db.query("insert into dr_drill_mark (drill_id, mark, at) values (?, 'T3', now(3))", [id]),
    ).rejects.toThrow(/Duplicate/);
    // The machines answer; then comes what its planner added, and the owner last.
    for (let rounds = 0; (await desk.items(id))[7]?.state !== 'DONE'; rounds += 1) {
      if (rounds > 400) throw new Error(JSON.stringify(await desk.items(id)));
      await desk.round();
    }
    const copies = (await desk.get(DrillViews).copiesOf([id]))[0] ?? [];
    expect(copies.map(({ state }) => state)).toEqual(['READY', 'READY']);
    const [{ departmentCode = '' } = {}] = desk.machines as { departmentCode?: string }[];
    const namespace = drillNamespace({ departmentCode });
    const running = (await desk.onlooker.list('VirtualMachineInstance')).filter(
      ({ metadata }) => metadata.namespace === namespace,
    );
    expect(running).toHaveLength(2);
    idOf(await desk.press(id, 9, desk.operator));
    expect((await desk.row(id)).state).toBe('VALIDATING');
    expect(codesOf(await desk.press(id, 10, desk.operator))).toEqual(['NOT_PERMITTED']);
    idOf(await desk.press(id, 10, desk.head));
  });

  it('leaves production as it was, and nothing of itself', async () => {
    const during = await standing();
    for (const [key, was] of before) expect([key, during.get(key)]).toEqual([key, was]);
    await desk.finish(id);
    await desk.drivenTo(id, 'CLOSED');
    expect(shut(await standing())).toEqual(shut(before));
    expect(await promisedVcpu()).toBe(promised);
    for (const [key, was] of before) expect([key, (await standing()).get(key)]).toEqual([key, was]);
  });

  it('is measured, not typed: eight moments in their order, a signed report, and a ticket for each deviation', async () => {
    const { outcome, report, reportHash, signature, signatureKeyId } = await desk.row(id);
    expect(report?.marks.map(({ mark }) => mark)).toEqual(['T0', 'T1', 'T2', 'T3', 'T4', 'T5', 'T6', 'T7']);
    const times = report?.marks.map(({ at }) => at) ?? [];
    expect(times).toEqual(times.toSorted());
    expect(report?.marks.map(({ by }) => by)).toEqual([
      '高子轩',
      '孙立新',
      '高子轩',
      '王厅',
      null,
      null,
      null,
      '李主任',
    ]);
    expect(report?.measured.rtoSeconds).toBeGreaterThanOrEqual(0);
    const crypto = desk.app.context.get<CryptoProvider>(CRYPTO, { strict: false });
    expect(crypto.sm3(canonicalJson(report)).toString('hex')).toBe(reportHash);
    const signed = { keyId: signatureKeyId ?? '', signature: signature ?? '' };
    expect(await crypto.verifySignature(reportHash ?? '', signed)).toBe(true);
    const entries: { said: string }[] = await desk.app.test.db.query(
      `select after_json as said from ${auditSchemaOf(desk.app.test.owner.database)}.audit_event
       where action = 'drDrill.close' and object_id = ?`,
      [id],
    );
    expect(entries.map(({ said }) => said)).toEqual([expect.stringContaining(reportHash ?? '?')]);
    // What whoever inspects it asks for is in it, and where it stands in the chain.
    expect(report).toMatchObject({ checks: [{}, {}, {}, {}, {}], cleanup: { attempts: 1 }, dataPoint: null });
    await desk.get(AuditSequencer).runOnce();
    const { closedAt } = await desk.row(id);
    expect(await desk.get(AuditService).linkOf(id, closedAt as Date)).toMatchObject({
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    // Its age is known to the group from now on.
    expect((await desk.get(GroupStanding).byIds([desk.groupId]))[0]?.drilledAt).toEqual(closedAt);
    // No target is set: nothing is missed, and nothing says of when the data of B was.
    expect(outcome).toBe('PASSED');
    const tickets = (await desk.get(DrillTickets).ofDrills([id]))[0] ?? [];
    expect(tickets.map(({ deviation }) => deviation)).toEqual(report?.deviations.map(({ code }) => code));
  });

  it('leaves its clusters at the end of a process to whoever comes next', async () => {
    const name = `drills/${desk.b.center.code}`;
    const leases = desk.get(Leases);
    expect(await leases.take(name, 'another', 1_000)).toBeUndefined();
    await desk.get(DrillSweep).release();
    const next = await leases.take(name, 'another', 1_000);
    expect(next).toMatchObject({ holder: 'another' });
    if (next) await leases.release(next);
  });
});

describe('a drill that is talked through', () => {
  it('closes at once with its report in the audit, and is no proof of copies', async () => {
    const provedAt = async () => (await desk.get(GroupStanding).byIds([desk.groupId]))[0]?.drilledAt;
    const before = await provedAt();
    const id = await desk.planned({ kind: 'TABLETOP', centerId: null });
    await desk.approve(id);
    idOf(await desk.precheck(id));
    await desk.start(id);
    for (const [index, by] of [desk.duty, desk.operator, desk.leader, desk.head].entries())
      idOf(await desk.press(id, index + 1, by));
    await desk.finish(id);
    const { closedAt, outcome, reportHash, state } = await desk.row(id);
    expect([state, outcome]).toEqual(['CLOSED', 'PASSED']);
    const [said] = await desk.app.test.db.query(
      `select after_json as after from ${auditSchemaOf(desk.app.test.owner.database)}.audit_event
       where object_id = ? and occurred_at = ?`,
      [id, closedAt],
    );
    expect(said?.after).toContain(reportHash);
    expect(await provedAt()).toEqual(before);
  });
});

describe('a cleanup', () => {
  const failing = (gateway: ClusterGateway): ClusterGateway =>
    new Proxy(gateway, {
      get: (target, key) =>
        key === 'remove'
          ? () => Promise.reject(new ClusterFailure('PERMANENT', 'a finalizer is stuck'))
          : (Reflect.get(target, key).bind?.(target) ?? Reflect.get(target, key)),
    });

  it('that fails keeps the group from everything else until somebody has put it right', async () => {
    const id = await desk.planned();
    await desk.decided(id);
    await desk.round();
    await desk.round();
    await desk.abort(id);
    await desk.drivenTo(id, 'CLEANUP_FAILED', failing);
    // So is its group said to be, where promises are judged and people are called.
    const blocked = () => desk.get(GroupOccupations).blocked();
    expect([...(await blocked())]).toEqual([desk.groupId]);
    const judged = (await desk.get(GroupViews).pictures([desk.groupId]))[0]?.judgement;
    expect(judged?.reasons.map(({ code: why }) => why)).toContain('CLEANUP_FAILED');
    const other = await desk.planned({ kind: 'TABLETOP', centerId: null });
    await desk.approve(other);
    expect(codesOf(await desk.precheck(other))).toEqual(['NOT_PERMITTED']);
    // Nor is production moved meanwhile: the request is told by what the group is held.
    const { code } = await desk.row(id);
    const asked = await desk.get(ExecutionRequests).request(desk.duty, WHOLE_PROVINCE, {
      ...{ groupId: desk.groupId, kind: 'SWITCHOVER', toCenterId: desk.b.center.id, idempotencyKey: newId() },
      reason: '年度切换',
    });
    expect(asked).toMatchObject({
      ok: false,
      error: [{ reason: 'GROUP_OCCUPIED', message: { zh: expect.stringContaining(code) } }],
    });
    idOf(await desk.get(DrillRunning).retryCleanup(desk.operator, WHOLE_PROVINCE, await desk.on(id)));
    // Whoever tries again has not put it right yet: nobody's alert ends for that.
    expect([...(await blocked())]).toEqual([desk.groupId]);
    await desk.drivenTo(id, 'CLOSED');
    expect((await blocked()).size).toBe(0);
    const { outcome, report } = await desk.row(id);
    expect(outcome).toBe('ABORTED');
    expect(report?.deviations.map(({ code }) => code)).toEqual(['ABORTED', 'CLEANUP_LATE']);
    idOf(await desk.precheck(other));
    await desk.abort(other);
    expect((await desk.row(other)).state).toBe('CLOSED');
  });

  it('comes by itself when its time is over, whoever is in the midst of it', async () => {
    const id = await desk.planned({ cleanupHours: 1 });
    await desk.decided(id);
    await desk.round();
    desk.ahead += 3_700_000;
    await desk.drivenTo(id, 'CLOSED');
    expect(await desk.row(id)).toMatchObject({ outcome: 'ABORTED', abortReason: '到达清理时限，由系统中止' });
  });
});

describe('what cannot be done', () => {
  it('ends all the same where no object can have the name of a copy', async () => {
    const id = await desk.planned();
    await desk.decided(id);
    // Meanwhile nobody changes what it is made of.
    const [tier] = await desk.get(GroupsRepository).tiers([desk.groupId]);
    const edited = await desk.get(GroupActs).edit(desk.operator, WHOLE_PROVINCE, {
      ...{ tierId: tier?.id, expectedVersion: tier?.version ?? 0, layer: 'STORAGE', dataKind: 'STATELESS' },
      ...{ source: 'CLUSTER', party: 'CENTER', partyName: null, idempotencyKey: newId() },
    } as never);
    expect(codesOf(edited)).toEqual(['NOT_PERMITTED']);
    await desk.app.test.db.query('update dr_drill_machine set object_name = ? where drill_id = ?', [
      'x'.repeat(60),
      id,
    ]);
    for (let n = 0; n < 20 && (await desk.items(id))[4]?.state !== 'FAILED'; n += 1) await desk.round();
    expect((await desk.items(id))[4]).toMatchObject({ code: 'SNAPSHOT', state: 'FAILED' });
    await desk.abort(id);
    await desk.drivenTo(id, 'CLOSED');
  });

  it('is said to have failed where nobody has a way to the cluster', async () => {
    const id = await desk.planned();
    await desk.decided(id);
    await desk.abort(id);
    const blind = () => desk.get(DrillSweep).run({ of: () => undefined });
    await blind();
    expect((await desk.row(id)).state).toBe('CLEANING_UP');
    desk.ahead += 16 * 60_000;
    await blind();
    expect(await desk.row(id)).toMatchObject({
      state: 'CLEANUP_FAILED',
      trouble: expect.stringContaining('集群连接'),
      troubleEn: expect.stringContaining('no cluster'),
    });
    idOf(await desk.get(DrillRunning).retryCleanup(desk.operator, WHOLE_PROVINCE, await desk.on(id)));
    await desk.drivenTo(id, 'CLOSED');
  });

  it('starts no copy where somebody has opened a way out since', async () => {
    const id = await desk.planned();
    await desk.decided(id);
    for (let n = 0; n < 400 && (await desk.items(id))[5]?.state !== 'DONE'; n += 1) await desk.round();
    const [{ departmentCode = '' } = {}] = desk.machines as { departmentCode?: string }[];
    const namespace = drillNamespace({ departmentCode });
    const key = { kind: 'NetworkPolicy', namespace, name: 'way-out' } as const;
    await desk.onlooker.apply({
      ...{ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'way-out', namespace } },
      spec: { podSelector: {}, policyTypes: ['Egress'], egress: [{}] },
    });
    await desk.round();
    await desk.round();
    const made = (await desk.onlooker.list('VirtualMachine')).filter(
      ({ metadata }) => metadata.namespace === namespace,
    );
    expect(made).toEqual([]);
    expect((await desk.row(id)).trouble).toContain('放行');
    await desk.onlooker.remove(key, { uid: (await desk.onlooker.get(key))?.metadata.uid ?? '' });
    await desk.abort(id);
    await desk.drivenTo(id, 'CLOSED');
  });
});

describe('a worker that dies at every write, before it and after it', () => {
  it('makes each copy once, goes on where it was, and leaves nothing', async () => {
    const before = shut(await standing());
    const tried = new Map<string, number>();
    const made = new Map<string, number>();
    const die = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
      const times = (tried.get(name) ?? 0) + 1;
      tried.set(name, times);
      if (times === 1) throw new Error(`died before ${name}`);
      const done = await work();
      if (times === 2) throw new Error(`died after ${name}`);
      return done;
    };
    const mortal = (gateway: ClusterGateway): ClusterGateway =>
      new Proxy(gateway, {
        get: (target, key) => {
          if (key === 'apply')
            return (...args: Parameters<ClusterGateway['apply']>) => {
              const { kind, name } = keyOf(args[0]);
              if (args[1]?.only === null) made.set(`${kind} ${name}`, (made.get(`${kind} ${name}`) ?? 0) + 1);
              return die(`apply ${kind} ${name}`, () => target.apply(...args));
            };
          if (key === 'remove')
            return (...args: Parameters<ClusterGateway['remove']>) =>
              die(`remove ${args[0].kind} ${args[0].name}`, () => target.remove(...args));
          const value = Reflect.get(target, key);
          return typeof value === 'function' ? value.bind(target) : value;
        },
      });
    const id = await desk.planned();
    await desk.approve(id);
    idOf(await desk.precheck(id));
    await desk.drivenTo(id, 'ISOLATED', mortal);
    await desk.start(id);
    idOf(await desk.press(id, 1, desk.duty));
    idOf(await desk.press(id, 2, desk.operator));
    idOf(await desk.press(id, 3, desk.leader));
    await desk.drivenTo(id, 'VALIDATING', mortal);
    expect(codesOf(await desk.press(id, 9, desk.head, false))).toEqual([]);
    await desk.finish(id);
    await desk.drivenTo(id, 'CLOSED', mortal);
    expect(shut(await standing())).toEqual(before);
    // Two machines with a disk each: a snapshot, a disk and a machine of each, and the way inside.
    expect([...made.keys()]).toHaveLength(7);
    const { outcome, report } = await desk.row(id);
    expect([outcome, report?.deviations.map(({ code }) => code)]).toEqual(['MISSED', ['NOT_VERIFIED']]);
  });
});

describe('a freeze', () => {
  const set = async (centerId: string) =>
    idOf(
      await desk.get(Freezes).set(desk.operator, {
        ...{ title: '重保', reason: '通知', centerIds: [centerId], idempotencyKey: newId() },
        ...{ fromAt: whole(desk.clock.now().getTime()), toAt: whole(desk.clock.now().getTime() + 6 * 3_600_000) },
      }),
    );
  const over = (id: string) => desk.app.test.db.query('update change_freeze set ended_at = from_at where id = ?', [id]);
  const whole = (ms: number) => new Date(Math.floor(ms / 60_000) * 60_000);
  const release = async (freezeId: string, id: string) =>
    idOf(
      await desk.get(Freezes).release(desk.leader, {
        ...{ freezeId, subject: { type: 'Drill', id }, subjectName: 'x', reason: '上级要求', idempotencyKey: newId() },
        until: new Date(desk.clock.now().getTime() + 3_600_000),
      }),
    );

  it('of where the copies would stand, or of where the system does, keeps copies from being made; what is talked through goes on', async () => {
    const id = await desk.planned();
    await desk.approve(id);
    const foreseen = async () => (await desk.get(FrozenDrills).foreseen(await desk.row(id), desk.clock.now()))?.code;
    expect(await foreseen()).toBeUndefined();
    const [{ id: elsewhere }] = await desk.app.test.db.query("select id from center where role = 'ACTIVE_A'");
    for (const centerId of [desk.b.center.id, elsewhere]) {
      const freezeId = await set(centerId);
      expect(await foreseen()).toBe('CHANGE_FROZEN');
      expect(await desk.precheck(id)).toMatchObject({ ok: false, error: [{ code: 'CHANGE_FROZEN', freezeId }] });
      expect(await desk.row(id)).toMatchObject({ state: 'APPROVED', heldGroupId: null });
      await over(freezeId);
    }
    const freezeId = await set(desk.b.center.id);
    const talked = await desk.planned({ kind: 'TABLETOP', centerId: null });
    await desk.approve(talked);
    idOf(await desk.precheck(talked));
    await desk.abort(talked);
    const cancelled = { ...(await desk.on(id)), reason: '封网' };
    idOf(await desk.get(DrillPlanning).cancel(desk.operator, WHOLE_PROVINCE, cancelled));
    await over(freezeId);
  });

  it('that began since is asked again before the clock runs; a leader lets one drill through, and breaking off asks nobody', async () => {
    const id = await desk.planned();
    const other = await desk.planned();
    for (const each of [id, other]) await desk.approve(each);
    const freezeId = await set(desk.b.center.id);
    await release(freezeId, id);
    expect(codesOf(await desk.precheck(other))).toEqual(['CHANGE_FROZEN']);
    idOf(await desk.precheck(id));
    await desk.drivenTo(id, 'ISOLATED');
    await desk.app.test.db.query('update change_freeze_release set until = given_at where freeze_id = ?', [freezeId]);
    const start = await desk.get(DrillRunning).start(desk.operator, WHOLE_PROVINCE, await desk.on(id));
    expect(start).toMatchObject({ ok: false, error: [{ code: 'CHANGE_FROZEN', freezeId }] });
    expect((await desk.row(id)).state).toBe('ISOLATED');
    await desk.abort(id);
    await desk.drivenTo(id, 'CLOSED');
    await over(freezeId);
    const cancelled = { ...(await desk.on(other)), reason: '改期' };
    idOf(await desk.get(DrillPlanning).cancel(desk.operator, WHOLE_PROVINCE, cancelled));
  });
});

describe('the calendar', () => {
  it('asks for what the rule says, tells of what is overdue once a day and each due day once', async () => {
    const entries = async () => (await desk.get(DrillCalendar).of(WHOLE_PROVINCE)).entries;
    expect((await entries()).map(({ kind, state }) => [kind, state])).toEqual([
      ['SIMULATED', 'FINE'],
      ['TABLETOP', 'FINE'],
    ]);
    desk.ahead += 200 * 86_400_000;
    const [due] = await entries();
    expect(due).toMatchObject({ kind: 'SIMULATED', state: 'OVERDUE', planned: null });
    await desk.get(DrillCalendar).tell();
    await desk.get(DrillCalendar).tell();
    const told = await desk.app.test.db.query("select once_key from notice where once_key like 'dr-drill-due/%'");
    expect(told).toEqual([{ once_key: `dr-drill-due/${desk.groupId}/SIMULATED/${calendarDate(due?.dueAt as Date)}` }]);
  });
});

describe('a drill of the time before', () => {
  it('is judged, reported and signed as one of today, as of its own day, and stands in the audit', async () => {
    const begunAt = new Date(desk.clock.now().getTime() - 100 * 86_400_000);
    const [planner, other] = [desk.operator, desk.head];
    const plan = {
      ...{ groupId: desk.groupId, kind: 'SIMULATED' as const, centerId: desk.b.center.id, scenario: '机房断电' },
      ...{ plannedBy: planner, approvedBy: other, begunAt, own: [], dataAgeSeconds: 30, cleanupHours: 4 },
      ...{ cleanupSeconds: 120, rectified: { days: 10, by: '高', note: '已修订' } },
      entries: [60, 120, 120, 8, 60, 2_400, 90, 60, 300].map((seconds, at) => ({
        ...{ seconds, by: at < 3 ? planner : at === 8 ? other : null },
      })),
    };
    const id = idOf(await desk.get(PastDrills).takeOver(desk.operator, plan));
    const row = await desk.row(id);
    const endsAt = begunAt.getTime() + (60 + 120 + 120 + 8 + 60 + 2_400 + 90 + 60 + 300) * 1_000;
    expect(row).toMatchObject({ state: 'CLOSED', heldGroupId: null, closedAt: new Date(endsAt + 120_000) });
    expect(row.report?.measured).toMatchObject({ rtoSeconds: 3_218, rpoSeconds: 30 });
    expect(row.report?.deviations.map(({ code }) => code)).toContain('ITEM_LATE');
    const crypto = desk.app.context.get<CryptoProvider>(CRYPTO, { strict: false });
    expect(crypto.sm3(canonicalJson(row.report)).toString('hex')).toBe(row.reportHash);
    const [tickets = []] = await desk.get(DrillTickets).ofDrills([id]);
    expect(tickets.length).toBe(row.report?.deviations.length);
    for (const { doneAt, dueOn, state } of tickets) {
      expect(state).toBe('DONE');
      expect(dueOn > calendarDate(begunAt) && doneAt !== null && doneAt < desk.clock.now()).toBe(true);
    }
    expect(await desk.app.test.db.query('select by_id from dr_group_occupation where by_id = ?', [id])).toEqual([]);
    const [{ n }] = await desk.app.test.db.query(
      `select count(*) as n from \`${auditSchemaOf(desk.app.test.owner.database)}\`.audit_event where object_id = ?`,
      [id],
    );
    expect(Number(n)).toBe(1);
  });
});
