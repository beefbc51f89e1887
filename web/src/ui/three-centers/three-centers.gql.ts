import { graphql } from '../../graphql/tada';

export const ThreeCentersCenter = graphql(`
  fragment ThreeCentersCenter on Center {
    id
    code
    name
    role
    life
    cluster { id reach observedAt }
    pools {
      id
      code
      architecture
      zone
      capacity { meter storageTier total held allocated free }
    }
  }
`);
