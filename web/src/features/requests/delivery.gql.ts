import { graphql } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';
import { PaperFields } from './paper-fields.gql';

/** 资源开通确认单: how far it is. What it lists may be a thousand things and comes by pages. */
export const RequestDelivery = graphql(
  `
    fragment RequestDelivery on Request {
      id
      deliverySheet {
        id
        code
        state
        version
        openedAt
        dueAt
        confirmedAt
        confirmedBy
        byRule
        sheetUrl
        mayConfirm
        mayAnswer
        itemCount
        openObjectionCount
        papers { ...PaperFields }
      }
    }
  `,
  [PaperFields],
);

/** One thing that was delivered, its first password, and what the department says to it. */
export const DeliveryItem = graphql(`
  fragment DeliveryItem on DeliverySheetItem {
    kind
    evidence
    resourceId
    code
    name
    specification
    center
    addresses
    deliveredAt
    login {
      state
      username
      expiresAt
      revealedAt
      revealedBy
      mayReveal
      mayReset
      reset { number stage stageText reason askedAt askedBy }
    }
    objections { id reason raisedAt raisedBy answer answeredAt answeredBy }
  }
`);

export const DeliveryItemsQuery = graphql(
  `
    query DeliveryItems($id: ID!, $first: Int!, $after: String, $filter: DeliverySheetItemFilter) {
      request(id: $id) {
        id
        deliverySheet {
          id
          items(first: $first, after: $after, filter: $filter) {
            totalCount
            pageInfo { hasNextPage endCursor }
            nodes { ...DeliveryItem }
          }
        }
      }
    }
  `,
  [DeliveryItem],
);

/** Each event carries the page that is shown. */
export const DeliveryItemsChangedSubscription = graphql(
  `
    subscription DeliveryItemsChanged($id: ID!, $first: Int!, $after: String, $filter: DeliverySheetItemFilter) {
      requestChanged(id: $id) {
        request {
          id
          deliverySheet {
            id
            items(first: $first, after: $after, filter: $filter) {
              totalCount
              pageInfo { hasNextPage endCursor }
              nodes { ...DeliveryItem }
            }
          }
        }
      }
    }
  `,
  [DeliveryItem],
);

/** What somebody objects to: enough to tell one thing from another. */
export const ObjectableItemsQuery = graphql(`
  query ObjectableItems($id: ID!, $first: Int!, $after: String, $filter: DeliverySheetItemFilter) {
    request(id: $id) {
      id
      deliverySheet {
        id
        items(first: $first, after: $after, filter: $filter) {
          totalCount
          pageInfo { hasNextPage endCursor }
          nodes { resourceId kind name code addresses }
        }
      }
    }
  }
`);

export const DeliverySheetRow = graphql(`
  fragment DeliverySheetRow on DeliverySheet {
    id
    code
    requestId
    requestCode
    unit
    system
    state
    openedAt
    dueAt
    confirmedAt
    confirmedBy
    byRule
    mayConfirm
    itemCount
    openObjectionCount
  }
`);

export const DeliveryListQuery = graphql(
  `
    query DeliveryList($first: Int!, $after: String, $filter: DeliverySheetFilter) {
      deliverySheets(first: $first, after: $after, filter: $filter) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { id ...DeliverySheetRow }
      }
    }
  `,
  [DeliverySheetRow],
);

export const ConfirmDeliveryMutation = graphql(
  `
    mutation ConfirmDelivery($input: ConfirmDeliveryInput!) {
      outcome: confirmDelivery(input: $input) {
        request { id ...RequestDelivery }
        errors { ...UserErrorFields }
      }
    }
  `,
  [RequestDelivery, UserErrorFields],
);

export const ObjectToDeliveryMutation = graphql(
  `
    mutation ObjectToDelivery($input: ObjectToDeliveryInput!) {
      outcome: objectToDelivery(input: $input) {
        request { id ...RequestDelivery }
        errors { ...UserErrorFields }
      }
    }
  `,
  [RequestDelivery, UserErrorFields],
);

export const AnswerObjectionMutation = graphql(
  `
    mutation AnswerObjection($input: AnswerObjectionInput!) {
      outcome: answerObjection(input: $input) {
        request { id ...RequestDelivery }
        errors { ...UserErrorFields }
      }
    }
  `,
  [RequestDelivery, UserErrorFields],
);

export const ResetFirstLoginMutation = graphql(
  `
    mutation ResetFirstLogin($input: ResetFirstLoginInput!) {
      outcome: resetFirstLogin(input: $input) {
        request { id ...RequestDelivery }
        errors { ...UserErrorFields }
      }
    }
  `,
  [RequestDelivery, UserErrorFields],
);
