import type { TransitionTable } from '../../server/src/kernel/state-machine.js';

/** Whether the declared edges lead from one state to the other, in any number of moves: between two looks there may be several. */
export function canReach<S extends string, A extends string>(table: TransitionTable<S, A>, from: S, to: S): boolean {
  const seen = new Set<S>([from]);
  const todo: S[] = [from];
  for (let at = todo.pop(); at !== undefined; at = todo.pop())
    for (const next of Object.values(table.transitions[at] as Partial<Record<A, S>>) as S[])
      if (!seen.has(next)) {
        seen.add(next);
        todo.push(next);
      }
  return seen.has(to);
}
