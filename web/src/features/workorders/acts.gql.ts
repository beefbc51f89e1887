import { graphql } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';
import { WorkOrderParts } from './workorders.gql';

export const SubmitWorkOrderMutation = graphql(
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

export const ReturnWorkOrderMutation = graphql(
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

export const AcceptWorkOrderMutation = graphql(
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

export const HandBackWorkOrderMutation = graphql(
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

export const StartWorkOrderMutation = graphql(
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

export const IssueReleaseSlipMutation = graphql(
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

export const SuspendWorkOrderMutation = graphql(
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

export const ResumeWorkOrderMutation = graphql(
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

export const FinishWorkOrderMutation = graphql(
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

export const ReworkWorkOrderMutation = graphql(
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

export const ConfirmWorkOrderMutation = graphql(
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

export const CancelWorkOrderMutation = graphql(
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
