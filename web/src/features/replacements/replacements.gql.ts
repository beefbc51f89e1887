import { graphql } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';
import { CandidateParts } from '../../ui/placement/candidates.gql';

export const ReplaceTaskRow = graphql(`
  fragment ReplaceTaskRow on ReplaceTask {
    id
    version
    state
    schedulerText
    refusedSince
    openedAt
    closedAt
    decidedBy
    reason
    mayPlace
    resource { id name code vcpu memoryMib diskGib department { id name } }
    center { id name role }
    pool { id code }
    toCenter { id name role }
    toPool { id code }
  }
`);

export const ReplaceTaskListQuery = graphql(
  `
    query ReplaceTaskList($first: Int!, $after: String, $filter: ReplaceTaskFilter) {
      replaceTasks(first: $first, after: $after, filter: $filter) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { id ...ReplaceTaskRow }
      }
      centers { id code name role }
    }
  `,
  [ReplaceTaskRow],
);

/** Every pool that the machine of one task could be in. */
export const ReplaceCandidatesQuery = graphql(
  `
    query ReplaceCandidates($id: ID!) {
      node(id: $id) { id ... on ReplaceTask { candidates { ...CandidateParts } } }
    }
  `,
  [CandidateParts],
);

export const RePlaceMachineMutation = graphql(
  `
    mutation RePlaceMachine($input: RePlaceMachineInput!) {
      outcome: rePlaceMachine(input: $input) { task { id ...ReplaceTaskRow } errors { ...UserErrorFields } }
    }
  `,
  [ReplaceTaskRow, UserErrorFields],
);
