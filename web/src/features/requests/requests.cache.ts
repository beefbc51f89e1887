import type { CacheExchangeOpts, UpdateResolver } from '@urql/exchange-graphcache';
import { invalidateQueries } from '../../graphql/invalidate';

const embedded = () => null;

/** An act moves a request between lists and counts, takes or frees capacity, and may bring machines: all that is asked again. */
const listsAndCounts: UpdateResolver = (_result, _args, cache) =>
  invalidateQueries(cache, ['request', 'requests', 'home', 'centers']);

export const requestsCache = {
  keys: {
    RequestConnection: embedded,
    RequestEdge: embedded,
    RequestActionAvailability: embedded,
    RequestPayload: embedded,
    RequestPreview: embedded,
    LinePreview: embedded,
    PlacementShare: embedded,
    LineShare: embedded,
    SharePreview: embedded,
    VmLine: embedded,
    ServerLine: embedded,
    CabinetLine: embedded,
    ServiceLine: embedded,
    ServiceAnswer: embedded,
    PlacementCheck: embedded,
    PlacementCandidate: embedded,
    PlacementChoice: embedded,
    PlacementSuggestion: embedded,
    LineRelation: embedded,
    RequestChange: embedded,
    ApprovalSeat: embedded,
    RequestPapers: embedded,
    PortState: embedded,
    FirstLogin: embedded,
    RevealedLogin: embedded,
    DeliverySheetItem: embedded,
    DeliverySheetPayload: embedded,
    RevealFirstLoginPayload: embedded,
    SealedScanPayload: embedded,
    ApproveRequestsPayload: embedded,
    ApproveRequestsResult: embedded,
    SystemConnection: embedded,
    SystemEdge: embedded,
    DepartmentConnection: embedded,
    DepartmentEdge: embedded,
  },
  updates: {
    Mutation: {
      giveBackRequestLine: listsAndCounts,
      createRequestDraft: listsAndCounts,
      updateRequestDraft: listsAndCounts,
      sendRequestForSignOff: listsAndCounts,
      submitRequest: listsAndCounts,
      approveRequest: listsAndCounts,
      returnRequest: listsAndCounts,
      rejectRequest: listsAndCounts,
      withdrawRequest: listsAndCounts,
      transferRequest: listsAndCounts,
      addApprover: listsAndCounts,
      remindRequest: listsAndCounts,
      choosePlaces: listsAndCounts,
      approveRequests: listsAndCounts,
      revealFirstLogin: listsAndCounts,
      confirmDelivery: listsAndCounts,
      objectToDelivery: listsAndCounts,
      answerObjection: listsAndCounts,
      uploadSealedScan: listsAndCounts,
    },
  },
} satisfies CacheExchangeOpts;
