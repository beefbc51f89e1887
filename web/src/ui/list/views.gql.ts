import { graphql } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';

/** Asked when the menu of views opens, so that no list waits for it. */
export const SavedViewsQuery = graphql(`
  query SavedViews($list: String!) {
    savedViews(list: $list) { id list name state }
  }
`);

export const SaveViewMutation = graphql(
  `
    mutation SaveView($input: SaveViewInput!) {
      saveView(input: $input) {
        view { id list name state }
        errors { ...UserErrorFields }
      }
    }
  `,
  [UserErrorFields],
);

export const DeleteViewMutation = graphql(
  `
    mutation DeleteView($input: DeleteViewInput!) {
      deleteView(input: $input) {
        deletedId
        errors { ...UserErrorFields }
      }
    }
  `,
  [UserErrorFields],
);
