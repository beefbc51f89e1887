import { graphql } from '../../graphql/tada';
import { QuotaFigures } from '../../ui/quota/quota.gql';
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
    query HomePage($creates: Boolean!) {
      mine: requests(first: 10, filter: { mine: true }, orderBy: NEWEST) @include(if: $creates) {
        nodes { id system { id name } }
      }
      viewer { id department { id quota { id ...QuotaFigures } } }
      home {
        ...HomeFigures
        centers { id ...ThreeCentersCenter }
      }
    }
  `,
  [HomeFigures, ThreeCentersCenter, QuotaFigures],
);
