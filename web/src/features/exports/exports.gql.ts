import { graphql } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';

export const ExportMonthsQuery = graphql(`
  query ExportMonths($side: StatementSide!) {
    exportMonths(side: $side) { month statements lines amount closedAt }
  }
`);

export const ExportTokenRow = graphql(`
  fragment ExportTokenRow on ExportToken {
    id
    publicId
    kind
    state
    version
    purpose
    exports
    owner
    department { id name }
    createdAt
    expiresAt
    expired
    approvedBy
    revokedBy
    lastUsedAt
    lastUsedAddress
    uses
    availableActions
  }
`);

export const ExportTokensQuery = graphql(
  `
    query ExportTokens {
      exportTokens(first: 100) { totalCount nodes { id ...ExportTokenRow } }
    }
  `,
  [ExportTokenRow],
);

export const CreateExportTokenMutation = graphql(
  `
    mutation CreateExportToken($input: CreateExportTokenInput!) {
      outcome: createExportToken(input: $input) {
        secret
        token { id ...ExportTokenRow }
        errors { ...UserErrorFields }
      }
    }
  `,
  [ExportTokenRow, UserErrorFields],
);

export const ApproveExportTokenMutation = graphql(
  `
    mutation ApproveExportToken($input: ExportTokenActInput!) {
      outcome: approveExportToken(input: $input) { token { id ...ExportTokenRow } errors { ...UserErrorFields } }
    }
  `,
  [ExportTokenRow, UserErrorFields],
);

export const RevokeExportTokenMutation = graphql(
  `
    mutation RevokeExportToken($input: ExportTokenActInput!) {
      outcome: revokeExportToken(input: $input) { token { id ...ExportTokenRow } errors { ...UserErrorFields } }
    }
  `,
  [ExportTokenRow, UserErrorFields],
);
