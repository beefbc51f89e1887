import type { WorkOrderAction } from '../../graphql/enums';
import {
  AcceptWorkOrderMutation,
  CancelWorkOrderMutation,
  ConfirmWorkOrderMutation,
  FinishWorkOrderMutation,
  HandBackWorkOrderMutation,
  IssueReleaseSlipMutation,
  ResumeWorkOrderMutation,
  ReturnWorkOrderMutation,
  ReworkWorkOrderMutation,
  StartWorkOrderMutation,
  SubmitWorkOrderMutation,
  SuspendWorkOrderMutation,
} from './acts.gql';

/** The acts that need nothing but a word. */
export const actDocuments = {
  SUBMIT: SubmitWorkOrderMutation,
  RETURN: ReturnWorkOrderMutation,
  ACCEPT: AcceptWorkOrderMutation,
  HAND_BACK: HandBackWorkOrderMutation,
  START: StartWorkOrderMutation,
  ISSUE_SLIP: IssueReleaseSlipMutation,
  SUSPEND: SuspendWorkOrderMutation,
  RESUME: ResumeWorkOrderMutation,
  FINISH: FinishWorkOrderMutation,
  REWORK: ReworkWorkOrderMutation,
  CONFIRM: ConfirmWorkOrderMutation,
  CANCEL: CancelWorkOrderMutation,
} as const;
export type SimpleAct = keyof typeof actDocuments;

const WITH_A_REASON: readonly SimpleAct[] = ['RETURN', 'HAND_BACK', 'SUSPEND', 'REWORK', 'CANCEL'];

/** The server wants to know why. */
export function asksWhy(act: SimpleAct): boolean {
  return WITH_A_REASON.includes(act);
}

export function isDangerous(act: SimpleAct): boolean {
  return act === 'CANCEL';
}

/** What leads on comes first; the first of those that are open is the page's one primary act. */
const ORDER: readonly (SimpleAct | 'OPEN' | 'ASSIGN')[] = [
  'SUBMIT',
  'OPEN',
  'ACCEPT',
  'START',
  'FINISH',
  'CONFIRM',
  'RESUME',
  'ISSUE_SLIP',
  'ASSIGN',
  'SUSPEND',
  'REWORK',
  'HAND_BACK',
  'RETURN',
  'CANCEL',
];

export function actsToShow(available: readonly WorkOrderAction[]): (SimpleAct | 'OPEN' | 'ASSIGN')[] {
  return ORDER.filter((act) => (available as readonly string[]).includes(act));
}
