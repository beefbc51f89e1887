import { graphql } from '../../graphql/tada';
import { QuotaFigures } from '../../ui/quota/quota.gql';
import { ThreeCentersCenter } from '../../ui/three-centers/three-centers.gql';

export const HomeFigures = graphql(`
  fragment HomeFigures on Home {
    awaitingMe
    monthlyCost
    papersToSeal
    backupsMissed
    machinesToPlace
    requestsByState { state count }
    resourcesByState { state count }
  }
`);

export const TodaysOrder = graphql(`
  fragment TodaysOrder on WorkOrder {
    id
    code
    kind
    state
    title
    departmentName
    windowFrom
    windowTo
    dueAt
    rooms { id code name }
  }
`);

export const HomePageQuery = graphql(
  `
    query HomePage($creates: Boolean!, $works: Boolean!, $tonight: DateTime!) {
      today: workOrders(first: 20, filter: { assignedToMe: true, states: [OPEN, ACCEPTED, IN_PROGRESS, SUSPENDED], windowTo: $tonight })
        @include(if: $works) {
        totalCount
        nodes { id ...TodaysOrder }
      }
      waiting: workOrders(first: 1, filter: { assignedToMe: true, states: [OPEN, ACCEPTED, IN_PROGRESS, SUSPENDED] })
        @include(if: $works) {
        totalCount
      }
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
  [HomeFigures, TodaysOrder, ThreeCentersCenter, QuotaFigures],
);
