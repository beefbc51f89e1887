import { expect } from '@jest/globals';
import { WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { agree, type Command, command, count, pickOf } from './agreement.ts';
import type { Machine } from './machine.ts';
import type { Model } from './model.ts';
import type { Crash } from './world.ts';

export type MachineAct = 'release' | 'restore' | 'purge' | 'protect' | 'unprotect';

export function onMachine(kind: MachineAct, at: number, crash: Crash | null): Command {
  const label = `${kind} ${at}`;
  return command(
    label,
    crash,
    ({ machines }) => machines.length > 0,
    async (model, world) => {
      const machine = pickOf(likely(model, kind), at);
      const id = await world.resourceOf(machine);
      const wish = await world.life.wish(id);
      const confirmName = (await world.life.row(id)).name;
      const { applicant, scope } = world.journey;
      const { life } = world.life;
      const act = {
        release: () => life.release(applicant, scope, { ...wish, reason: '系统下线', confirmName }),
        restore: () => life.restore(applicant, scope, wish),
        purge: () => life.purge(applicant, scope, { ...wish, confirmName }),
        protect: () => life.protect(applicant, scope, { ...wish, on: true }),
        unprotect: () => life.protect(applicant, scope, { ...wish, on: false }),
      }[kind];
      const expected = {
        release: () => machine.release(model.now, false),
        restore: () => machine.restore(model.now),
        purge: () => machine.purge(),
        protect: () => machine.protect(true),
        unprotect: () => machine.protect(false),
      }[kind]();
      await agree(world, label, expected, () => world.press(crash, act));
    },
  );
}

/** Machines of which the act would mean something, if there are any. */
function likely({ machines }: Model, kind: MachineAct | 'observe'): readonly Machine[] {
  const inBin = machines.filter((machine) => machine.state === 'IN_BIN');
  const unseen = machines.filter(
    ({ share, wasDelivered, state, changing }) =>
      !share.foreign && (!wasDelivered || state === 'RELEASING' || changing?.state === 'PROVISIONING'),
  );
  const inUse = machines.filter((machine) => machine.state === 'IN_USE');
  const wanted = {
    release: inUse,
    restore: inBin,
    purge: inBin,
    protect: machines,
    unprotect: machines,
    observe: unseen,
  };
  if (wanted[kind].length > 0) return wanted[kind];
  // No cluster tells of what people make.
  return kind === 'observe' ? machines.filter(({ share }) => !share.foreign) : machines;
}

/** As a worker saw it; seen twice it is no news. */
export function observe(seen: 'RUNNING' | 'FAILED' | 'GONE', at: number, crash: Crash | null): Command {
  const label = `observe ${seen} ${at}`;
  return command(
    label,
    crash,
    ({ machines }) => machines.some(({ share }) => !share.foreign),
    async (model, world) => {
      const unseen = likely(model, 'observe');
      const fitting = unseen.filter(({ state }) => (state === 'RELEASING') === (seen === 'GONE'));
      const machine = pickOf(fitting.length > 0 ? fitting : unseen, at);
      const id = await world.resourceOf(machine);
      machine.observe(seen, model.now);
      await world.press(crash, () => world.life.observe(id, seen));
      if (machine.state === 'RELEASED') count('gone');
    },
  );
}

export function batchRelease(picks: readonly number[], crash: Crash | null): Command {
  const label = `batch release ${picks.join(' ')}`;
  return command(
    label,
    crash,
    ({ machines }) => machines.length > 0,
    async (model, world) => {
      const machines = [...new Set(picks.map((at) => pickOf(model.machines, at)))];
      const items = [];
      for (const machine of machines) {
        const resourceId = await world.resourceOf(machine);
        items.push({ resourceId, expectedVersion: (await world.life.row(resourceId)).version });
      }
      const expected = machines.map((machine) => machine.release(model.now, true));
      const { applicant, scope } = world.journey;
      const wish = { items, reason: '批量释放', idempotencyKey: world.key() };
      const answer = await world.press(crash, () => world.life.life.releaseMany(applicant, scope, wish));
      if (!answer.ok) throw new Error(`the batch was refused: ${JSON.stringify(answer.error)}`);
      expect([label, answer.value.map((one) => one.ok)]).toEqual([label, expected]);
      count('batch');
    },
  );
}

/** The work order that removes a machine from its foreign platform is done, and confirmed: it is gone. */
export function removed(at: number, crash: Crash | null): Command {
  const label = `removed ${at}`;
  const leaving = ({ machines }: Model) =>
    machines.filter(({ state, share }) => share.foreign && state === 'RELEASING');
  return command(
    label,
    crash,
    (model) => leaving(model).length > 0,
    async (model, world) => {
      const machine = pickOf(leaving(model), at);
      const confirm = await world.workUpToConfirm('resource_id', await world.resourceOf(machine));
      machine.observe('GONE', model.now);
      await agree(world, label, true, () => world.press(crash, confirm));
      count('removed');
    },
  );
}

/** A case from its opening over the department's agreement to the decision; or that decision taken back. */
export function reclaim(at: number, crash: Crash | null): Command {
  const label = `reclaim ${at}`;
  return command(
    label,
    crash,
    ({ machines }) => machines.length > 0,
    async (model, world) => {
      const machine = pickOf(likely(model, 'release'), at);
      const resourceId = await world.resourceOf(machine);
      const evidence = { resourceId, text: '连续 30 天无业务流量', figures: [], fileIds: [] };
      const open = { ...evidence, idempotencyKey: world.key() };
      const opened = await world.press(crash, () => world.life.reclaim.open(world.opener, WHOLE_PROVINCE, open));
      expect([label, opened.ok]).toEqual([label, machine.state === 'IN_USE']);
      if (!opened.ok) return;
      const caseId = opened.value.id;
      const act = async (action: 'AGREE' | 'RECLAIM' | 'CLOSE', expected: boolean): Promise<void> => {
        const row = await world.life.reclaim.inScope(WHOLE_PROVINCE, caseId);
        const said = { caseId, expectedVersion: row?.version ?? 0, reason: '同意', fileIds: [] };
        const wish = { ...said, idempotencyKey: world.key() };
        const [viewer, scope] =
          action === 'AGREE' ? [world.journey.head, world.journey.scope] : [world.reviewer, WHOLE_PROVINCE];
        await agree(world, label, expected, () =>
          world.press(crash, () => world.life.reclaimActs.act(viewer, scope, action, wish)),
        );
      };
      await act('AGREE', true);
      // Meanwhile its own department may be changing it: then it stays, and the case ends so.
      const reclaimed = machine.reclaim(model.now);
      await act('RECLAIM', reclaimed);
      if (!reclaimed) await act('CLOSE', true);
    },
  );
}

export function undoReclaim(at: number, crash: Crash | null): Command {
  const label = `undo ${at}`;
  const reclaimed = ({ machines }: Model) => machines.filter((machine) => machine.reclaimed);
  return command(
    label,
    crash,
    (model) => reclaimed(model).length > 0,
    async (model, world) => {
      const machine = pickOf(reclaimed(model), at);
      const resourceId = await world.resourceOf(machine);
      const [row] = await world.app.test.db.query(
        "select id, version from reclaim_case where resource_id = ? and state = 'RECLAIMED' order by opened_at desc, id desc limit 1",
        [resourceId],
      );
      const wish = {
        caseId: row.id,
        expectedVersion: row.version,
        reason: '仍在使用',
        fileIds: [],
        idempotencyKey: world.key(),
      };
      await agree(world, label, machine.undoReclaim(model.now), () =>
        world.press(crash, () => world.life.reclaimActs.act(world.opener, WHOLE_PROVINCE, 'UNDO', wish)),
      );
    },
  );
}
