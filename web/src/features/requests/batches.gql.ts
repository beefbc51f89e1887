import { graphql } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';
import { SystemOption } from './request-form.gql';

export const BatchRow = graphql(`
  fragment BatchRow on LineBatchRow {
    id
    number
    cells
    problems { column kind message }
  }
`);

/** What every answer about a batch renews. */
export const BatchHead = graphql(`
  fragment BatchHead on LineBatch {
    id
    kind
    serviceName
    state
    version
    fileName
    sm3
    rowCount
    takenCount
    openRowCount
    wrongRowCount
    purpose
    createdBy
    createdAt
    request { id code version state }
  }
`);

/** A table that waits: what a list says of it. */
export const WaitingBatch = graphql(`
  fragment WaitingBatch on LineBatch {
    id
    kind
    fileName
    openRowCount
    createdAt
  }
`);

export const BatchPageQuery = graphql(
  `
    query BatchPage($id: ID!, $after: String, $wrongOnly: Boolean!, $added: [Int!]!) {
      lineBatch(id: $id) {
        id
        ...BatchHead
        columns { key title required note choices }
        rows(first: 50, after: $after, wrongOnly: $wrongOnly) {
          totalCount
          pageInfo { hasNextPage endCursor }
          nodes { id ...BatchRow }
        }
        added: rowsOf(numbers: $added) { id ...BatchRow }
      }
    }
  `,
  [BatchHead, BatchRow],
);

export const EditBatchMutation = graphql(
  `
    mutation EditLineBatch($input: EditLineBatchInput!, $numbers: [Int!]!) {
      outcome: editLineBatch(input: $input) {
        lineBatch { id ...BatchHead rowsOf(numbers: $numbers) { id ...BatchRow } }
        errors { ...UserErrorFields }
      }
    }
  `,
  [BatchHead, BatchRow, UserErrorFields],
);

export const AddBatchRowMutation = graphql(
  `
    mutation AddLineBatchRow($input: AddLineBatchRowInput!) {
      outcome: addLineBatchRow(input: $input) {
        rowNumber
        lineBatch { id ...BatchHead }
        errors { ...UserErrorFields }
      }
    }
  `,
  [BatchHead, UserErrorFields],
);

export const RemoveBatchRowsMutation = graphql(
  `
    mutation RemoveLineBatchRows($input: RemoveLineBatchRowsInput!) {
      outcome: removeLineBatchRows(input: $input) {
        lineBatch { id ...BatchHead }
        errors { ...UserErrorFields }
      }
    }
  `,
  [BatchHead, UserErrorFields],
);

export const DiscardBatchMutation = graphql(
  `
    mutation DiscardLineBatch($input: LineBatchActInput!) {
      outcome: discardLineBatch(input: $input) {
        lineBatch { id ...BatchHead }
        errors { ...UserErrorFields }
      }
    }
  `,
  [BatchHead, UserErrorFields],
);

export const TakeBatchMutation = graphql(
  `
    mutation TakeLineBatch($input: TakeLineBatchInput!) {
      outcome: takeLineBatch(input: $input) {
        request { id version machineCount serverCount cabinetCount serviceCount }
        lineBatch { id ...BatchHead }
        errors { ...UserErrorFields }
      }
    }
  `,
  [BatchHead, UserErrorFields],
);

export const NewBatchPageQuery = graphql(
  `
    query NewBatchPage($systemId: ID!, $ofSystem: Boolean!, $requestId: ID!, $ofRequest: Boolean!) {
      system(id: $systemId) @include(if: $ofSystem) { id ...SystemOption }
      request(id: $requestId) @include(if: $ofRequest) { id code state system { id name } }
      catalog { services { id code name } }
    }
  `,
  [SystemOption],
);

export const WaitingBatchesQuery = graphql(
  `
    query WaitingBatches($requestId: ID) {
      openLineBatches(requestId: $requestId) { id ...WaitingBatch }
    }
  `,
  [WaitingBatch],
);

export const StartBatchMutation = graphql(
  `
    mutation StartLineBatch($input: StartLineBatchInput!) {
      outcome: startLineBatch(input: $input) {
        lineBatch { id }
        errors { ...UserErrorFields }
      }
    }
  `,
  [UserErrorFields],
);
