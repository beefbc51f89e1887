/** Decides how a center goes from plan to stop, and which centers take anything new. */
import { checkedTable } from '../../kernel/state-machine.js';
import { CENTER_LIVES, type CenterLife } from './facility.js';

export const CENTER_ACTIONS = ['BEGIN_BUILDING', 'BEGIN_TRIAL', 'OPEN', 'STOP', 'REOPEN'] as const;
export type CenterAction = (typeof CENTER_ACTIONS)[number];

/** What was stopped opens again through a trial, never at once. */
export const centerLifeTable = checkedTable<CenterLife, CenterAction>({
  name: 'center life',
  states: CENTER_LIVES,
  initial: 'PLANNED',
  actions: CENTER_ACTIONS,
  transitions: {
    PLANNED: { BEGIN_BUILDING: 'BUILDING', STOP: 'STOPPED' },
    BUILDING: { BEGIN_TRIAL: 'TRIAL', STOP: 'STOPPED' },
    TRIAL: { OPEN: 'IN_SERVICE', STOP: 'STOPPED' },
    IN_SERVICE: { STOP: 'STOPPED' },
    STOPPED: { REOPEN: 'TRIAL' },
  },
});
