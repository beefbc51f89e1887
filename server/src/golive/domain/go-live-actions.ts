/** Decides which steps of a go-live case somebody is offered, and why one of them cannot be taken now. */
import type { Bilingual } from '../../kernel/bilingual.js';
import type { Party } from './go-live-policy.js';
import type { GoLiveState } from './go-live-state.js';
import { type SignerRights, wayOfSigning } from './signing.js';
import { type Obstacle, obstacleRefusal } from './trial.js';

export const GO_LIVE_ACTIONS = ['RECORD', 'ADD_DOCUMENT', 'PRESENT', 'SIGN', 'STOP'] as const;
export type GoLiveAction = (typeof GO_LIVE_ACTIONS)[number];

export interface CaseRights extends SignerRights {
  /** Keeps the trial's book: the department and the company that is bound to the system. */
  readonly records: boolean;
  /** Begins, presents and stops it: the department. */
  readonly leads: boolean;
}

export interface OfferedCase {
  readonly state: GoLiveState;
  readonly obstacles: readonly Obstacle[];
  /** Those who have not signed in the round that runs. */
  readonly unsigned: readonly Party[];
  /** The viewer has signed in it. */
  readonly hasSigned: boolean;
}

export interface OfferedAction {
  readonly action: GoLiveAction;
  /** null = it may be taken now. */
  readonly disabled: Bilingual | null;
}

export function goLiveActions(offered: OfferedCase, rights: CaseRights): OfferedAction[] {
  const { state, obstacles } = offered;
  const free = (action: GoLiveAction): OfferedAction => ({ action, disabled: null });
  if (state === 'TRIAL') {
    const [first] = obstacles;
    return [
      ...(rights.records ? [free('RECORD'), free('ADD_DOCUMENT')] : []),
      ...(rights.leads
        ? [{ action: 'PRESENT' as const, disabled: first ? obstacleRefusal(first).message : null }, free('STOP')]
        : []),
    ];
  }
  if (state !== 'ACCEPTANCE') return [];
  return [
    ...(partiesToSign(offered, rights).length > 0 ? [free('SIGN')] : []),
    ...(rights.leads ? [free('STOP')] : []),
  ];
}

/** For which parties the viewer may sign now, or enter what was signed on paper. */
export function partiesToSign(
  { state, unsigned, hasSigned }: Pick<OfferedCase, 'state' | 'unsigned' | 'hasSigned'>,
  rights: SignerRights,
): { readonly party: Party; readonly onPaper: boolean }[] {
  if (state !== 'ACCEPTANCE' || hasSigned) return [];
  return unsigned.flatMap((party) => {
    const way = wayOfSigning(party, rights);
    return way === null ? [] : [{ party, onPaper: way === 'PAPER' }];
  });
}
