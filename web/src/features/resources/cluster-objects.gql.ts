import { graphql } from '../../graphql/tada';

export const ResourceObjectsQuery = graphql(`
  query ResourceObjects($id: ID!) {
    resourceObjects(id: $id) {
      read
      readAt
      objects {
        kind
        namespace
        name
        live
        wanted
        managers
        differences { path wanted found manager }
      }
    }
  }
`);
