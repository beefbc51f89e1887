import { graphql } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';

export const CabinetPortSetsQuery = graphql(`
  query CabinetPortSets($cabinetIds: [ID!]!) {
    portSets(cabinetIds: $cabinetIds) { id kind label count free version }
  }
`);

export const CreatePortSetMutation = graphql(
  `
    mutation CreatePortSet($input: CreatePortSetInput!) {
      outcome: createPortSet(input: $input) {
        portSet { id kind label count free version }
        errors { ...UserErrorFields }
      }
    }
  `,
  [UserErrorFields],
);

export const ResizePortSetMutation = graphql(
  `
    mutation ResizePortSet($input: ResizePortSetInput!) {
      outcome: resizePortSet(input: $input) {
        portSet { id kind label count free version }
        errors { ...UserErrorFields }
      }
    }
  `,
  [UserErrorFields],
);
