import { graphql } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';
import { QuotaFigures } from '../../ui/quota/quota.gql';

export const QuotaRow = graphql(
  `
    fragment QuotaRow on Quota {
      id
      level
      name
      version
      editable
      meters { meter limit held allocated left }
      department { id name level }
      ...QuotaFigures
    }
  `,
  [QuotaFigures],
);

export const QuotaListQuery = graphql(
  `
    query QuotaList($first: Int!, $after: String, $filter: QuotaFilter) {
      quotas(first: $first, after: $after, filter: $filter) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { id ...QuotaRow }
      }
    }
  `,
  [QuotaRow],
);

export const SetQuotaMutation = graphql(
  `
    mutation SetQuota($input: SetQuotaInput!) {
      outcome: setQuota(input: $input) {
        quota { id ...QuotaRow }
        errors { ...UserErrorFields }
      }
    }
  `,
  [QuotaRow, UserErrorFields],
);
