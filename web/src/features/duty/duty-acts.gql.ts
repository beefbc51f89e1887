import { graphql } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';
import { LogRow, NoticeFacts, TicketFacts } from './duty.gql';

export const OpenTicketMutation = graphql(
  `
    mutation OpenDutyTicket($input: OpenDutyTicketInput!) {
      outcome: openDutyTicket(input: $input) { ticket { id code } errors { ...UserErrorFields } }
    }
  `,
  [UserErrorFields],
);

export const OpenEventOfAlertMutation = graphql(
  `
    mutation OpenEventOfAlert($input: OpenEventOfAlertInput!) {
      outcome: openEventOfAlert(input: $input) { ticket { id code } errors { ...UserErrorFields } }
    }
  `,
  [UserErrorFields],
);

export const MoveTicketMutation = graphql(
  `
    mutation MoveDutyTicket($input: MoveDutyTicketInput!) {
      outcome: moveDutyTicket(input: $input) { ticket { id ...DutyTicketFacts } errors { ...UserErrorFields } }
    }
  `,
  [TicketFacts, UserErrorFields],
);

export const AssignTicketMutation = graphql(
  `
    mutation AssignDutyTicket($input: AssignDutyTicketInput!) {
      outcome: assignDutyTicket(input: $input) { ticket { id ...DutyTicketFacts } errors { ...UserErrorFields } }
    }
  `,
  [TicketFacts, UserErrorFields],
);

export const NoteOnTicketMutation = graphql(
  `
    mutation NoteOnDutyTicket($input: NoteOnDutyTicketInput!) {
      outcome: noteOnDutyTicket(input: $input) { ticket { id ...DutyTicketFacts } errors { ...UserErrorFields } }
    }
  `,
  [TicketFacts, UserErrorFields],
);

export const LinkTicketMutation = graphql(
  `
    mutation LinkDutyTicket($input: LinkDutyTicketInput!) {
      outcome: linkDutyTicket(input: $input) { ticket { id ...DutyTicketFacts } errors { ...UserErrorFields } }
    }
  `,
  [TicketFacts, UserErrorFields],
);

export const UnlinkTicketMutation = graphql(
  `
    mutation UnlinkDutyTicket($input: LinkDutyTicketInput!) {
      outcome: unlinkDutyTicket(input: $input) { ticket { id ...DutyTicketFacts } errors { ...UserErrorFields } }
    }
  `,
  [TicketFacts, UserErrorFields],
);

export const ConfirmFaultMutation = graphql(
  `
    mutation ConfirmDutyFault($input: ConfirmDutyFaultInput!) {
      outcome: confirmDutyFault(input: $input) { ticket { id ...DutyTicketFacts } errors { ...UserErrorFields } }
    }
  `,
  [TicketFacts, UserErrorFields],
);

export const DenyFaultMutation = graphql(
  `
    mutation DenyDutyFault($input: DenyDutyFaultInput!) {
      outcome: denyDutyFault(input: $input) { ticket { id ...DutyTicketFacts } errors { ...UserErrorFields } }
    }
  `,
  [TicketFacts, UserErrorFields],
);

export const SendNoticeMutation = graphql(
  `
    mutation SendDutyNotice($input: SendDutyNoticeInput!) {
      outcome: sendDutyNotice(input: $input) { notice { id ...DutyNoticeFacts } errors { ...UserErrorFields } }
    }
  `,
  [NoticeFacts, UserErrorFields],
);

export const ReadNoticeMutation = graphql(
  `
    mutation ReadDutyNotice($input: DutyNoticeActInput!) {
      outcome: readDutyNotice(input: $input) { notice { id ...DutyNoticeFacts } errors { ...UserErrorFields } }
    }
  `,
  [NoticeFacts, UserErrorFields],
);

export const RemindOfNoticeMutation = graphql(
  `
    mutation RemindOfDutyNotice($input: DutyNoticeActInput!) {
      outcome: remindOfDutyNotice(input: $input) { notice { id ...DutyNoticeFacts } errors { ...UserErrorFields } }
    }
  `,
  [NoticeFacts, UserErrorFields],
);

export const WriteLogMutation = graphql(
  `
    mutation WriteDutyLog($input: WriteDutyLogInput!) {
      outcome: writeDutyLog(input: $input) { entry { id ...DutyLogRow } errors { ...UserErrorFields } }
    }
  `,
  [LogRow, UserErrorFields],
);

export const SettleLogMutation = graphql(
  `
    mutation SettleDutyLog($input: SettleDutyLogInput!) {
      outcome: settleDutyLog(input: $input) { entry { id ...DutyLogRow } errors { ...UserErrorFields } }
    }
  `,
  [LogRow, UserErrorFields],
);
