import { graphql } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';
import { GateVerdictFields } from '../../ui/gates/gates.gql';
import { ThreeCentersCenter } from '../../ui/three-centers/three-centers.gql';
import { RequestAttachments } from './attachments.gql';
import { RequestDelivery } from './delivery.gql';
import { RequestPapers } from './papers.gql';
import { RequestLines } from './request-lines.gql';
import { RequestRow } from './request-list.gql';

// ---------- one request ----------
export const RequestHead = graphql(`
  fragment RequestHead on Request {
    id
    code
    nature
    state
    system { id name }
    holder
    holderSince
  }
`);

export const RequestFacts = graphql(`
  fragment RequestFacts on Request {
    id
    nature
    restartAgreed
    machineCount
    purpose
    temporaryUntil
    applicantName
    createdAt
    submittedAt
    holdExpiresAt
    monthlyCost
    machineCount
    department { id name }
    system { id code name protectionLevel localMode remoteMode }
    project { id code name budgetYear fundSource fundingMode }
    encumbrances { budgetId budgetName amount left beyondQuota }
  }
`);

export const RequestGates = graphql(
  `
    fragment RequestGates on Request {
      id
      judgements { moment judgedAt editionId editionNumber verdicts { key ...GateVerdictFields } }
    }
  `,
  [GateVerdictFields],
);

export const RequestResources = graphql(`
  fragment RequestResources on Request {
    id
    state
    readyMachineCount
    machines(first: $first, after: $machinesAfter) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes {
        id
        code
        name
        state
        management
        power
        addresses
        statusText
        progressPercent
        stale
        observedAt
        center { id name role }
      }
    }
  }
`);

export const RequestTimeline = graphql(`
  fragment RequestTimeline on Request {
    id
    state
    holder
    holderSince
    steps { id at actorName actorRole action opinion fromState toState }
  }
`);

/** 卡在哪: the chain with each step's holders, terms, opinions and files. */
export const RequestChain = graphql(`
  fragment RequestChain on Request {
    id
    rounds {
      id
      number
      state
      chainTitle
      startedAt
      endedAt
      steps {
        id
        title
        state
        deadlineWorkingDays
        needsFile
        needsSeal
        holdsCapacity
        addedBy
        since
        dueAt
        overdue
        endedAt
        escalatedAt
        escalatesTo
        waitedWorkingDays
        reminders
        lastRemindedAt
        seats {
          roles
          personName
          verdict
          decidedBy
          decidedRole
          onBehalfOf
          decidedAt
          opinion
          fileName
          fileUrl
        }
      }
    }
  }
`);

export const RequestActions = graphql(`
  fragment RequestActions on Request {
    id
    code
    nature
    version
    state
    machineCount
    serverCount
    cabinetCount
    serviceCount
    monthlyCost
    availableActions { action disabledReason }
    senders
    seatChoices { seatId role onBehalfOf }
    rounds { id steps { id title state needsFile } }
  }
`);

/**
 * Everything that a page of one request shows; the query and each event carry it, so that an event renews the page. Lines and
 * machines come by pages; the plan is of all lines. Its fields stand here and not in a fragment of their own, because the server
 * counts a fragment as a level of depth.
 */
export const RequestParts = graphql(
  `
    fragment RequestParts on Request {
      id
      nature
      version
      state
      holdExpiresAt
      plan {
        kind
        count
        localMode
        remoteMode
        center { id }
        shares { count owed standing center { id } }
      }
      ...RequestHead
      ...RequestFacts
      ...RequestAttachments
      ...RequestGates
      ...RequestLines
      ...RequestResources
      ...RequestChain
      ...RequestTimeline
      ...RequestActions
      ...RequestPapers
      ...RequestDelivery
    }
  `,
  [
    RequestHead,
    RequestFacts,
    RequestAttachments,
    RequestGates,
    RequestLines,
    RequestResources,
    RequestChain,
    RequestTimeline,
    RequestActions,
    RequestPapers,
    RequestDelivery,
  ],
);

/** What a service's questions and the choices among its answers are called. Of the page alone: events lie a level deeper, and definitions never change. */
export const RequestChoiceWords = graphql(`
  fragment RequestChoiceWords on Request {
    id
    linePage(first: $first, after: $linesAfter) {
      nodes { id service { definition { id fields { key label choices { value label } } } } }
    }
  }
`);

export const RequestPageQuery = graphql(
  `
    query RequestPage($id: ID!, $first: Int!, $linesAfter: String, $machinesAfter: String) {
      request(id: $id) { id ...RequestParts ...RequestChoiceWords }
      centers { id ...ThreeCentersCenter }
    }
  `,
  [RequestParts, RequestChoiceWords, ThreeCentersCenter],
);

export const RequestChangedSubscription = graphql(
  `
    subscription RequestChanged($id: ID!, $first: Int!, $linesAfter: String, $machinesAfter: String) {
      requestChanged(id: $id) {
        request { id ...RequestParts }
      }
    }
  `,
  [RequestParts],
);

// ---------- acts: one document each, one shape ----------
/** What an act changes at once; machines and placements follow, as the cache asks for the request again. */
export const RequestOutcome = graphql(
  `
    fragment RequestOutcome on RequestPayload {
      request {
        id
        version
        ...RequestHead
        ...RequestChain
        ...RequestTimeline
        ...RequestActions
      }
      errors { ...UserErrorFields }
    }
  `,
  [RequestHead, RequestChain, RequestTimeline, RequestActions, UserErrorFields],
);

export const SendForSignOffMutation = graphql(
  `
    mutation SendForSignOff($input: RequestActInput!) {
      outcome: sendRequestForSignOff(input: $input) { ...RequestOutcome }
    }
  `,
  [RequestOutcome],
);

export const SubmitRequestMutation = graphql(
  `
    mutation SubmitRequest($input: RequestActInput!) {
      outcome: submitRequest(input: $input) { ...RequestOutcome }
    }
  `,
  [RequestOutcome],
);

export const ApproveRequestMutation = graphql(
  `
    mutation ApproveRequest($input: RequestActInput!) {
      outcome: approveRequest(input: $input) { ...RequestOutcome }
    }
  `,
  [RequestOutcome],
);

export const ReturnRequestMutation = graphql(
  `
    mutation ReturnRequest($input: RequestActInput!) {
      outcome: returnRequest(input: $input) { ...RequestOutcome }
    }
  `,
  [RequestOutcome],
);

export const RejectRequestMutation = graphql(
  `
    mutation RejectRequest($input: RequestActInput!) {
      outcome: rejectRequest(input: $input) { ...RequestOutcome }
    }
  `,
  [RequestOutcome],
);

export const WithdrawRequestMutation = graphql(
  `
    mutation WithdrawRequest($input: RequestActInput!) {
      outcome: withdrawRequest(input: $input) { ...RequestOutcome }
    }
  `,
  [RequestOutcome],
);

export const RemindRequestMutation = graphql(
  `
    mutation RemindRequest($input: RequestActInput!) {
      outcome: remindRequest(input: $input) { ...RequestOutcome }
    }
  `,
  [RequestOutcome],
);

// ---------- acts that name a person ----------
export const ApproverCandidatesQuery = graphql(`
  query ApproverCandidates($requestId: ID!, $choice: ApproverChoice!, $search: String) {
    approverCandidates(requestId: $requestId, choice: $choice, search: $search) {
      id displayName department { id name }
    }
  }
`);

export const TransferRequestMutation = graphql(
  `
    mutation TransferRequest($input: TransferRequestInput!) {
      outcome: transferRequest(input: $input) {
        request { id version ...RequestHead ...RequestChain ...RequestTimeline ...RequestActions }
        errors { ...UserErrorFields }
      }
    }
  `,
  [RequestHead, RequestChain, RequestTimeline, RequestActions, UserErrorFields],
);

export const AddApproverMutation = graphql(
  `
    mutation AddApprover($input: AddApproverInput!) {
      outcome: addApprover(input: $input) {
        request { id version ...RequestHead ...RequestChain ...RequestTimeline ...RequestActions }
        errors { ...UserErrorFields }
      }
    }
  `,
  [RequestHead, RequestChain, RequestTimeline, RequestActions, UserErrorFields],
);

// ---------- several at once ----------
export const ApproveRequestsMutation = graphql(
  `
    mutation ApproveRequests($input: ApproveRequestsInput!) {
      outcome: approveRequests(input: $input) {
        results {
          requestId
          request { id ...RequestRow }
          signedAs { role onBehalfOf hadChoice }
          errors { ...UserErrorFields }
        }
        errors { ...UserErrorFields }
      }
    }
  `,
  [RequestRow, UserErrorFields],
);
