import { graphql } from '../../graphql/tada';

export const WaitingPaperRow = graphql(`
  fragment WaitingPaperRow on WaitingPaper {
    id
    kind
    subjectId
    code
    systemName
    department { id name }
    parties
    since
    dueAt
    blocks
    blocking
    standing
    printUrl
  }
`);

export const WaitingPaperListQuery = graphql(
  `
    query WaitingPaperList($first: Int!, $after: String, $filter: WaitingPaperFilter) {
      waitingPapers(first: $first, after: $after, filter: $filter) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { id ...WaitingPaperRow }
      }
    }
  `,
  [WaitingPaperRow],
);
