/**
 * Every act of the API, by what it does for a department: what a vendor's staff may do (design §1: draft and operate, never
 * submit or confirm) is decided here once more by hand. A new mutation stands in none of these and fails the test until
 * somebody has thought about it.
 */
const ACTS = {
  /** Writes what nobody was asked for yet. */
  DRAFTS: `
    createRequestDraft updateRequestDraft updateRequestHead repeatRequest addRequestLines changeRequestLine
    editRequestLineCells moveRequestLine removeRequestLines
    createChangeDraft updateChangeDraft saveUnfinishedForm discardUnfinishedForm startLineBatch editLineBatch
    addLineBatchRow removeLineBatchRows takeLineBatch discardLineBatch attachToRequest detachFromRequest`,
  /** Keeps a book or a place in order, reminds, looks something up. */
  OPERATES: `
    remindRequest recordTrial resolveTrialIncident addGoLiveDocument removeGoLiveDocument openGoLiveFacts
    startImport applyImport discardImport operateResource operateResources showConsole takeSnapshot restoreSnapshot
    giveUpRestore deleteSnapshot`,
  /** One's own account, and one's own company's word. */
  OWN: `
    signIn signOut changePassword markNotificationsRead saveNotificationPreference saveView deleteView signGoLive`,
  /** Sends, confirms, gives back or signs in the department's name. */
  BINDS: `
    sendRequestForSignOff submitRequest withdrawRequest presentGoLive beginTrial stopGoLive declareNotClassified
    stateReliability uploadSealedScan decidePlan createPlan savePlanLine removePlanLines createWorkOrder
    submitWorkOrder cancelWorkOrder extendTerm extendLineTerm reviewLine withdrawExtension objectToReclaim agreeToReclaim answerReclaims reviewResources
    attachKeptDisk detachKeptDisk giveUpKeptDisk protectResource releaseResource releaseResources restoreResource giveBackRequestLine confirmDelivery
    objectToDelivery revealFirstLogin resetFirstLogin requestRestore actOnServerHost confirmStatement
    disputeStatementLine withdrawLineDispute appealGrade withdrawAppeal acknowledgeUsageNotice
    handInSelfEvaluation readDutyNotice`,
  /** Decides, or keeps what a department, the center or the province has: rules, places, prices, people. */
  DECIDES: `
    composeDrTier editDrTier dissolveDrTier setDrTargets setDrLinkPaths saveDrProbe removeDrProbe
    acknowledgeDrAlert addDutyShifts removeDutyShift offerHandOver takeHandOver withdrawHandOver
    setChangeFreeze endChangeFreeze releaseFromFreeze
    openDutyTicket openEventOfAlert moveDutyTicket assignDutyTicket noteOnDutyTicket linkDutyTicket unlinkDutyTicket
    confirmDutyFault denyDutyFault sendDutyNotice remindOfDutyNotice writeDutyLog settleDutyLog
    beginDutyStandardDraft saveDutyStandardDraft discardDutyStandardDraft publishDutyStandardCatalog
    askDrLinkMode agreeDrLinkMode withdrawDrLinkMode
    beginDrDrillRuleDraft saveDrDrillRuleDraft discardDrDrillRuleDraft publishDrDrillRule
    composeDrTier editDrTier dissolveDrTier setDrTargets setDrLinkPaths
    planDrDrill approveDrDrill cancelDrDrill precheckDrDrill startDrDrill pressDrDrillItem finishDrDrill abortDrDrill
    retryDrDrillCleanup assignDrTicket doneDrTicket
    createDrRunbook editDrRunbook verifyDrRunbook requestDrExecution approveDrExecution steerDrExecution
    actOnDrStep signDrStandingOrder revokeDrStandingOrder
    acceptDrift changeDriftPolicy decideQuarantine putBackDrift decideHostMismatches matchHost proposeTakeOver approveTakeOver returnTakeOver
    withdrawTakeOver
    approveExportToken createExportToken revokeExportToken
    acceptWorkOrder addApprover addCabinetOffer addImage addMembership addOffer addPriceVersion addServerOffer
    answerLineDispute approveClosing changeAssetUpkeep confirmContract confirmContractEntry confirmOwnedAsset
    confirmAssetDisposal disposeOwnedAsset reverseAssetDisposal withdrawAssetDisposal
    confirmContractSupplement enterContractSupplement withdrawContractSupplement
    createSupplier decideBudgetAdjustment endBudgetYear enterContract enterOwnedAsset enterPayment explainDifference
    nameCentralBudget openBudgetYear rePlaceMachine recordAcceptance recordDeduction requestBudgetAdjustment
    requestClosing requestReversal returnClosing reverseContractEntry setBudgetCarryRule setBudgetThresholds
    beginSelfBuildDraft discardSelfBuildDraft publishSelfBuildEdition saveSelfBuildDraft
    takeBackDifference verifyClosing withdrawClosing withdrawContract withdrawContractEntry withdrawOwnedAsset
    addService allowNetworkPolicy answerObjection applyMove applyNetworkPolicy approveIntake
    approvePlans approveRequest approveRequests assignWorkOrder beginChainDraft beginGateDraft bindVendorStaff
    blockUnits cancelMaintenance changeCenterLife changeDrDebtPolicy changeLifePolicies changeServerLife
    choosePlaces claimAddress closeDepartment closeReclaimCase confirmWorkOrder createBudget createCabinetRow
    createCabinets createDepartment createNetwork createPortSet createPriceItem createRoom createUser
    decideReclaim delegateApprovals disableUser discardChainDraft discardGateDraft editCabinet editCabinetRow
    editDepartment editNetwork editPool editProject editRoom editServer editSystem editUser editWorkOrder
    enableUser endBackup endMaintenance endMembership endNetworkPolicy endPriceVersion endProjectLink
    finishWorkOrder grantExtension handBackWorkOrder handOverWork issueInitialPasswords issueReleaseSlip
    linkProject mountServer moveHolders openReclaimCase openLineReclaimCase openWorkOrder placeOccupant planCenterOpening
    planMaintenance planMove prepareAddressIntake prepareIntake publishChainEdition publishGateEdition
    publishGoLivePolicy publishPackage purgeResource recordBackupRun recordEnergyMonth recordWorkStep
    reducePlanLine refuseExtension registerCenter registerPool registerProject registerReadingSource
    registerServer registerSystem rejectNetworkPolicy rejectRequest releaseAddress releaseHolder renameOffer
    resetUserPassword resizePortSet restoreOffer resumeBackup resumeWorkOrder retryDelivery returnIntake
    returnRequest returnWorkOrder reviseService revokeDelegation revokeReadingSource reworkWorkOrder
    saveCalendarYear saveChainDraft saveGateDraft saveNotificationChannel savePackage savePlanYear
    saveProviderCompany setBmcCredential setPlanQuotas setPueTarget setQuota setUpBackup setUserRoles
    settleDrDebts startMaintenance startWorkOrder suspendBackup suspendWorkOrder takeBackProjectLink
    takeConsolidationCount transferRequest unbindVendorStaff unblockUnits undoReclaim unlockUser unmountServer
    beginPerformanceDraft savePerformanceDraft discardPerformanceDraft publishPerformanceEdition
    beginPerformanceRun decidePerformanceRun recordAvailability answerAppeal
    recordOutage correctOutage withdrawOutage deductByRecord
    waiveDrDebt withdrawIntake withdrawOffer withdrawPackage withdrawPriceVersion
    createSharedPool addSharedPoolVersion withdrawSharedPoolVersion`,
} as const;
export type ActKind = keyof typeof ACTS;

export const KIND_OF_ACT: ReadonlyMap<string, ActKind> = new Map(
  (Object.keys(ACTS) as ActKind[]).flatMap((kind) =>
    ACTS[kind]
      .trim()
      .split(/\s+/)
      .map((name) => [name, kind] as const),
  ),
);
