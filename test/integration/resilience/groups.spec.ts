import { type AddressInfo, createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { FacilitiesService } from '../../../server/src/facilities/facilities.service.js';
import { type TenantScope, WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { auditSchemaOf } from '../../../server/src/platform/database/data-source.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { type Lease, Leases } from '../../../server/src/platform/database/lease.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { ChangeFeed } from '../../../server/src/platform/feed/change-feed.js';
import { RequestContext } from '../../../server/src/platform/graphql/request-context.js';
import { diskNameOf } from '../../../server/src/provisioning/domain/desired-manifests.js';
import type { ReplicationObject } from '../../../server/src/replication/domain/replication-object.js';
import { Replication } from '../../../server/src/replication/replication.service.js';
import { ArbiterRounds } from '../../../server/src/resilience/arbiter-rounds.service.js';
import { type CopyFilter, DataCopies } from '../../../server/src/resilience/data-copies.service.js';
import type { ArbiterPath } from '../../../server/src/resilience/domain/dr-link.js';
import { DrSweep } from '../../../server/src/resilience/dr-sweep.service.js';
import { type ComposeWish, GroupActs } from '../../../server/src/resilience/group-acts.service.js';
import { GroupForming } from '../../../server/src/resilience/group-forming.service.js';
import { GroupGrounds } from '../../../server/src/resilience/group-grounds.service.js';
import { GroupStanding } from '../../../server/src/resilience/group-standing.service.js';
import { GroupViews } from '../../../server/src/resilience/group-views.service.js';
import { GroupsRepository } from '../../../server/src/resilience/groups.repository.js';
import { Links } from '../../../server/src/resilience/links.service.js';
import { ResilienceResolver } from '../../../server/src/resilience/resilience.resolver.js';
import { DrSignalEntity } from '../../../server/src/resilience/signals.entity.js';
import { SignalsRepository } from '../../../server/src/resilience/signals.repository.js';
import type { ResourceRow } from '../../../server/src/resources/resources.types.js';
import { SystemSites } from '../../../server/src/resources/system-sites.service.js';
import { openTestApplication, type TestApplication, viewerWith } from '../../support/application.ts';
import { KindsDesk, type Site } from '../../support/kinds-desk.ts';
import { LifeDesk } from '../../support/life-desk.ts';
import { codesOf, idOf } from '../../support/request-journey.ts';

let ahead = 0;
const clock = { now: () => new Date(Date.now() + ahead) };
const MINUTE = 60_000;

let app: TestApplication;
let desk: KindsDesk;
let life: LifeDesk;
let [a, b, c]: Site[] = [];
const operator = viewerWith(['DR_OPERATOR'], null);
beforeAll(async () => {
  app = await openTestApplication(clock);
  desk = await KindsDesk.open(app);
  life = new LifeDesk(app, desk.journey);
  a = await desk.openSite('ACTIVE_A', {});
  b = await desk.openSite('ACTIVE_B', {});
  c = await desk.openSite('RECOVERY', {});
});
afterAll(() => app.close());

const get = <T>(type: new (...args: never[]) => T): T => app.context.get(type, { strict: false });
const sweep = async (times = 1) => {
  for (let n = 0; n < times; n += 1) {
    ahead += 31_000;
    await report();
    await get(DrSweep).run();
  }
};
/** As the workers of all centers would: what they see now. */
let seen = new Map<string, ReplicationObject[]>();
let silent = false;
async function report(): Promise<void> {
  if (silent) return;
  for (const site of [a, b, c])
    if (site)
      await get(UnitOfWork).run((tx) =>
        get(Replication).record(tx, site.center.id, freshly(seen.get(site.center.id) ?? [])),
      );
}
/** Whoever writes has just mirrored. */
const freshly = (objects: readonly ReplicationObject[]) =>
  objects.map((one) => ({ ...one, lastSyncAt: one.role === 'PRIMARY' ? clock.now() : null }));
const group = async () => {
  const [row] = await get(GroupsRepository).groups(null);
  if (!row) throw new Error('no group has formed');
  const [picture] = await get(GroupViews).pictures([row.id]);
  if (!picture) throw new Error('it cannot be loaded');
  return picture;
};
const mirror = (machine: ResourceRow, role: ReplicationObject['role'], problem: string | null = null) => ({
  ...{ kind: 'VolumeReplication' as const, namespace: machine.objectNamespace, name: `vr-${machine.objectName}` },
  ...{ volume: diskNameOf(machine.objectName), towards: null, role, problem, intervalSeconds: null },
  lastSyncAt: null,
});

describe('DR groups', () => {
  let machines: ResourceRow[] = [];
  const inCenter = (site: Site | undefined) => machines.filter(({ centerId }) => centerId === site?.center.id);

  it('form by themselves of a request with a DR mode, with a writer in A and a copy in B', async () => {
    const line = desk.line('VM', { localMode: 'DUAL_ACTIVE', remoteMode: 'NONE', count: 3 });
    const id = await desk.journey.submitted(desk.content([line]));
    idOf(await desk.journey.approve(id));
    machines = (await life.resources.ofRequests([id]))[0] ?? [];
    expect(machines).toHaveLength(6);
    await get(GroupForming).run();
    const { dataSets, facts, tiers } = await group();
    expect(tiers).toMatchObject([{ origin: 'FORMED', localMode: 'DUAL_ACTIVE', dataKind: 'SINGLE_WRITER' }]);
    expect(facts.tiers[0]?.members).toHaveLength(6);
    expect(dataSets[0]?.places.toSorted((x, y) => y.role.localeCompare(x.role))).toEqual([
      { centerId: a?.center.id, role: 'WRITER' },
      { centerId: b?.center.id, role: 'COPY' },
    ]);
    // Nothing differs: nothing is written.
    expect(await get(GroupForming).run()).toBe(0);
  });

  it('never have two writers of a data set, whoever writes them: not even 16 at once', async () => {
    const { dataSets } = await group();
    const dataSetId = dataSets[0]?.id as string;
    const write = (centerId: string) =>
      app.test.db.query("insert into dr_data_place (data_set_id, center_id, role, writer) values (?, ?, 'WRITER', 1)", [
        dataSetId,
        centerId,
      ]);
    const results = await Promise.allSettled(Array.from({ length: 16 }, () => write(newId())));
    expect(results.filter(({ status }) => status === 'fulfilled')).toEqual([]);
    await expect(
      app.test.db.query(
        "update dr_data_place set role = 'WRITER', writer = 1 where data_set_id = ? and role = 'COPY'",
        [dataSetId],
      ),
    ).rejects.toThrow(/Duplicate/);
    await expect(
      app.test.db.query("update dr_data_place set role = 'WRITER' where data_set_id = ? and role = 'COPY'", [
        dataSetId,
      ]),
    ).rejects.toThrow(/CONSTRAINT/);
    // A place that is none of the writer's is free to take: the key forbids the second writer and nothing else.
    await app.test.db.query("insert into dr_data_place (data_set_id, center_id, role) values (?, ?, 'COPY')", [
      dataSetId,
      newId(),
    ]);
  });

  it('take back copies that the modes name no longer, and never the writer', async () => {
    const [tier] = (await group()).tiers;
    if (!tier) throw new Error('no tier');
    const centers = await get(FacilitiesService).centers();
    const standing = await get(SystemSites).standing(null);
    const inA = standing.filter(({ centerId }) => centerId === a?.center.id);
    const place = (as: typeof tier, where: typeof standing) =>
      get(UnitOfWork).run((tx) => get(GroupForming).place(tx, as, where, centers));
    const roles = async () => ((await group()).dataSets[0]?.places ?? []).map(({ role }) => role).toSorted();
    await place({ ...tier, localMode: 'SINGLE' }, inA);
    expect(await roles()).toEqual(['WRITER']);
    await place(tier, standing);
    expect(await roles()).toEqual(['COPY', 'WRITER']);
  });

  it('are at risk while machines are made, and broken while nothing replicates their data', async () => {
    await sweep();
    expect((await group()).judgement).toMatchObject({ grade: 'AT_RISK', local: 'SINGLE' });
    for (const { id } of machines) await life.observe(id, 'RUNNING');
    machines = await Promise.all(machines.map(({ id }) => life.row(id)));
    await sweep();
    // They are there before what mirrors their disks: for ten minutes that is no evidence.
    const young = await group();
    expect(young.judgement).toMatchObject({ grade: 'UNKNOWN', local: null });
    expect(young.judgement.reasons.map(({ code }) => code)).toEqual(['SIGNAL_AWAITED']);
    const coverage = young.signals.find(({ name }) => name === 'REPLICATION_COVERAGE');
    expect((await get(GroupViews).history(coverage?.id as string, new Date(0)))[0]).toEqual([]);
    await sweep(20);
    const { judgement, row } = await group();
    expect(judgement.reasons.map(({ code }) => code)).toEqual(['DATA_NOT_DUAL_ACTIVE']);
    expect(row).toMatchObject({ grade: 'BROKEN' });
  });

  it('are kept once both centers mirror, and know a second primary as a split brain', async () => {
    const mirrored = (roleInB: ReplicationObject['role']) =>
      new Map([
        [a?.center.id ?? '', inCenter(a).map((one) => mirror(one, 'PRIMARY'))],
        [b?.center.id ?? '', inCenter(b).map((one) => mirror(one, roleInB))],
      ]);
    seen = mirrored('SECONDARY');
    await sweep();
    // Better is believed after two minutes only.
    expect((await group()).judgement.grade).toBe('BROKEN');
    await sweep(5);
    expect((await group()).judgement).toMatchObject({ grade: 'KEPT', local: 'DUAL_ACTIVE', reasons: [] });
    seen = mirrored('PRIMARY');
    await sweep(3);
    const { judgement } = await group();
    expect(judgement).toMatchObject({ grade: 'BROKEN' });
    expect(judgement.reasons).toMatchObject([{ signal: 'WRITER_COUNT', count: 2 }]);
    seen = mirrored('SECONDARY');
    await sweep(6);
    expect((await group()).judgement.grade).toBe('KEPT');
  });

  it('are UNKNOWN when the clusters are read no more, in the list as on the page, and never green', async () => {
    silent = true;
    ahead += 2 * MINUTE;
    expect((await group()).judgement).toMatchObject({ grade: 'UNKNOWN', local: null });
    // Nobody judges either: the list does not go on saying what was.
    const views = get(GroupViews);
    const filter = { systemId: null, departmentIds: null, search: null, ids: null };
    const read = async (id: string) => (await views.pictures([id]))[0] ?? null;
    expect([...(await views.graded(WHOLE_PROVINCE, filter, read)).values()]).toEqual(['UNKNOWN']);
    expect(await views.graded(WHOLE_PROVINCE, { ...filter, search: 'no such group' }, read)).toEqual(new Map());
    const none = await views.page(WHOLE_PROVINCE, { ...filter, ids: [] }, { first: 10, after: null });
    expect(none.totalCount).toBe(0);
    await get(DrSweep).run();
    expect((await group()).row.grade).toBe('UNKNOWN');
    silent = false;
    await sweep();
    expect((await group()).judgement.grade).toBe('KEPT');
  });

  it('have their copies listed with their age, the worst first, to whose they are, and never green when nobody reads them', async () => {
    const [one, two] = inCenter(a) as [ResourceRow, ResourceRow];
    const saved = seen;
    seen = new Map([
      [
        a?.center.id ?? '',
        [mirror(one, 'PRIMARY'), { ...mirror(two, 'PRIMARY', 'link down'), towards: b?.center.code ?? '' }],
      ],
      [b?.center.id ?? '', inCenter(b).map((machine) => mirror(machine, 'SECONDARY'))],
    ]);
    await report();
    const list = (of: Partial<CopyFilter> = {}, scope: TenantScope = WHOLE_PROVINCE) =>
      get(DataCopies).list(scope, { levels: [], systemId: null, search: null, ...of }, 10);
    const all = await list();
    expect(all.copies.map(({ level, machine, towards }) => [machine.id, level, towards?.id ?? null])).toEqual([
      [two.id, 'WARN', b?.center.id],
      // It does not say: an array mirrors between the two of a city.
      [one.id, 'GOOD', b?.center.id],
    ]);
    expect(all.counts.get('GOOD')).toBe(1);
    expect((await list({ levels: ['WARN'] })).total).toBe(1);
    expect((await list({ systemId: newId() })).total).toBe(0);
    expect((await list({ search: one.name.toUpperCase() })).copies.map(({ machine }) => machine.id)).toContain(one.id);
    expect((await list({}, { kind: 'DEPARTMENTS', departmentIds: [newId()] })).total).toBe(0);
    // A vendor's staff sees those of the systems that they are bound to, and of no other.
    const bound = (id: string): TenantScope => ({ kind: 'DEPARTMENTS', departmentIds: [], systemIds: [id] });
    expect((await list({}, bound(newId()))).total).toBe(0);
    const own = all.copies.filter(({ machine }) => machine.systemId === one.systemId);
    expect((await list({}, bound(one.systemId))).total).toBe(own.length);
    expect(own.length).toBeGreaterThan(0);
    ahead += 61_000;
    expect((await list()).copies.map(({ ageSeconds, level }) => [level, ageSeconds])).toEqual([
      ['UNKNOWN', null],
      ['UNKNOWN', null],
    ]);
    seen = saved;
    await sweep();
  });

  it('keep what was read as changes of level and as five-minute roll-ups, which become hours', async () => {
    const { signals } = await group();
    const count = signals.find(({ name }) => name === 'WRITER_COUNT');
    const [changes, rollups] = await get(GroupViews).history(count?.id as string, new Date(0));
    expect(changes.map(({ fromLevel, toLevel }) => `${fromLevel}>${toLevel}`)).toEqual([
      'CRITICAL>GOOD',
      'GOOD>CRITICAL',
      'null>GOOD',
    ]);
    const readings = rollups.reduce((sum, one) => sum + one.readings, 0);
    expect(rollups.length).toBeGreaterThan(1);
    expect(Math.max(...rollups.map(({ most }) => most))).toBe(2);
    ahead += 32 * 24 * 60 * MINUTE;
    await get(UnitOfWork).run((tx) => get(SignalsRepository).coarsen(tx));
    const [, coarse] = await get(GroupViews).history(count?.id as string, new Date(0));
    expect(coarse.every(({ minutes }) => minutes === 60)).toBe(true);
    expect(coarse.reduce((sum, one) => sum + one.readings, 0)).toBe(readings);
    await sweep();
  });

  it('say what comes of the loss of a center by the same facts', async () => {
    if (!a || !c) throw new Error('sites');
    const lost = await get(GroupViews).ifLost(WHOLE_PROVINCE, a.center);
    expect(lost.losses).toMatchObject([{ fate: 'SERVES_ON', dataLossSeconds: 0 }]);
    expect((await get(GroupViews).ifLost(WHOLE_PROVINCE, c.center)).losses).toMatchObject([{ fate: 'UNTOUCHED' }]);
  });

  it('are read and judged at once when a cluster says that data is carried otherwise, and not for each copy that came', async () => {
    if (!a) throw new Error('sites');
    const [before, judge] = [seen, get(DrSweep)];
    const told = async () => {
      const { row, signals } = await group();
      const coverage = signals.find(({ name, towards }) => name === 'REPLICATION_COVERAGE' && towards === 'ACTIVE_B');
      return { at: row.judgedAt, share: coverage?.value };
    };
    // The round that is due, and what follows from it.
    await judge.beat();
    await judge.beat();
    const first = await told();
    expect(first.share).toBe(100);
    ahead += 1_000;
    await report();
    await judge.beat();
    expect(await told()).toEqual(first);
    const [broken, ...well] = before.get(a.center.id) ?? [];
    if (!broken) throw new Error('mirrored');
    seen = new Map(before).set(a.center.id, [{ ...broken, problem: 'degraded' }, ...well]);
    // Who looks is told when it was read, and not before: an answer of what was would come first.
    let hints = 0;
    const stop = get(ChangeFeed).listen('dr', '*', () => {
      hints += 1;
    });
    await report();
    expect(hints).toBe(0);
    // What says the same again is kept by the round that is due, and nobody who looks waits for it.
    const kept = jest.spyOn(get(SignalsRepository), 'record');
    await judge.beat();
    expect(kept.mock.calls.flatMap(([, readings]) => readings.map(({ name }) => name))).toEqual([
      'REPLICATION_COVERAGE',
    ]);
    kept.mockRestore();
    expect(hints).toBeGreaterThan(0);
    stop();
    const then = await told();
    expect(then.share).toBeLessThan(100);
    expect(then.at?.getTime()).toBeGreaterThan(first.at?.getTime() ?? 0);
    seen = before;
    await sweep(6);
    expect((await group()).judgement.reasons).toEqual([]);
  });

  it('are read on where two operators carry one tier to the same center', async () => {
    const before = seen;
    const [one, two] = inCenter(a);
    if (!a || !one || !two) throw new Error('machines');
    const far = (machine: ResourceRow, kind: ReplicationObject['kind']) => ({
      ...{ ...mirror(machine, 'PRIMARY'), kind, name: `far-${machine.objectName}`, towards: c?.center.code ?? null },
    });
    const own = before.get(a.center.id) ?? [];
    seen = new Map(before).set(a.center.id, [...own, far(one, 'ReplicationSource'), far(two, 'VolumeReplication')]);
    await sweep();
    const { signals } = await group();
    const coverage = signals.filter(({ name, towards }) => name === 'REPLICATION_COVERAGE' && towards === 'RECOVERY');
    expect(coverage).toHaveLength(1);
    seen = before;
    await sweep(3);
    // Nobody reads it any more, and nobody promised it: it is no reason against the group.
    expect((await group()).judgement.reasons).toEqual([]);
  });

  it('are the same when the whole province is looked at as when they are asked for by name', async () => {
    const views = get(GroupViews);
    const { groups } = await views.links(WHOLE_PROVINCE, []);
    expect(groups.length).toBeGreaterThan(0);
    const named = await views.pictures(groups.map(({ row }) => row.id));
    expect(groups).toEqual(named.map((one) => ({ ...one, dataSets: undefined })));
    // Of them all, owed shares and shares that keep data alone are read without lists: by line they are as many.
    expect((await get(GroupGrounds).load(null)).groups.map(({ facts }) => facts)).toEqual(
      (await get(GroupGrounds).load(groups.map(({ row }) => row.id))).groups.map(({ facts }) => facts),
    );
  });

  it('are judged once for all whose list is open, and for a department as ever', async () => {
    const views = get(GroupViews);
    const all = await views.picturesOf(null);
    expect(await views.pictures(all.map(({ row }) => row.id))).toEqual(all);
    const looks = jest.spyOn(get(GroupGrounds), 'load');
    const counts = (viewer: typeof operator) =>
      get(ResilienceResolver).drGradeCounts(new RequestContext(viewer, 'zh', viewer, undefined, false), null);
    const told = await Promise.all(Array.from({ length: 8 }, () => counts(operator)));
    expect(looks.mock.calls.length).toBeLessThanOrEqual(2);
    looks.mockRestore();
    for (const one of told) expect(one.reduce((sum, { groups }) => sum + groups, 0)).toBe(all.length);
    const elsewhere = await counts(viewerWith(['DEPARTMENT_HEAD'], newId()));
    expect(elsewhere.reduce((sum, { groups }) => sum + groups, 0)).toBe(0);
  });

  it('are judged by all that is kept of a signal, and a level that goes on is no new one', async () => {
    const kept = await app.test.db.manager.find(DrSignalEntity, { order: { name: 'ASC', id: 'ASC' } });
    expect(kept.length).toBeGreaterThan(0);
    // Read as plain rows: a column that is left out there would be missed by nobody else.
    expect(await get(SignalsRepository).all()).toEqual(kept.map((one) => ({ ...one })));
    const changes = () => app.test.db.query('select count(*) as n from dr_signal_change');
    const before = await changes();
    await sweep(2);
    expect(await changes()).toEqual(before);
  });

  it('say which machines are in A only once some of B have gone', async () => {
    for (const { id } of inCenter(b).slice(0, 2)) idOf((await life.release(id)) as never);
    await sweep();
    const { reasons } = (await group()).judgement;
    expect(reasons).toMatchObject([{ code: 'MACHINES_MISSING', count: 2, of: 3, role: 'ACTIVE_B' }]);
    expect(reasons[0]?.resourceIds).toHaveLength(4);
  });

  it('are composed by hand of machines of one system, once, by whoever may, with an audit row', async () => {
    const { row } = await group();
    const [one] = inCenter(a);
    const wish: ComposeWish = {
      ...{ systemId: row.systemId, name: '前置', resourceIds: [one?.id], localMode: 'SINGLE', remoteMode: 'NONE' },
      ...{ layer: 'APPLICATION', dataKind: 'STATELESS', source: 'NONE', party: 'VENDOR', partyName: '某公司' },
      idempotencyKey: newId(),
    };
    const acts = get(GroupActs);
    const elsewhere = { kind: 'DEPARTMENTS' as const, departmentIds: [newId()] };
    const key = () => ({ ...wish, idempotencyKey: newId() });
    expect(codesOf((await acts.compose(operator, elsewhere, key())) as never)).toEqual(['UNKNOWN_REFERENCE']);
    expect(
      codesOf((await acts.compose(operator, WHOLE_PROVINCE, { ...key(), resourceIds: [newId()] })) as never),
    ).toEqual(['UNKNOWN_REFERENCE']);
    expect(
      codesOf((await acts.compose(operator, WHOLE_PROVINCE, { ...key(), partyName: '长'.repeat(61) })) as never),
    ).toEqual(['INVALID_INPUT']);
    const [first, again] = [
      await acts.compose(operator, WHOLE_PROVINCE, wish),
      await acts.compose(operator, WHOLE_PROVINCE, wish),
    ];
    expect(again).toEqual(first);
    expect(codesOf((await acts.compose(operator, WHOLE_PROVINCE, key())) as never)).toEqual(['INVALID_INPUT']);
    const composed = (await group()).tiers.find(({ origin }) => origin === 'COMPOSED');
    const facts = (await group()).facts.tiers;
    expect(facts.map(({ members }) => members.length).toSorted()).toEqual([1, 3]);
    const [{ n }] = await app.test.db.query(
      `select count(*) as n from ${auditSchemaOf(app.test.address.database)}.audit_event where action = 'drTier.compose' and outcome = 'DONE'`,
    );
    expect(Number(n)).toBe(1);
    const gone = { tierId: composed?.id, expectedVersion: 1, reason: '误建', idempotencyKey: newId() };
    expect((await acts.dissolve(operator, WHOLE_PROVINCE, gone)).ok).toBe(true);
    const formed = { ...gone, tierId: (await group()).tiers[0]?.id, idempotencyKey: newId() };
    expect(codesOf((await acts.dissolve(operator, WHOLE_PROVINCE, formed)) as never)).toEqual(['INVALID_INPUT']);
  });

  it('are judged by the next process at once when one has ended in good order', async () => {
    const next = newId();
    const take = () => get(Leases).take('dr-sweep', next, 1_000);
    await sweep();
    expect(await take()).toBeUndefined();
    await get(DrSweep).release();
    const taken = await take();
    expect(taken?.holder).toBe(next);
    if (taken) await get(Leases).release(taken);
    await sweep();
  });

  it('are read at once by whoever follows a holder that died, and not when its own next round is due', async () => {
    const follower = get(DrSweep);
    ahead += 31_000;
    await report();
    // Its round, and what follows from it.
    await follower.beat();
    await follower.beat();
    await follower.release();
    const before = (await group()).row.judgedAt;
    ahead += 1_000;
    await follower.formBeat();
    await follower.beat();
    expect((await group()).row.judgedAt?.getTime()).toBeGreaterThan(before?.getTime() ?? 0);
  });

  it('are not written over by a round that another process has overtaken', async () => {
    await sweep();
    const { db } = app.test;
    const newest = () => db.query('select max(observed_at) as at, count(*) as n from dr_signal');
    const before = await newest();
    const grounds = get(GroupGrounds);
    const load = grounds.load.bind(grounds);
    let next: Lease | undefined;
    // It stood still between reading and writing, for longer than its lease.
    const paused = jest.spyOn(grounds, 'load').mockImplementationOnce(async (ids) => {
      const loaded = await load(ids);
      await db.query("update lease set expires_at = utc_timestamp(3) where name = 'dr-sweep'");
      next = await get(Leases).take('dr-sweep', newId(), 60_000);
      return loaded;
    });
    ahead += 31_000;
    await report();
    await get(DrSweep).run();
    paused.mockRestore();
    expect(next).toBeDefined();
    expect(await newest()).toEqual(before);
    if (next) await get(Leases).release(next);
    await sweep();
    expect(await newest()).not.toEqual(before);
  });

  it('forget what another source told of a tier when its source changes', async () => {
    const ofTier = async () => {
      const { signals, tiers } = await group();
      return { tier: tiers[0], told: signals.filter(({ subjectId }) => subjectId === tiers[0]?.id).length };
    };
    const { tier, told } = await ofTier();
    expect(told).toBeGreaterThan(0);
    const edit = (source: 'CLUSTER' | 'NONE', expectedVersion: number) =>
      get(GroupActs).edit(operator, WHOLE_PROVINCE, {
        ...{ tierId: tier?.id, layer: 'STORAGE', dataKind: 'SINGLE_WRITER', source, party: 'CENTER', partyName: null },
        ...{ expectedVersion, idempotencyKey: newId() },
      });
    expect((await edit('NONE', tier?.version ?? 0)).ok).toBe(true);
    expect((await ofTier()).told).toBe(0);
    expect((await edit('CLUSTER', (tier?.version ?? 0) + 1)).ok).toBe(true);
    await sweep();
    expect((await ofTier()).told).toBeGreaterThan(0);
  });

  it('are promised what was set by one of two who saw the same version', async () => {
    const { row } = await group();
    const targets = {
      level: 5,
      rtoSeconds: 1_800,
      rpoSeconds: 300,
      dooSeconds: null,
      nroSeconds: null,
      elements: { DR_PLAN: 4 },
    };
    const wish = () => ({
      groupId: row.id,
      expectedVersion: row.version,
      targets,
      reason: '三级系统',
      idempotencyKey: newId(),
    });
    const results = await Promise.all([1, 2].map(() => get(GroupActs).setTargets(operator, WHOLE_PROVINCE, wish())));
    expect(results.flatMap((one) => (one.ok ? ['ok'] : codesOf(one as never))).toSorted()).toEqual([
      'VERSION_CONFLICT',
      'ok',
    ]);
    const wrong = {
      ...wish(),
      expectedVersion: row.version + 1,
      targets: { ...targets, level: 7, elements: { DR_PLAN: 9 } },
    };
    expect(codesOf((await get(GroupActs).setTargets(operator, WHOLE_PROVINCE, wrong)) as never)).toEqual([
      'INVALID_INPUT',
      'INVALID_INPUT',
    ]);
  });

  it('go with their last machine, unless somebody has said something of them', async () => {
    for (const { id } of machines) {
      await life.release(id);
      await life.observe(id, 'GONE').catch(() => undefined);
    }
    await app.test.db.query(
      "update resource set state = 'RELEASED', live = null, bin_until = null, bin_cause = null where system_id is not null",
    );
    await sweep();
    const { judgement, tiers } = await group();
    expect(tiers).toEqual([]);
    expect(judgement.reasons.map(({ code }) => code)).toEqual(['NO_MACHINES']);
    await app.test.db.query('update dr_group set version = 1');
    await sweep();
    expect(await get(GroupsRepository).groups(null)).toEqual([]);
  });
});

describe('the ways to the arbiter', () => {
  it('are asked where they have an address; with one lost their center is strained, with all of them it is bad', async () => {
    const arbiter = createServer((socket) => socket.end());
    await new Promise<void>((resolve) => arbiter.listen(0, '127.0.0.1', resolve));
    const { port } = arbiter.address() as AddressInfo;
    const links = get(Links);
    const pair = (await links.all()).find(({ mode }) => mode === 'SYNC');
    if (!pair) throw new Error('the pair has no link');
    const set = async (arbiterPaths: readonly ArbiterPath[]) => {
      const version = (await links.one(pair.id))?.version ?? 0;
      const wish = { linkId: pair.id, expectedVersion: version, arbiterPaths, idempotencyKey: newId() };
      return links.setPaths(operator, wish);
    };
    expect(codesOf(await set([{ from: 'ACTIVE_A', via: '电信', target: 'no port' }]))).toEqual(['INVALID_INPUT']);
    const there = { from: 'ACTIVE_A', via: '电信专线', target: `127.0.0.1:${port}` } as const;
    idOf(
      await set([
        there,
        { from: 'ACTIVE_A', via: '联通专线', target: '127.0.0.1:1' },
        { from: 'ACTIVE_B', via: '隧道' },
      ]),
    );
    const reach = async () => (await get(GroupStanding).arbiterReach([a?.center.id ?? '', b?.center.id ?? '']))[0];
    const asked = async () => {
      ahead += 31_000;
      return get(ArbiterRounds).run();
    };
    expect(await asked()).toBe(2);
    // It holds from its first sample on; what has no address is on record only.
    expect(await reach()).toMatchObject({ percent: 50, level: 'WARN' });
    await new Promise((resolve) => arbiter.close(resolve));
    await asked();
    await asked();
    expect(await reach()).toMatchObject({ percent: 0, level: 'CRITICAL' });
    // A way that nobody asks for any more says nothing, and keeps nobody unknown.
    idOf(await set([{ from: 'ACTIVE_A', via: '电信专线' }]));
    await asked();
    expect(await reach()).toBeNull();
  });
});
