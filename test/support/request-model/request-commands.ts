import { expect } from '@jest/globals';
import { WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { ChangesService } from '../../../server/src/requests/changes.service.js';
import { DeadlinesService } from '../../../server/src/requests/deadlines.service.js';
import type { ChangeContent } from '../../../server/src/requests/domain/change.js';
import { FollowUpService } from '../../../server/src/requests/follow-up.service.js';
import { RequestsService } from '../../../server/src/requests/requests.service.js';
import { ReviewService } from '../../../server/src/requests/review.service.js';
import { SubmissionService } from '../../../server/src/requests/submission.service.js';
import { ServerLifeService } from '../../../server/src/servers/server-life.service.js';
import { SYSTEM } from '../life-desk.ts';
import { agree, type Command, command, count, pickOf } from './agreement.ts';
import type { Model } from './model.ts';
import { CHAIN, type ModelRequest, type Person } from './request.ts';
import type { Share, Wish } from './shares.ts';
import type { Answer, Crash, World } from './world.ts';

export function apply(wish: Wish, crash: Crash | null): Command {
  const label = `apply ${JSON.stringify(wish)}`;
  return command(
    label,
    crash,
    ({ requests }) => requests.length < 8,
    async (model, world) => {
      const { applicant, scope } = world.journey;
      const [draftKey, sendKey] = [world.key(), world.key()];
      const draft = await world.press(crash, () =>
        world.get(RequestsService).createDraft(applicant, scope, world.contentOf(wish), draftKey),
      );
      if (!draft.ok) throw new Error(`no draft: ${JSON.stringify(draft.error)}`);
      const send = { ...world.journey.wish(draft.value.id, 1), idempotencyKey: sendKey };
      await agree(world, label, true, () =>
        world.press(crash, () => world.get(SubmissionService).send(applicant, scope, send)),
      );
      model.apply(wish, draft.value.id);
    },
  );
}

/** A line shall run in two centers, or have its share in the recovery center, or no longer. */
export function changeModes(at: number, crash: Crash | null): Command {
  const label = `change modes ${at}`;
  return command(
    label,
    crash,
    ({ modesChanges }) => modesChanges.length > 0,
    async (model, world) => {
      const modes = pickOf(model.modesChanges, at);
      const id = await sendChange(label, world, crash, await world.modesOf(modes));
      model.applyForModes(modes, id);
      count(modes.up.length > 0 ? 'modes up' : 'modes down');
    },
  );
}

/** The places of a line shall be bigger, or smaller again: in power, and in units where they have the room. */
export function changePlaces(at: number, crash: Crash | null): Command {
  const label = `change places ${at}`;
  return command(
    label,
    crash,
    ({ placesChanges }) => placesChanges.length > 0,
    async (model, world) => {
      const places = pickOf(model.placesChanges, at);
      const id = await sendChange(label, world, crash, await world.placesOf(places));
      count(model.applyForPlaces(places, id).isGrowing ? 'places up' : 'places down');
    },
  );
}

/** People have done it, and another confirms that: the places are what they became. */
export function remakePlaces(at: number, crash: Crash | null): Command {
  const label = `remake places ${at}`;
  const underway = ({ requests }: Model) =>
    requests.filter(({ resize, state }) => resize !== null && state === 'PROVISIONING');
  return command(
    label,
    crash,
    (model) => underway(model).length > 0,
    async (model, world) => {
      const change = pickOf(underway(model), at);
      const confirm = await world.workUpToConfirm('line_id', await world.onlyLine(change));
      change.carriedOut();
      await agree(world, label, true, () => world.press(crash, confirm));
      count('places remade');
    },
  );
}

/** A machine in use shall be bigger, or smaller again: a request of its own, sent to the head. */
export function change(at: number, crash: Crash | null): Command {
  const label = `change ${at}`;
  const changeable = ({ machines }: Model) => machines.filter((machine) => machine.mayChange);
  return command(
    label,
    crash,
    (model) => changeable(model).length > 0,
    async (model, world) => {
      const machine = pickOf(changeable(model), at);
      const id = await sendChange(label, world, crash, await world.changeOf(machine));
      model.applyForChange(machine, id);
    },
  );
}

async function sendChange(label: string, world: World, crash: Crash | null, content: ChangeContent): Promise<string> {
  const { applicant, scope } = world.journey;
  const draftKey = world.key();
  const draft = await world.press(crash, () =>
    world.get(ChangesService).createDraft(applicant, scope, content, draftKey),
  );
  if (!draft.ok) throw new Error(`no draft: ${JSON.stringify(draft.error)}`);
  const send = world.journey.wish(draft.value.id, 1);
  await agree(world, label, true, () =>
    world.press(crash, () => world.get(SubmissionService).send(applicant, scope, send)),
  );
  return draft.value.id;
}

/** An act on a request in its chain, by whoever is named; null = whoever is on turn. */
export function onChain(
  kind: 'sign' | 'return' | 'reject' | 'resend' | 'withdraw',
  at: number,
  who: Person | null,
  crash: Crash | null,
): Command {
  const label = `${kind} ${at}${who ? ` by ${who}` : ''}`;
  // A request that waits, where there is one: what has ended refuses everything, which is soon known.
  const target = ({ requests }: Model): ModelRequest => {
    const waiting = requests.filter((one) => one.inChain || one.state === 'RETURNED');
    return pickOf(waiting.length > 0 && at % 8 !== 7 ? waiting : requests, at);
  };
  return command(
    label,
    crash,
    ({ requests }) => requests.length > 0,
    async (model, world) => {
      const request = target(model);
      const person = who ?? request.signer ?? (CHAIN[0] as Person);
      const own = kind === 'resend' || kind === 'withdraw';
      const viewer = own ? world.journey.applicant : world.viewerOf(person);
      const scope = viewer.departmentId === null ? WHOLE_PROVINCE : world.journey.scope;
      const signsOff = request.state === 'AWAITING_SIGN_OFF';
      const wish = world.journey.wish(request.id, (await world.journey.row(request.id)).version);
      const act = (): Promise<Answer> => {
        const [review, submission] = [world.get(ReviewService), world.get(SubmissionService)];
        if (kind === 'sign')
          return signsOff ? submission.submit(viewer, scope, wish) : review.approve(viewer, scope, wish);
        const action = {
          return: 'RETURN',
          reject: 'REJECT',
          resend: 'SEND_FOR_SIGN_OFF',
          withdraw: 'WITHDRAW',
        } as const;
        return review.move(viewer, scope, action[kind], wish);
      };
      const expected = {
        sign: () => request.sign(person),
        return: () => request.giveBack(person),
        reject: () => request.reject(person),
        resend: () => request.sendAgain(),
        withdraw: () => request.withdraw(),
      }[kind]();
      await agree(world, label, expected, () => world.press(crash, act));
      if (request.state === 'PROVISIONING' && kind === 'sign') count(request.isChange ? 'changed' : 'granted');
    },
  );
}

/** One person's batch: each stands alone, whatever becomes of the others. */
export function batchSign(who: Person, picks: readonly number[], crash: Crash | null): Command {
  const label = `batch sign ${picks.join(' ')} by ${who}`;
  return command(
    label,
    crash,
    ({ requests }) => requests.length > 0,
    async (model, world) => {
      const chosen = [...new Set(picks.map((at) => pickOf(model.requests, at)))];
      const items = [];
      for (const { id } of chosen)
        items.push({ requestId: id, expectedVersion: (await world.journey.row(id)).version });
      const viewer = world.viewerOf(who);
      const scope = viewer.departmentId === null ? WHOLE_PROVINCE : world.journey.scope;
      const wish = { items, opinion: '同意', idempotencyKey: world.key() };
      const expected = chosen.map((request) => request.sign(who));
      const before = await world.rows.acts();
      const answer = await world.press(crash, () => world.get(ReviewService).approveMany(viewer, scope, wish));
      if (!answer.ok) throw new Error(`the batch was refused: ${JSON.stringify(answer.error)}`);
      expect([label, answer.value.map((one) => one.ok)]).toEqual([label, expected]);
      expect([label, (await world.rows.acts()) - before]).toEqual([label, expected.filter(Boolean).length]);
      count('batch signed');
    },
  );
}

/** The work order of a line is done; told twice it is done once. */
export function fulfil(at: number, crash: Crash | null): Command {
  const label = `fulfil ${at}`;
  const open = ({ requests }: Model) =>
    requests.flatMap((request) => [...request.open].map((line) => ({ request, line })));
  return command(
    label,
    crash,
    (model) => open(model).length > 0,
    async (model, world) => {
      const { request, line } = pickOf(open(model), at);
      const lineId = await world.lineId(request, line);
      // Machines on a foreign platform are made by the order itself, to its confirmation.
      if (request.wish.lines[line]?.foreign) {
        const confirm = await world.workUpToConfirm('line_id', lineId);
        request.fulfil(line);
        await agree(world, label, true, () => world.press(crash, confirm));
        count('made');
        return;
      }
      request.fulfil(line);
      await world.press(crash, async () => {
        const work = world.get(UnitOfWork);
        await work.run((tx) => world.get(FollowUpService).lineFulfilled(tx, lineId, '已交付'));
      });
      count('fulfilled');
    },
  );
}

/** A department's server comes back, is cleaned and free again. */
export function returnServer(at: number, crash: Crash | null): Command {
  const label = `return server ${at}`;
  const having = ({ requests }: Model) => requests.filter((request) => request.servers.length > 0);
  return command(
    label,
    crash,
    (model) => having(model).length > 0,
    async (model, world) => {
      const request = pickOf(having(model), at);
      const id = await world.serverOf(request, request.servers.at(-1) as Share);
      expect(request.returnServer()).toBe(true);
      for (const action of ['RETURN', 'FINISH_CLEANING'] as const) {
        const [{ version }] = await world.app.test.db.query('select version from server where id = ?', [id]);
        const said = { id, expectedVersion: version, action, reason: '退回', poolId: null };
        const wish = { ...said, idempotencyKey: world.key() };
        await agree(world, label, true, () =>
          world.press(crash, () => world.get(ServerLifeService).change(world.engineer, WHOLE_PROVINCE, wish)),
        );
      }
    },
  );
}

/** Holds may run out, terms end, the bin is emptied; the sweeps run twice, as those of two workers would. */
export function pass(days: number, crash: Crash | null): Command {
  return command(
    `pass ${days} days`,
    crash,
    ({ requests }) => requests.length > 0,
    async (model, world) => {
      world.clock.pass(days);
      model.now = world.clock.now();
      model.sweep();
      for (const sweep of [() => world.get(DeadlinesService).expireHolds(SYSTEM), () => world.life.round()])
        await world.press(crash, async () => {
          await sweep();
          await sweep();
        });
      count('passed');
    },
  );
}
