/** A state machine is a table; it is checked when the program starts and drives buttons, guards and tests alike. */
export interface TransitionTable<State extends string, Action extends string> {
  readonly name: string;
  readonly states: readonly State[];
  readonly initial: State;
  readonly actions: readonly Action[];
  /** from → action → to. An absent pair is illegal. */
  readonly transitions: { readonly [S in State]: { readonly [A in Action]?: State } };
}

/**
 * Gives the table back, or throws at boot: an unknown target, an action that no state allows, or a state that cannot be
 * reached from the initial one is a mistake of the table and must not wait for a user to find it.
 */
export function checkedTable<State extends string, Action extends string>(
  table: TransitionTable<State, Action>,
): TransitionTable<State, Action> {
  const known = new Set<string>(table.states);
  const reached = new Set<string>([table.initial]);
  const usedActions = new Set<string>();
  const pending: State[] = [table.initial];
  for (const state of table.states)
    for (const [action, to] of Object.entries(table.transitions[state])) {
      usedActions.add(action);
      if (!known.has(to as string))
        throw new Error(`${table.name}: ${state} --${action}--> unknown state ${String(to)}`);
      if (!table.actions.includes(action as Action)) throw new Error(`${table.name}: unknown action ${action}`);
    }
  for (let state = pending.pop(); state !== undefined; state = pending.pop())
    for (const to of Object.values(table.transitions[state]) as State[])
      if (!reached.has(to)) {
        reached.add(to);
        pending.push(to);
      }
  const unreachable = table.states.filter((s) => !reached.has(s));
  if (unreachable.length > 0) throw new Error(`${table.name}: unreachable states ${unreachable.join(', ')}`);
  const unused = table.actions.filter((a) => !usedActions.has(a));
  if (unused.length > 0) throw new Error(`${table.name}: actions that no state allows ${unused.join(', ')}`);
  return table;
}

export function nextState<State extends string, Action extends string>(
  table: Pick<TransitionTable<State, Action>, 'transitions'>,
  from: State,
  action: Action,
): State | undefined {
  return table.transitions[from][action];
}
