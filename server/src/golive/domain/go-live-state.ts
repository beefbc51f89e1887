/** Decides the life of a go-live case: from the trial run over the acceptance by all parties to the system in service. */
import { checkedTable } from '../../kernel/state-machine.js';

export const GO_LIVE_STATES = ['TRIAL', 'ACCEPTANCE', 'LIVE', 'STOPPED'] as const;
export type GoLiveState = (typeof GO_LIVE_STATES)[number];

export const GO_LIVE_MOVES = ['PRESENT', 'REFUSE', 'COMPLETE', 'STOP'] as const;
export type GoLiveMove = (typeof GO_LIVE_MOVES)[number];

export const goLiveTable = checkedTable({
  name: 'go-live case',
  states: GO_LIVE_STATES,
  initial: 'TRIAL',
  actions: GO_LIVE_MOVES,
  transitions: {
    TRIAL: { PRESENT: 'ACCEPTANCE', STOP: 'STOPPED' },
    // One party's refusal sends the system back into its trial; the last acceptance puts it in service.
    ACCEPTANCE: { REFUSE: 'TRIAL', COMPLETE: 'LIVE', STOP: 'STOPPED' },
    LIVE: {},
    STOPPED: {},
  },
});

/** Whether it still runs; a system has one such case at most. */
export function isOpen(state: GoLiveState): boolean {
  return state === 'TRIAL' || state === 'ACCEPTANCE';
}
