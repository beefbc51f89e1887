import type { Command } from './agreement.ts';
import { fulfilDebt, onDebt, openRecovery } from './debt-commands.ts';
import { observe, onMachine } from './machine-commands.ts';
import { CHAIN } from './request.ts';
import { apply, changePlaces, fulfil, onChain, pass, remakePlaces } from './request-commands.ts';
import type { Wish } from './shares.ts';
import { giveBackLine, keepDisk, movePlace, onDisk } from './thing-commands.ts';
import type { Crash } from './world.ts';

const LONG = { remote: 'NONE', site: 'A', ownPays: true, days: null } as const;

/**
 * Whole cabinets, places that grow in units and move into another cabinet, a service that is given back, and machines with
 * accelerators whose disks outlive them.
 */
export function throughThings(breaks: Crash | null): Command[] {
  const things: Wish = {
    ...{ ...LONG, dual: false, remote: 'APPLICATION' },
    lines: [
      { kind: 'CABINET', count: 1, form: 'TALL' },
      { kind: 'CABINET', count: 1, form: 'WHOLE' },
      { kind: 'SERVICE', count: 1 },
    ],
  };
  const machines: Wish = { ...LONG, dual: false, lines: [{ kind: 'VM', count: 2, card: true }] };
  const signs = CHAIN.map(() => onChain('sign', 0, null, breaks));
  return [
    apply(things, breaks),
    ...signs,
    ...Array.from({ length: 3 }, () => fulfil(0, breaks)),
    movePlace(0, breaks),
    changePlaces(0, breaks),
    onChain('sign', 0, null, breaks),
    // There is room kept beside it.
    movePlace(0, breaks),
    onChain('withdraw', 0, null, breaks),
    changePlaces(0, breaks),
    ...signs,
    giveBackLine(0, breaks),
    remakePlaces(0, breaks),
    movePlace(0, breaks),
    changePlaces(1, breaks),
    ...signs,
    remakePlaces(0, breaks),
    ...Array.from({ length: 3 }, () => giveBackLine(0, breaks)),
    apply(machines, breaks),
    ...signs,
    ...Array.from({ length: 2 }, () => observe('RUNNING', 0, breaks)),
    // Of two accelerators none is left.
    apply(machines, breaks),
    onChain('sign', 0, null, breaks),
    onChain('withdraw', 0, null, breaks),
    keepDisk(0, 10, breaks),
    onMachine('restore', 0, breaks),
    keepDisk(0, 10, breaks),
    keepDisk(0, 30, breaks),
    ...Array.from({ length: 2 }, () => onMachine('purge', 0, breaks)),
    ...Array.from({ length: 2 }, () => observe('GONE', 0, breaks)),
    onDisk('giveUp', 0, breaks),
    onDisk('gone', 0, breaks),
    pass(31, breaks),
    onDisk('gone', 0, breaks),
  ];
}

/**
 * Places in two centers that get more power, and less again, while one in the recovery center is owed for them: it is settled
 * as they are by then, and not while they change.
 */
export function throughPlaces(breaks: Crash | null): Command[] {
  const places: Wish = {
    ...{ lines: [{ kind: 'CABINET', count: 1 }], dual: true, remote: 'APPLICATION', site: 'A' },
    ...{ ownPays: true, days: null },
  };
  const signs = CHAIN.map(() => onChain('sign', 0, null, breaks));
  return [
    apply(places, breaks),
    ...signs,
    fulfil(0, breaks),
    changePlaces(0, breaks),
    onChain('sign', 0, null, breaks),
    onChain('return', 0, null, breaks),
    onChain('resend', 0, null, breaks),
    ...signs,
    openRecovery(),
    onDebt('settle', 0, breaks),
    remakePlaces(0, breaks),
    // In each center 2,200 W: 2,800 W are left, for two more of which one can grow.
    apply({ ...places, lines: [{ kind: 'CABINET', count: 2 }], remote: 'NONE' }, breaks),
    ...signs,
    fulfil(0, breaks),
    changePlaces(1, breaks),
    onChain('sign', 0, null, breaks),
    onChain('withdraw', 0, null, breaks),
    onDebt('settle', 0, breaks),
    changePlaces(0, breaks),
    onChain('sign', 0, null, breaks),
    onChain('withdraw', 0, null, breaks),
    changePlaces(0, breaks),
    ...signs,
    remakePlaces(0, breaks),
    fulfilDebt(0, breaks),
  ];
}
