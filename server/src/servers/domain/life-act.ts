/** Decides what a person must say to move a server through its life, and which moves are open to them now. */
import { SERVER_ACTIONS, type ServerAction, type ServerState, type ServerUse, stateAfter } from './server-state.js';

/** What takes a server out of use, or out of the house, is explained to those who ask later. */
const WITH_REASON: readonly ServerAction[] = ['RETURN', 'START_MAINTENANCE', 'RETIRE'];

export function needsReason(action: ServerAction): boolean {
  return WITH_REASON.includes(action);
}

export function needsPool(action: ServerAction): boolean {
  return action === 'GIVE_TO_POOL';
}

/** In the order of the table of actions. */
export function openActions(server: { readonly state: ServerState } & ServerUse): ServerAction[] {
  return SERVER_ACTIONS.filter((action) => stateAfter(server, action) !== undefined);
}
