import { expect } from '@jest/globals';
import { SpaceMoves } from '../../../server/src/cabinets/space-moves.service.js';
import { GivingBackLines } from '../../../server/src/requests/giving-back-lines.service.js';
import { agree, type Command, command, count, pickOf } from './agreement.ts';
import type { KeptDisk, Model } from './model.ts';
import { CAPACITY } from './shares.ts';
import type { Crash, World } from './world.ts';

/** 退还: a service, or the places of a line, by their department's own press. */
export function giveBackLine(at: number, crash: Crash | null): Command {
  const label = `give back line ${at}`;
  const lines = ({ requests }: Model) =>
    requests.flatMap((request) => request.handedLines.map((line) => ({ request, line })));
  return command(
    label,
    crash,
    (model) => lines(model).length > 0,
    async (model, world) => {
      const { request, line } = pickOf(lines(model), at);
      const { applicant, scope } = world.journey;
      const { version: expectedVersion } = await world.journey.row(request.id);
      const lineId = await world.lineId(request, line);
      const wish = { lineId, expectedVersion, reason: '不再使用', idempotencyKey: world.key() };
      const expected = request.giveBackLine(line);
      await agree(world, label, expected, () =>
        world.press(crash, () => world.get(GivingBackLines).giveBack(applicant, scope, wish)),
      );
      if (expected) count(`${request.wish.lines[line]?.kind === 'SERVICE' ? 'service' : 'places'} given back`);
    },
  );
}

/** An engineer moves a place into the other cabinet of its kind, where that is empty; not while there is room kept beside it. */
export function movePlace(at: number, crash: Crash | null): Command {
  const label = `move place ${at}`;
  const tall = ({ requests }: Model) =>
    requests.flatMap((request) =>
      request.places.filter(({ share }) => share.form === 'TALL').map((place) => ({ request, place })),
    );
  return command(
    label,
    crash,
    (model) => tall(model).length > 0,
    async (model, world) => {
      const { request, place } = pickOf(tall(model), at);
      const { line, site } = place.share;
      const move = { ...(await world.otherCabinetOf(request, place.share)), startUnit: null, face: null };
      const wish = [{ ...move, expectedVersion: null, path: [] }];
      const key = world.key();
      const expected = model.taken()[site].tall < CAPACITY.tall && !request.hasRoomBeside(line);
      await agree(world, label, expected, () =>
        world.press(crash, () => world.get(SpaceMoves).moveHolders(world.engineer, wish, key)),
      );
      if (expected) count('place moved');
    },
  );
}

/** A machine is released, and its disk outlives it. */
export function keepDisk(at: number, days: number, crash: Crash | null): Command {
  const label = `release ${at} and keep its disk for ${days} days`;
  const fitting = ({ machines }: Model) => machines.filter(({ mayKeep }) => mayKeep);
  return command(
    label,
    crash,
    (model) => fitting(model).length > 0,
    async (model, world) => {
      const machine = pickOf(fitting(model), at);
      const id = await world.resourceOf(machine);
      const confirmName = (await world.life.row(id)).name;
      const wish = { ...(await world.life.wish(id)), reason: '系统下线', confirmName, keepDiskDays: days };
      const { applicant, scope } = world.journey;
      await agree(world, label, machine.release(model.now, false, days), () =>
        world.press(crash, () => world.life.life.release(applicant, scope, wish)),
      );
    },
  );
}

/** A kept disk is given up by its people, or the cluster is seen to have it no longer. */
export function onDisk(kind: 'giveUp' | 'gone', at: number, crash: Crash | null): Command {
  const label = `${kind === 'gone' ? 'disk gone' : 'give up disk'} ${at}`;
  const left = ({ disks }: Model) => disks.filter(({ state }) => state !== 'GONE');
  return command(
    label,
    crash,
    (model) => left(model).length > 0,
    async (model, world) => {
      const disk = pickOf(left(model), at);
      if (kind === 'gone') {
        await world.press(crash, () => goneOnce(world, disk));
        if (disk.state !== 'ENDING') return;
        disk.state = 'GONE';
        count('disk gone');
        return;
      }
      const id = await world.resourceOf(disk.of);
      const wish = { ...(await world.life.onDisk(id)), confirmName: (await world.life.row(id)).name };
      const { applicant, scope } = world.journey;
      const expected = disk.state === 'KEPT';
      if (expected) disk.state = 'ENDING';
      await agree(world, label, expected, () =>
        world.press(crash, () => world.life.disks.giveUp(applicant, scope, wish)),
      );
    },
  );
}

async function goneOnce(world: World, disk: KeptDisk): Promise<void> {
  const kept = await world.life.diskOf(await world.resourceOf(disk.of));
  expect(kept).toBeDefined();
  await world.life.diskGone(kept?.id ?? '');
}

/** Whoever winds a run up. */
export const endDisks = async (model: Model, world: World): Promise<void> => {
  for (const disk of model.disks) {
    if (disk.state === 'GONE') continue;
    world.tick();
    if (disk.state === 'KEPT') await world.life.giveUpDisk(await world.resourceOf(disk.of));
    await goneOnce(world, disk);
    disk.state = 'GONE';
  }
};
