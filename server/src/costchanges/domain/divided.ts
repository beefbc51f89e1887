/** Decides in what order groups stand that moved between two months, which of them are shown, and what is not explained of each. */
import type { Fen } from '../../kernel/money.js';
import { CHANGE_PARTS, type ChangePart } from './change.js';

type Key = string | null;

export interface DividedFacts {
  readonly before: ReadonlyMap<Key, Fen>;
  readonly after: ReadonlyMap<Key, Fen>;
  readonly parts: ReadonlyMap<Key, Readonly<Record<ChangePart, Fen>>>;
}

export interface Divided {
  readonly before: Fen;
  readonly after: Fen;
  readonly parts: Readonly<Record<ChangePart, Fen>>;
  /** after − before − all parts. */
  readonly rest: Fen;
}

/** Those that moved most first, up or down; one that did not move stands after all that did, the dearest first. */
export function divided(facts: DividedFacts, most: number) {
  const keys = new Set<Key>([...facts.before.keys(), ...facts.after.keys(), ...facts.parts.keys()]);
  const groups = [...keys]
    .map((key) => ({ key, ...withRest(facts.before.get(key) ?? 0n, facts.after.get(key) ?? 0n, facts.parts.get(key)) }))
    .toSorted(
      (a, b) =>
        order(magnitude(b.after - b.before), magnitude(a.after - a.before)) ||
        order(b.after, a.after) ||
        ((a.key ?? '') < (b.key ?? '') ? -1 : 1),
    );
  const beyond = groups.slice(most);
  return {
    ...sumOf(groups),
    groups: groups.slice(0, most),
    beyond: beyond.length === 0 ? null : { ...sumOf(beyond), groups: beyond.length },
  };
}

function withRest(before: Fen, after: Fen, known: Readonly<Record<ChangePart, Fen>> | undefined): Divided {
  const parts = known ?? NO_PARTS;
  const explained = CHANGE_PARTS.reduce((sum, part) => sum + parts[part], 0n);
  return { before, after, parts, rest: after - before - explained };
}

const NO_PARTS = Object.fromEntries(CHANGE_PARTS.map((part) => [part, 0n])) as Record<ChangePart, Fen>;

function sumOf(groups: readonly Divided[]): Divided {
  const sum = (of: (group: Divided) => Fen) => groups.reduce((total, group) => total + of(group), 0n);
  return {
    before: sum(({ before }) => before),
    after: sum(({ after }) => after),
    parts: Object.fromEntries(CHANGE_PARTS.map((part) => [part, sum(({ parts }) => parts[part])])) as Record<
      ChangePart,
      Fen
    >,
    rest: sum(({ rest }) => rest),
  };
}

function order(a: Fen, b: Fen): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function magnitude(amount: Fen): Fen {
  return amount < 0n ? -amount : amount;
}
