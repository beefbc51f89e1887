import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Freezes } from '../../../server/src/freezes/freezes.service.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { ClusterFailure } from '../../../server/src/provisioning/domain/cluster-failure.js';
import { CONSUMER } from '../../../server/src/provisioning/domain/desired-host.js';
import { HostActs } from '../../../server/src/servers/host-acts.service.js';
import { HostOrders } from '../../../server/src/servers/host-orders.service.js';
import { HostRecords } from '../../../server/src/servers/host-records.service.js';
import { viewerWith } from '../../support/application.ts';
import { comingInCases } from '../../support/hosts/coming-in-cases.ts';
import { firstBootCases } from '../../support/hosts/first-boot-cases.ts';
import {
  act,
  app,
  closeHouse,
  desk,
  engineer,
  events,
  gateway,
  get,
  giveOut,
  hostOf,
  IMAGE,
  inCluster,
  isFree,
  keyOf,
  move,
  openHouse,
  reaches,
  row,
  SERVERS,
  site,
  startWorker,
  stopWorkers,
} from '../../support/hosts/house.ts';
import { Mortal } from '../../support/mortal.ts';
import { codesOf, idOf } from '../../support/request-journey.ts';
import { until } from '../../support/until.ts';

/** More than a server's whole life has steps; every third of them is died at. */
const DEATHS_MAX = 90;
const DEATHS_APART = 3;

beforeAll(openHouse, 120_000);
afterEach(stopWorkers);
afterAll(closeHouse);

describe('servers that a cluster installs', () => {
  it('are found by their serial numbers, and a granted line is carried to its delivery', async () => {
    await startWorker();
    await until('all are available', async () => {
      const known = await get(HostRecords).desiredIn(site.center.id);
      return known.length === SERVERS - 1 && known.every(({ phase }) => phase === 'AVAILABLE');
    });
    const one = desk.line('SERVER', { count: 2, centerId: site.center.id, localMode: 'SINGLE', remoteMode: 'NONE' });
    const requestId = await desk.journey.submitted(desk.content([one]));
    await desk.journey.approve(requestId);
    expect((await desk.journey.row(requestId)).state).toBe('PROVISIONING');
    await until('it is delivered', async () => (await desk.journey.row(requestId)).state === 'DELIVERED');
    const ids: { id: string }[] = await app.test.db.query("select id from server where state = 'IN_USE'");
    expect(ids).toHaveLength(2);
    for (const { id } of ids) {
      const host = await hostOf(id);
      expect(host).toMatchObject({ phase: 'RUNNING', poweredOn: true, image: { name: IMAGE.name } });
      const found = await inCluster(id);
      expect(found?.object.spec).toMatchObject({
        consumerRef: { ...CONSUMER, name: host.useId },
        image: { url: IMAGE.url, checksum: 'a'.repeat(64), checksumType: 'sha256' },
      });
      const told = (await events(id)).filter(({ actor_name }) => actor_name === 'Metal3');
      expect(told.map(({ kind }) => kind)).toEqual(['HOST_FOUND', 'CLAIMED', 'HOST']);
      expect(told.at(-1)?.text).toContain('装机完成');
    }
    // What the cluster does is nobody's work.
    expect(await app.test.db.query('select 1 from work_order')).toEqual([]);
    for (const { id } of ids) {
      idOf(await move(id, 'RETURN'));
      await isFree(id);
    }
  });

  it('are people’s as before where one of a line has no host', async () => {
    const far = await desk.openSite('ACTIVE_B', { servers: 1 });
    const taken = await get(UnitOfWork).run((tx) =>
      get(HostOrders).take(tx, [
        { lineId: newId(), requestCode: 'SQ', serverIds: far.serverIds, imageOf: () => IMAGE },
      ]),
    );
    expect(taken).toEqual(new Set());
  });

  it('are released in two phases: claimed until the proof is kept, free only then', async () => {
    const installer = await startWorker();
    const id = await giveOut();
    await reaches(id, 'RUNNING');
    const { useId } = await hostOf(id);
    await installer.stop();
    await app.test.db.query('delete from lease');
    idOf(await move(id, 'RETURN'));
    // Nobody may call it clean by hand; who claims it is the same still.
    expect(codesOf(await move(id, 'FINISH_CLEANING'))).toEqual(['ILLEGAL_TRANSITION']);
    expect((await inCluster(id))?.view.consumer).toBe(useId);
    await startWorker();
    await isFree(id);
    const host = await hostOf(id);
    expect(host).toMatchObject({ useId: null, wipe: { method: 'METADATA' }, image: null });
    expect(host.wipedAt).not.toBeNull();
    expect((await inCluster(id))?.view).toMatchObject({
      consumer: undefined,
      wantedImage: undefined,
      state: 'available',
    });
    const told = await events(id);
    const wiped = told.find(({ kind }) => kind === 'WIPED');
    expect(wiped).toMatchObject({ actor_name: 'Metal3' });
    expect(wiped?.text).toMatch(/未全盘覆写.*\d{2}:\d{2}:\d{2} 至 .*北京时间/);
    // The proof stands before the end of the cleaning in its history.
    const kinds = told.map(({ kind }) => kind);
    expect(kinds.lastIndexOf('WIPED')).toBeLessThan(kinds.lastIndexOf('FINISH_CLEANING'));
  });

  it('say that they failed five times with the operator’s words, and are cleaned all the same', async () => {
    await startWorker();
    const id = await giveOut({ ...IMAGE, url: 'https://images/missing.qcow2' });
    await reaches(id, 'FAILED');
    const host = await hostOf(id);
    expect(host).toMatchObject({ tries: 5, deliveredAt: null });
    expect(host.statusText.zh).toContain('装机失败 5 次');
    expect(host.statusText.zh).toContain('404');
    idOf(await move(id, 'RETURN'));
    await isFree(id);
    expect((await hostOf(id)).wipe).toMatchObject({ method: 'METADATA' });
  });

  it('are switched and reinstalled by their department, with reason and number; each is in its history', async () => {
    await startWorker();
    const id = await giveOut();
    await reaches(id, 'RUNNING');
    // During a freeze it is not taken from those who work on it, unless a leader lets it through; one that is off is helped.
    const minute = (ms: number) => new Date(Math.floor((Date.now() + ms) / 60_000) * 60_000);
    const freezeId = idOf(
      await get(Freezes).set(viewerWith(['DR_OPERATOR'], null), {
        ...{ title: '重保', reason: '通知', centerIds: [], idempotencyKey: newId() },
        ...{ fromAt: minute(-60_000), toAt: minute(3_600_000) },
      }),
    );
    expect(codesOf(await act(id, 'POWER_OFF'))).toEqual(['CHANGE_FROZEN']);
    expect(codesOf(await move(id, 'RETURN'))).toEqual(['CHANGE_FROZEN']);
    const subject = { type: 'Server', id } as const;
    const until_ = new Date(Date.now() + 600_000);
    const release = { freezeId, subject, subjectName: 'x', reason: '更换电源', until: until_, idempotencyKey: newId() };
    idOf(await get(Freezes).release(viewerWith(['LEADER'], null), release));
    idOf(await act(id, 'POWER_OFF'));
    await app.test.db.query('update change_freeze_release set revoked_at = given_at where freeze_id = ?', [freezeId]);
    await reaches(id, 'STOPPED');
    expect(codesOf(await act(id, 'REIMAGE', { reason: '重装', confirmed: (await row(id)).assetNumber }))).toEqual([
      'CHANGE_FROZEN',
    ]);
    idOf(await act(id, 'POWER_ON'));
    await reaches(id, 'RUNNING');
    await app.test.db.query('update change_freeze set ended_at = from_at where id = ?', [freezeId]);
    idOf(await act(id, 'POWER_OFF'));
    await reaches(id, 'STOPPED');
    expect(await hostOf(id)).toMatchObject({ poweredOn: false });
    expect(codesOf(await act(id, 'REBOOT'))).toEqual(['ILLEGAL_TRANSITION']);
    idOf(await act(id, 'POWER_ON'));
    await reaches(id, 'RUNNING');
    idOf(await act(id, 'REBOOT'));
    await until('it has rebooted', async () => {
      const view = (await inCluster(id))?.view;
      return view?.rebootRound === 1 && view.poweredOn && (await hostOf(id)).statusText.zh === '运行中';
    });
    const { assetNumber } = await row(id);
    expect(codesOf(await act(id, 'REIMAGE', { reason: ' ', confirmed: 'ZC' }))).toEqual([
      'INVALID_INPUT',
      'INVALID_INPUT',
    ]);
    const before = (await inCluster(id))?.view.provision.start ?? '';
    // Metal3 writes whole seconds.
    await until('another second', () => Date.now() - Date.parse(before) >= 1_000);
    idOf(await act(id, 'REIMAGE', { reason: '系统被入侵', confirmed: assetNumber }));
    await until('it is installed anew', async () => {
      const view = (await inCluster(id))?.view;
      return view?.imageRound === 2 && view.state === 'provisioned' && (await hostOf(id)).phase === 'RUNNING';
    });
    expect((await inCluster(id))?.view.provision.start).not.toBe(before);
    const told = (await events(id)).filter(({ actor_name }) => actor_name === desk.journey.applicant.name);
    expect(told.map(({ kind }) => kind)).toEqual([
      ...['POWER_OFF', 'POWER_ON', 'POWER_OFF', 'POWER_ON', 'REBOOT', 'REIMAGE'],
    ]);
    // What the center does to it is said to be the center's in the same history, and its people are told.
    const notices = () => app.test.db.query('select text_zh as zh from notice where subject_id = ? order by id', [id]);
    expect(await notices()).toEqual([]);
    idOf(await act(id, 'POWER_OFF', { reason: '电源模块更换' }, engineer));
    await reaches(id, 'STOPPED');
    idOf(await act(id, 'POWER_ON', { reason: '' }, engineer));
    await reaches(id, 'RUNNING');
    const theirs = (await events(id)).filter(
      ({ actor_name, kind }) => actor_name === '蒋工' && kind.startsWith('POWER'),
    );
    expect(theirs.map(({ text }) => JSON.parse(text).zh)).toEqual([
      '大数据中心操作：关机：电源模块更换',
      '大数据中心操作：开机',
    ]);
    expect(await notices()).toEqual([
      { zh: `大数据中心对服务器 ${assetNumber} 做了操作：关机。原因：电源模块更换` },
      { zh: `大数据中心对服务器 ${assetNumber} 做了操作：开机` },
    ]);
    // Another department’s person finds no such server.
    const { version } = await row(id);
    const words = { reason: 'x', confirmed: null, imageId: null, expectedVersion: version, idempotencyKey: newId() };
    const foreign = { kind: 'DEPARTMENTS', departmentIds: [newId()] } as const;
    const refused = await get(HostActs).act(desk.journey.applicant, foreign, { id, action: 'POWER_OFF', ...words });
    expect(codesOf(refused)).toEqual(['UNKNOWN_REFERENCE']);
    idOf(await move(id, 'RETURN'));
    await isFree(id);
  });

  it('are claimed by one of two who looked at the same moment', async () => {
    const id = site.serverIds[0] as string;
    const key = keyOf(await hostOf(id));
    const view = (await inCluster(id))?.view as NonNullable<Awaited<ReturnType<typeof inCluster>>>['view'];
    const claim = (name: string) => gateway.amend(key, view, { spec: { consumerRef: { ...CONSUMER, name } } });
    const answers = await Promise.allSettled([claim('one'), claim('two')]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const loser = answers.find(({ status }) => status === 'rejected') as PromiseRejectedResult;
    expect((loser.reason as ClusterFailure).failureClass).toBe('CONFLICT');
    const now = (await inCluster(id))?.view as typeof view;
    await gateway.amend(key, now, { spec: { consumerRef: null } });
  });

  it('are not touched where somebody else has claimed them, and say so', async () => {
    const id = await giveOut();
    const key = keyOf(await hostOf(id));
    const foreign = { apiVersion: 'infrastructure.cluster.x-k8s.io/v1beta1', kind: 'Metal3Machine', name: 'other' };
    const view = (await inCluster(id))?.view as NonNullable<Awaited<ReturnType<typeof inCluster>>>['view'];
    await gateway.amend(key, view, { spec: { consumerRef: foreign } });
    await startWorker();
    await reaches(id, 'FAILED');
    expect((await hostOf(id)).statusText.zh).toContain('其他使用方');
    expect((await gateway.get(key))?.spec).toMatchObject({ consumerRef: foreign });
    const now = (await inCluster(id))?.view as typeof view;
    await gateway.amend(key, now, { spec: { consumerRef: null } });
    await reaches(id, 'RUNNING');
    idOf(await move(id, 'RETURN'));
    await isFree(id);
  });

  firstBootCases();
  comingInCases();

  it('get there and back whichever step a worker dies at, each with one claim', async () => {
    let deaths = 0;
    for (let step = 1; step <= DEATHS_MAX; step += DEATHS_APART) {
      await app.test.db.query('delete from lease');
      const mortal = new Mortal(step);
      const doomed = await startWorker(mortal);
      const id = await giveOut();
      const { useId } = await hostOf(id);
      let isReturned = false;
      const livesOn = async () => {
        if (!isReturned && (await hostOf(id)).phase === 'RUNNING') {
          idOf(await move(id, 'RETURN'));
          isReturned = true;
        }
        return mortal.hasDied || (isReturned && (await row(id)).state === 'FREE');
      };
      await until('its end, or the release’s', livesOn);
      const died = mortal.hasDied;
      mortal.kill();
      await doomed.stop();
      await app.test.db.query('delete from lease');
      const heir = await startWorker();
      if (!isReturned) {
        await reaches(id, 'RUNNING');
        expect((await inCluster(id))?.view.consumer).toBe(useId);
        idOf(await move(id, 'RETURN'));
      }
      await isFree(id);
      expect(await hostOf(id)).toMatchObject({ useId: null, wipe: { method: 'METADATA' } });
      expect((await inCluster(id))?.view).toMatchObject({ consumer: undefined, wantedImage: undefined });
      await heir.stop();
      const wiped = (await events(id)).filter(({ kind }) => kind === 'WIPED').length;
      const ended = (await events(id)).filter(({ kind }) => kind === 'FINISH_CLEANING').length;
      expect(wiped).toBe(ended);
      if (!died) break;
      deaths += 1;
    }
    expect(deaths).toBeGreaterThan(3);
  }, 300_000);
});
