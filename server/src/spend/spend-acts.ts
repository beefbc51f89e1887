import { scopeFor } from '../kernel/viewer.js';
import type { RequestContext } from '../platform/graphql/request-context.js';
import { decideSpend, type Entered, SPEND_ACTIONS, type SpendAction } from './domain/spend-state.js';

/** Which right each act needs: whoever enters may withdraw, whoever confirms is another. */
export const RIGHT_OF = { CONFIRM: 'REVIEW', WITHDRAW: 'EDIT' } as const satisfies { [A in SpendAction]: string };

/** What this viewer may do with it now. */
export function actionsFor(ctx: RequestContext, entered: Entered): SpendAction[] {
  const viewer = ctx.requireViewer();
  return SPEND_ACTIONS.filter(
    (action) =>
      scopeFor(viewer, 'SPEND', RIGHT_OF[action]) && decideSpend(viewer.userId, entered, action, entered.version).ok,
  );
}
