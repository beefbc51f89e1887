import { expect } from '@jest/globals';
import fc from 'fast-check';
import { DrDebts } from '../../../server/src/drdebts/drdebts.service.js';
import { WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { ReviewService } from '../../../server/src/requests/review.service.js';
import { SOAKS } from '../soak.ts';
import { agreeAfter, type Command } from './agreement.ts';
import { fulfilDebt, onDebt, openRecovery } from './debt-commands.ts';
import {
  batchRelease,
  type MachineAct,
  observe,
  onMachine,
  reclaim,
  removed,
  undoReclaim,
} from './machine-commands.ts';
import { Model } from './model.ts';
import { CHAIN, type ModelRequest, type Person } from './request.ts';
import {
  apply,
  batchSign,
  change,
  changeModes,
  changePlaces,
  fulfil,
  onChain,
  pass,
  remakePlaces,
  returnServer,
} from './request-commands.ts';
import type { Wish } from './shares.ts';
import { endDisks, giveBackLine, keepDisk, movePlace, onDisk } from './thing-commands.ts';
import type { Crash, World } from './world.ts';

const at = fc.nat(30);
const crash: fc.Arbitrary<Crash | null> = fc.option(
  fc.record({
    statement: fc.integer({ min: 1, max: 45 }),
    moment: fc.constantFrom('BEFORE' as const, 'AFTER' as const),
  }),
  // Nobody waits for most acts: each break costs a new connection and the wait before it.
  { freq: 1 },
);
/**
 * In `npm test`, foreign platforms, DR modes, accelerators, and what becomes of places, services and disks go ways of their
 * own; among everything else, in `npm run soak`.
 */
const lineWish = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('VM' as const), count: fc.integer({ min: 1, max: 3 }) }) },
  {
    weight: SOAKS ? 2 : 0,
    arbitrary: fc.record({
      ...{ kind: fc.constant('VM' as const), count: fc.integer({ min: 1, max: 2 }), foreign: fc.constant(true) },
    }),
  },
  {
    weight: SOAKS ? 2 : 0,
    arbitrary: fc.record({
      ...{ kind: fc.constant('VM' as const), count: fc.integer({ min: 1, max: 2 }), card: fc.constant(true) },
    }),
  },
  {
    weight: SOAKS ? 2 : 0,
    arbitrary: fc.record({
      ...{ kind: fc.constant('CABINET' as const), count: fc.integer({ min: 1, max: 2 }) },
      form: fc.constantFrom('TALL' as const, 'WHOLE' as const),
    }),
  },
  { weight: 2, arbitrary: fc.constant({ kind: 'SERVER' as const, count: 1 }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('CABINET' as const), count: fc.integer({ min: 1, max: 2 }) }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'SERVICE' as const, count: 1 }) },
);
const wish: fc.Arbitrary<Wish> = fc.record({
  lines: fc.array(lineWish, { minLength: 1, maxLength: 3 }),
  dual: fc.boolean(),
  remote: fc.constantFrom('NONE' as const, 'DATA' as const, 'APPLICATION' as const),
  site: fc.constantFrom('A' as const, 'B' as const),
  ownPays: fc.boolean(),
  days: fc.option(fc.constantFrom(1, 6, 12, 40), { freq: 1 }),
});

const chainAct = (...kinds: Parameters<typeof onChain>[0][]) =>
  fc.tuple(fc.constantFrom(...kinds), at, crash).map(([kind, n, c]) => onChain(kind, n, null, c));
const machineAct = (...kinds: MachineAct[]) =>
  fc.tuple(fc.constantFrom(...kinds), at, crash).map(([kind, n, c]) => onMachine(kind, n, c));
const seen = (what: 'RUNNING' | 'FAILED' | 'GONE') => fc.tuple(at, crash).map(([n, c]) => observe(what, n, c));
/** fc.commands chooses evenly: what should happen more often stands there more often. */
const times = <T>(weight: number, one: T): T[] => Array.from({ length: weight }, () => one);

export const allCommands: fc.Arbitrary<Command>[] = [
  ...times(
    4,
    fc.tuple(wish, crash).map(([w, c]) => apply(w, c)),
  ),
  ...times(10, chainAct('sign')),
  ...times(2, chainAct('return', 'reject', 'withdraw')),
  ...times(2, chainAct('resend')),
  fc
    .tuple(
      fc.constantFrom('sign' as const, 'return' as const, 'reject' as const),
      at,
      fc.constantFrom<Person>('head', 'acceptance', 'allocator', 'reviewer'),
      crash,
    )
    .map(([kind, n, who, c]) => onChain(kind, n, who, c)),
  ...times(
    2,
    fc
      .tuple(fc.constantFrom(...CHAIN), fc.array(at, { minLength: 1, maxLength: 5 }), crash)
      .map(([who, picks, c]) => batchSign(who, picks, c)),
  ),
  ...times(
    2,
    fc.tuple(at, crash).map(([n, c]) => change(n, c)),
  ),
  ...times(
    SOAKS ? 2 : 0,
    fc.tuple(at, crash).map(([n, c]) => changeModes(n, c)),
  ),
  ...times(
    SOAKS ? 2 : 0,
    fc.tuple(at, crash).map(([n, c]) => changePlaces(n, c)),
  ),
  ...times(
    SOAKS ? 2 : 0,
    fc.tuple(at, crash).map(([n, c]) => remakePlaces(n, c)),
  ),
  ...times(
    SOAKS ? 2 : 0,
    fc.tuple(at, crash).map(([n, c]) => giveBackLine(n, c)),
  ),
  ...times(
    SOAKS ? 1 : 0,
    fc.tuple(at, crash).map(([n, c]) => movePlace(n, c)),
  ),
  ...times(
    SOAKS ? 2 : 0,
    fc.tuple(at, fc.constantFrom(1, 10, 30), crash).map(([n, days, c]) => keepDisk(n, days, c)),
  ),
  ...times(
    SOAKS ? 2 : 0,
    fc.tuple(fc.constantFrom('giveUp' as const, 'gone' as const), at, crash).map(([kind, n, c]) => onDisk(kind, n, c)),
  ),
  ...times(5, seen('RUNNING')),
  seen('FAILED'),
  ...times(3, seen('GONE')),
  ...times(3, machineAct('release')),
  ...times(2, machineAct('restore', 'purge')),
  machineAct('protect', 'unprotect'),
  fc.tuple(fc.array(at, { minLength: 1, maxLength: 4 }), crash).map(([picks, c]) => batchRelease(picks, c)),
  fc.tuple(at, crash).map(([n, c]) => reclaim(n, c)),
  fc.tuple(at, crash).map(([n, c]) => undoReclaim(n, c)),
  ...times(
    2,
    fc.tuple(at, crash).map(([n, c]) => fulfil(n, c)),
  ),
  fc.tuple(at, crash).map(([n, c]) => returnServer(n, c)),
  ...times(
    2,
    fc.tuple(fc.constantFrom(1, 3, 8, 20), crash).map(([days, c]) => pass(days, c)),
  ),
  ...times(
    2,
    fc.tuple(at, crash).map(([n, c]) => removed(n, c)),
  ),
  fc.constant(openRecovery()),
  ...times(
    2,
    fc.tuple(at, crash).map(([n, c]) => onDebt('settle', n, c)),
  ),
  fc.tuple(at, crash).map(([n, c]) => onDebt('waive', n, c)),
  fc.tuple(at, crash).map(([n, c]) => fulfilDebt(n, c)),
];

/** One way through everything that gets things, breaking at every kind of act: so that no test is of refusals only. */
export function through(breaks: Crash | null): Command[] {
  const vm = { kind: 'VM', count: 2 } as const;
  const all: Wish = {
    lines: [vm, { kind: 'SERVER', count: 1 }, { kind: 'CABINET', count: 1 }, { kind: 'SERVICE', count: 1 }],
    dual: true,
    remote: 'APPLICATION',
    site: 'A',
    ownPays: true,
    days: 30,
  };
  const data: Wish = { lines: [vm], dual: false, remote: 'DATA', site: 'B', ownPays: true, days: null };
  const one = { ...vm, count: 1 };
  const alone: Wish = { lines: [one], dual: false, remote: 'NONE', site: 'B', ownPays: true, days: null };
  const signs = CHAIN.map(() => onChain('sign', 0, null, breaks));
  return [
    apply(all, breaks),
    // Not his to sign.
    onChain('sign', 0, 'allocator', breaks),
    onChain('return', 0, null, breaks),
    onChain('resend', 0, null, breaks),
    ...signs,
    ...Array.from({ length: 6 }, () => observe('RUNNING', 0, breaks)),
    ...Array.from({ length: 3 }, () => fulfil(0, breaks)),
    apply(data, breaks),
    ...signs,
    ...Array.from({ length: 2 }, () => observe('RUNNING', 0, breaks)),
    apply(alone, breaks),
    ...signs,
    observe('RUNNING', 0, breaks),
    change(0, breaks),
    ...signs,
    observe('RUNNING', 8, breaks),
    change(0, breaks),
    ...signs,
    observe('RUNNING', 8, breaks),
    onMachine('release', 0, breaks),
    onMachine('restore', 0, breaks),
    onMachine('release', 0, breaks),
    onMachine('purge', 0, breaks),
    observe('GONE', 0, breaks),
    reclaim(0, breaks),
    undoReclaim(0, breaks),
    reclaim(0, breaks),
    batchRelease([0, 1, 2, 3], breaks),
    returnServer(0, breaks),
    pass(20, breaks),
    pass(30, breaks),
    ...Array.from({ length: 4 }, () => observe('GONE', 0, breaks)),
  ];
}

/** One line through every change of its modes: up to two centers and down to the other, data and machines far away and back. */
export function throughModes(breaks: Crash | null): Command[] {
  const plain: Wish = {
    ...{ lines: [{ kind: 'VM', count: 2 }], dual: false, remote: 'NONE', site: 'A', ownPays: true, days: null },
  };
  const signs = CHAIN.map(() => onChain('sign', 0, null, breaks));
  const seen = Array.from({ length: 2 }, () => observe('RUNNING', 0, breaks));
  return [
    apply(plain, breaks),
    ...signs,
    ...seen,
    // Of what it could be: two centers, data far away, machines far away.
    changeModes(1, breaks),
    ...signs,
    changeModes(1, breaks),
    onChain('sign', 0, null, breaks),
    onChain('withdraw', 0, null, breaks),
    changeModes(0, breaks),
    ...signs,
    ...seen,
    // Of two centers, A or B stays, or what is far away goes.
    changeModes(2, breaks),
    ...signs,
    changeModes(3, breaks),
    ...signs,
    ...seen,
    changeModes(1, breaks),
    ...signs,
    pass(8, breaks),
  ];
}

/** One way through what people make and remove on foreign platforms. */
export function throughForeign(breaks: Crash | null): Command[] {
  const foreign: Wish = {
    ...{ lines: [{ kind: 'VM', count: 2, foreign: true }], dual: true, remote: 'APPLICATION', site: 'A' },
    ...{ ownPays: true, days: 12 },
  };
  const signs = CHAIN.map(() => onChain('sign', 0, null, breaks));
  return [
    apply(foreign, breaks),
    ...signs,
    onMachine('release', 0, breaks),
    removed(0, breaks),
    fulfil(0, breaks),
    onMachine('release', 0, breaks),
    onMachine('restore', 0, breaks),
    reclaim(0, breaks),
    onMachine('release', 0, breaks),
    pass(20, breaks),
    removed(0, breaks),
    apply(foreign, breaks),
    ...signs,
  ];
}

/** One way through everything that is owed: registered, firm, less, waived, settled in each kind. */
export function throughDebts(breaks: Crash | null): Command[] {
  const owing: Wish = {
    lines: [
      { kind: 'VM', count: 2 },
      { kind: 'SERVER', count: 1 },
      { kind: 'CABINET', count: 1 },
    ],
    dual: false,
    remote: 'APPLICATION',
    site: 'A',
    ownPays: true,
    days: null,
  };
  const data: Wish = { ...owing, lines: [{ kind: 'VM', count: 1 }], remote: 'DATA', site: 'B' };
  const signs = CHAIN.map(() => onChain('sign', 0, null, breaks));
  return [
    apply(owing, breaks),
    onChain('sign', 0, null, breaks),
    onChain('return', 0, null, breaks),
    onChain('resend', 0, null, breaks),
    ...signs,
    apply(data, breaks),
    ...signs,
    apply(data, breaks),
    ...signs,
    onDebt('settle', 0, breaks),
    onDebt('waive', 4, breaks),
    ...Array.from({ length: 4 }, () => observe('RUNNING', 0, breaks)),
    onMachine('release', 0, breaks),
    onMachine('purge', 0, breaks),
    observe('GONE', 0, breaks),
    ...Array.from({ length: 2 }, () => fulfil(0, breaks)),
    openRecovery(),
    ...Array.from({ length: 4 }, () => onDebt('settle', 0, breaks)),
    observe('RUNNING', 0, breaks),
    ...Array.from({ length: 2 }, () => fulfilDebt(0, breaks)),
  ];
}

/** To the end of everything: nothing is left over, whatever happened before. */
export async function windUp(model: Model, world: World): Promise<void> {
  for (const { request, debt } of model.debts) {
    if (debt.state !== 'OPEN') continue;
    world.tick();
    const { id: debtId, version: expectedVersion } = await world.debtOf(request, debt);
    const wish = { debtId, expectedVersion, reason: '测试结束', idempotencyKey: world.key() };
    const answer = await world.get(DrDebts).waive(world.debts.allocator, WHOLE_PROVINCE, wish);
    expect(answer.ok).toBe(debt.waive());
  }
  for (const request of model.requests) {
    world.tick();
    model.now = world.clock.now();
    if (request.inChain || request.state === 'RETURNED') await onChainEnd(request, world);
    while (request.servers.length > 0) await returnServer(having(model, request), null).run(model, world);
  }
  for (const request of model.requests)
    if (request.resize !== null && request.state === 'PROVISIONING') {
      world.tick();
      model.now = world.clock.now();
      expect((await (await world.workUpToConfirm('line_id', await world.onlyLine(request)))()).ok).toBe(true);
      request.carriedOut();
    }
  for (const machine of model.machines) {
    world.tick();
    model.now = world.clock.now();
    const { now } = model;
    const id = await world.resourceOf(machine);
    if (machine.changing !== null) {
      machine.observe('RUNNING', now);
      await world.life.observe(id, 'RUNNING');
    }
    if (machine.isProtected && machine.protect(false)) await world.life.protect(id, false);
    if (machine.release(now, false)) await world.life.release(id);
    if (machine.purge()) await world.life.purge(id);
    const isLeaving = machine.state === 'RELEASING';
    machine.observe('GONE', now);
    if (!machine.share.foreign) await world.life.observe(id, 'GONE');
    else if (isLeaving) expect((await (await world.workUpToConfirm('resource_id', id))()).ok).toBe(true);
  }
  await endDisks(model, world);
  for (const request of model.requests) {
    if (request.places.length > 0) await world.clearPlaces(request);
    request.places = [];
  }
  await agreeAfter('the end', model, world);
  expect(model.taken()).toEqual(new Model().taken());
}

const having = ({ requests }: Model, request: ModelRequest): number =>
  requests.filter((one) => one.servers.length > 0).indexOf(request);

async function onChainEnd(request: ModelRequest, world: World): Promise<void> {
  const { version } = await world.journey.row(request.id);
  const wish = world.journey.wish(request.id, version);
  const answer = await world.get(ReviewService).move(world.journey.applicant, world.journey.scope, 'WITHDRAW', wish);
  expect(answer.ok).toBe(request.withdraw());
}
