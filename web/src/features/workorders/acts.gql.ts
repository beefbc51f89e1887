import { graphql } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';
import { WorkOrderParts } from './workorders.gql';

const SubmitWorkOrder = graphql(
  `
    mutation SubmitWorkOrder($input: WorkOrderActInput!) {
      outcome: submitWorkOrder(input: $input) {
        workOrder { id ...WorkOrderParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [WorkOrderParts, UserErrorFields],
);

const ReturnWorkOrder = graphql(
  `
    mutation ReturnWorkOrder($input: WorkOrderActInput!) {
      outcome: returnWorkOrder(input: $input) {
        workOrder { id ...WorkOrderParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [WorkOrderParts, UserErrorFields],
);

const AcceptWorkOrder = graphql(
  `
    mutation AcceptWorkOrder($input: WorkOrderActInput!) {
      outcome: acceptWorkOrder(input: $input) {
        workOrder { id ...WorkOrderParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [WorkOrderParts, UserErrorFields],
);

const HandBackWorkOrder = graphql(
  `
    mutation HandBackWorkOrder($input: WorkOrderActInput!) {
      outcome: handBackWorkOrder(input: $input) {
        workOrder { id ...WorkOrderParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [WorkOrderParts, UserErrorFields],
);

const StartWorkOrder = graphql(
  `
    mutation StartWorkOrder($input: WorkOrderActInput!) {
      outcome: startWorkOrder(input: $input) {
        workOrder { id ...WorkOrderParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [WorkOrderParts, UserErrorFields],
);

const IssueReleaseSlip = graphql(
  `
    mutation IssueReleaseSlip($input: WorkOrderActInput!) {
      outcome: issueReleaseSlip(input: $input) {
        workOrder { id ...WorkOrderParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [WorkOrderParts, UserErrorFields],
);

const SuspendWorkOrder = graphql(
  `
    mutation SuspendWorkOrder($input: WorkOrderActInput!) {
      outcome: suspendWorkOrder(input: $input) {
        workOrder { id ...WorkOrderParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [WorkOrderParts, UserErrorFields],
);

const ResumeWorkOrder = graphql(
  `
    mutation ResumeWorkOrder($input: WorkOrderActInput!) {
      outcome: resumeWorkOrder(input: $input) {
        workOrder { id ...WorkOrderParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [WorkOrderParts, UserErrorFields],
);

const FinishWorkOrder = graphql(
  `
    mutation FinishWorkOrder($input: WorkOrderActInput!) {
      outcome: finishWorkOrder(input: $input) {
        workOrder { id ...WorkOrderParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [WorkOrderParts, UserErrorFields],
);

const ReworkWorkOrder = graphql(
  `
    mutation ReworkWorkOrder($input: WorkOrderActInput!) {
      outcome: reworkWorkOrder(input: $input) {
        workOrder { id ...WorkOrderParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [WorkOrderParts, UserErrorFields],
);

const ConfirmWorkOrder = graphql(
  `
    mutation ConfirmWorkOrder($input: WorkOrderActInput!) {
      outcome: confirmWorkOrder(input: $input) {
        workOrder { id ...WorkOrderParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [WorkOrderParts, UserErrorFields],
);

const CancelWorkOrder = graphql(
  `
    mutation CancelWorkOrder($input: WorkOrderActInput!) {
      outcome: cancelWorkOrder(input: $input) {
        workOrder { id ...WorkOrderParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [WorkOrderParts, UserErrorFields],
);

/** The acts that need nothing but a word. */
export const actDocuments = {
  SUBMIT: SubmitWorkOrder,
  RETURN: ReturnWorkOrder,
  ACCEPT: AcceptWorkOrder,
  HAND_BACK: HandBackWorkOrder,
  START: StartWorkOrder,
  ISSUE_SLIP: IssueReleaseSlip,
  SUSPEND: SuspendWorkOrder,
  RESUME: ResumeWorkOrder,
  FINISH: FinishWorkOrder,
  REWORK: ReworkWorkOrder,
  CONFIRM: ConfirmWorkOrder,
  CANCEL: CancelWorkOrder,
} as const;
export type SimpleAct = keyof typeof actDocuments;
