import { graphql } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';

export const AvailabilityRow = graphql(`
  fragment AvailabilityRow on SystemAvailability {
    month
    minutesOfMonth
    system { id name code availabilityPercent department { id name } }
    reading { downMinutes excusedMinutes source enteredBy enteredAt }
    recorded { downMinutes excusedMinutes codes }
  }
`);

export const AvailabilityListQuery = graphql(
  `
    query AvailabilityList($first: Int!, $after: String, $month: String!, $search: String) {
      systemAvailability(first: $first, after: $after, month: $month, search: $search) {
        totalCount
        isOver
        pageInfo { hasNextPage endCursor }
        nodes { ...AvailabilityRow }
      }
    }
  `,
  [AvailabilityRow],
);

export const RecordAvailabilityMutation = graphql(
  `
    mutation RecordAvailability($input: RecordAvailabilityInput!) {
      outcome: recordAvailability(input: $input) { recorded errors { ...UserErrorFields } }
    }
  `,
  [UserErrorFields],
);
