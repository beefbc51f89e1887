import { graphql } from '../../graphql/tada';

export const AuditRow = graphql(`
  fragment AuditRow on AuditEvent {
    id
    at
    actorName
    action
    objectType
    objectId
    summary
    address
    traceId
    sequence
  }
`);

export const AuditPageQuery = graphql(
  `
    query AuditPage($first: Int!, $after: String, $filter: AuditFilter) {
      auditEvents(first: $first, after: $after, filter: $filter) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { id ...AuditRow }
      }
    }
  `,
  [AuditRow],
);
