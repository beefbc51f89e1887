import { graphql } from '../../graphql/tada';
import { ThreeCentersCenter } from '../../ui/three-centers/three-centers.gql';

export const HomeFigures = graphql(`
  fragment HomeFigures on Home {
    awaitingMe
    monthlyCost
    requestsByState { state count }
    resourcesByState { state count }
  }
`);

export const HomePageQuery = graphql(
  `
    query HomePage {
      home {
        ...HomeFigures
        centers { id ...ThreeCentersCenter }
      }
    }
  `,
  [HomeFigures, ThreeCentersCenter],
);
