import { graphql } from '../../graphql/tada';

export const TaskRow = graphql(`
  fragment TaskRow on ResourceTask {
    id
    kind
    state
    progressPercent
    text
    failureClass
    failureMessage
    failures
    retryAt
    queuedAt
    begunAt
    changedAt
    endedAt
    seconds
    resource { id code name department { id name } }
    center { id name role }
  }
`);

export const TaskListQuery = graphql(
  `
    query TaskList($first: Int!, $after: String, $centerId: ID, $resourceId: ID, $states: [TaskState!], $search: String) {
      resourceTasks(
        first: $first
        after: $after
        centerId: $centerId
        resourceId: $resourceId
        states: $states
        search: $search
      ) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { id ...TaskRow }
      }
      centers { id code name role }
    }
  `,
  [TaskRow],
);

export const TasksOfResourceQuery = graphql(
  `
    query TasksOfResource($resourceId: ID!) {
      resourceTasks(first: 5, resourceId: $resourceId) {
        totalCount
        nodes { id ...TaskRow }
      }
    }
  `,
  [TaskRow],
);
