import type { CacheExchangeOpts, UpdateResolver } from '@urql/exchange-graphcache';
import { invalidateQueries } from '../../graphql/invalidate';

const embedded = () => null;

/** An act moves a request between lists and counts, takes or frees capacity, and may bring machines: all that is asked again. */
const listsAndCounts: UpdateResolver = (_result, _args, cache) =>
  invalidateQueries(cache, ['request', 'requests', 'deliverySheets', 'waitingPapers', 'home', 'centers']);

const forms: UpdateResolver = (_result, _args, cache) => invalidateQueries(cache, ['unfinishedForms']);
const packages: UpdateResolver = (_result, _args, cache) => invalidateQueries(cache, ['requestPackages']);
/** A draft may have been an unfinished form before. */
const listsAndForms: UpdateResolver = (_result, _args, cache) =>
  invalidateQueries(cache, ['request', 'requests', 'home', 'centers', 'unfinishedForms']);

/** Rows come and go: the page of them that is shown is asked again. */
const batches: UpdateResolver = (_result, _args, cache) => invalidateQueries(cache, ['openLineBatches', 'lineBatch']);

const linesAndBatches: UpdateResolver = (_result, _args, cache) =>
  invalidateQueries(cache, ['openLineBatches', 'lineBatch', 'request', 'requests', 'home']);

/** What is typed is kept every few seconds: the answer says all that has changed, and nothing is asked again. */
const answerIsAll: UpdateResolver = () => undefined;

export const requestsCache = {
  keys: {
    RequestConnection: embedded,
    RequestLineConnection: embedded,
    RequestLineEdge: embedded,
    PlanGroup: embedded,
    PlanShare: embedded,
    RefusalPage: embedded,
    LinePreviewPage: embedded,
    RequestLineSet: embedded,
    RequestLineTable: embedded,
    RequestLineProblem: embedded,
    EditRequestLineCellsPayload: embedded,
    RequestEdge: embedded,
    RequestActionAvailability: embedded,
    SeatChoice: embedded,
    SignedAs: embedded,
    RequestPayload: embedded,
    RequestAttachment: embedded,
    RequestPreview: embedded,
    LinePreview: embedded,
    PlacementShare: embedded,
    LineShare: embedded,
    SharePreview: embedded,
    VmLine: embedded,
    ServerLine: embedded,
    CabinetLine: embedded,
    ServiceLine: embedded,
    ServiceNow: embedded,
    ServiceAnswer: embedded,
    PlacementCheck: embedded,
    PlacementCandidate: embedded,
    PlacementChoice: embedded,
    PlacementSuggestion: embedded,
    LineRelation: embedded,
    LineBatchColumn: embedded,
    UnfinishedFormPayload: embedded,
    RequestPackagePayload: embedded,
    PackageContentNode: embedded,
    PackageLine: embedded,
    PackageVmLine: embedded,
    PackageServerLine: embedded,
    PackageCabinetLine: embedded,
    PackageServiceLine: embedded,
    LineBatchProblem: embedded,
    LineBatchRowConnection: embedded,
    LineBatchRowEdge: embedded,
    LineBatchPayload: embedded,
    AddLineBatchRowPayload: embedded,
    TakeLineBatchPayload: embedded,
    RequestChange: embedded,
    ChangePreview: embedded,
    ChangeGroup: embedded,
    MachineSize: embedded,
    PlaceSize: embedded,
    ApprovalSeat: embedded,
    RequestPapers: embedded,
    PortState: embedded,
    FirstLogin: embedded,
    LoginReset: embedded,
    RevealedLogin: embedded,
    DeliverySheetItem: embedded,
    DeliverySheetItemConnection: embedded,
    DeliverySheetItemEdge: embedded,
    DeliverySheetPayload: embedded,
    DeliverySheetConnection: embedded,
    DeliverySheetEdge: embedded,
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
      createRequestDraft: listsAndForms,
      discardUnfinishedForm: forms,
      savePackage: packages,
      publishPackage: packages,
      withdrawPackage: packages,
      startLineBatch: batches,
      addLineBatchRow: batches,
      removeLineBatchRows: batches,
      discardLineBatch: batches,
      takeLineBatch: linesAndBatches,
      updateRequestDraft: listsAndCounts,
      updateRequestHead: listsAndCounts,
      attachToRequest: listsAndCounts,
      detachFromRequest: listsAndCounts,
      repeatRequest: listsAndCounts,
      createChangeDraft: listsAndCounts,
      updateChangeDraft: listsAndCounts,
      removeRequestLines: listsAndCounts,
      moveRequestLine: listsAndCounts,
      addRequestLines: listsAndCounts,
      changeRequestLine: listsAndCounts,
      editLineBatch: answerIsAll,
      editRequestLineCells: answerIsAll,
      saveUnfinishedForm: answerIsAll,
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
      resetFirstLogin: listsAndCounts,
      confirmDelivery: listsAndCounts,
      objectToDelivery: listsAndCounts,
      answerObjection: listsAndCounts,
      uploadSealedScan: listsAndCounts,
    },
  },
} satisfies CacheExchangeOpts;
