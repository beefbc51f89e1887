import { graphql } from '../../graphql/tada';

/** Work that the request still waits for, and its lines that nobody has handed over. */
export const RequestWaitingQuery = graphql(`
  query RequestWaiting($id: ID!, $states: [WorkOrderState!]!) {
    workOrders(first: 5, filter: { requestId: $id, states: $states }) {
      totalCount
      nodes { id code title }
    }
    request(id: $id) {
      id
      linePage(first: 100) {
        totalCount
        nodes { id kind count fulfilledAt }
      }
    }
  }
`);
