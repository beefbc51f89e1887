import type { Migration } from '../migration.js';
import { platformTables } from './202611240001-platform.js';
import { auditTables } from './202611240010-audit.js';
import { identityTables } from './202611240011-identity.js';
import { departmentTables } from './202611240020-departments.js';
import { systemTables } from './202611240021-systems.js';
import { facilityTables } from './202611240022-facilities.js';
import { catalogTables } from './202611240023-catalog.js';
import { pricingTables } from './202611240024-pricing.js';
import { demonstrationTables } from './202611240025-demonstration.js';
import { allocationTables } from './202611240050-allocation.js';
import { resourceTables } from './202611240060-resources.js';
import { requestTables } from './202611240070-requests.js';
import { businessLineZone } from './202611240100-business-line-zone.js';
import { cabinetTables } from './202611240110-cabinets.js';
import { serverTables } from './202611240120-servers.js';
import { networkTables } from './202611240121-networks.js';
import { fileTables } from './202611240130-files.js';
import { importTables } from './202611240131-imports.js';
import { rackTypeTables } from './202611240132-rack-types.js';
import { systemRecords } from './202611240140-system-records.js';
import { quotaTables } from './202611240141-quotas.js';
import { peopleTables } from './202611240150-people.js';
import { departmentState } from './202611240151-department-state.js';
import { priceVersions } from './202611240160-price-versions.js';
import { budgetTables } from './202611240161-budgets.js';
import { catalogKinds } from './202611240162-catalog-kinds.js';
import { quotaTakings } from './202611240163-quota-takings.js';
import { intakeWidth } from './202611240164-intake-width.js';
import { facilitiesWidth } from './202611240170-facilities-width.js';
import { energyTables } from './202611240171-energy.js';
import { viewTables } from './202611240180-views.js';
import { demonstrationHistory } from './202611240190-demonstration-history.js';
import { takenInResources } from './202611240191-taken-in-resources.js';
import { intakeTables } from './202611240192-intake.js';
import { serverSystems } from './202611240200-server-systems.js';
import { readingSourceCenters } from './202611290230-reading-source-centers.js';
import { maintenanceOfPlaces } from './202611290231-maintenance-of-places.js';
import { quotaTakingStates } from './202611290240-quota-taking-states.js';
import { formerHolders } from './202611290241-former-holders.js';
import { budgetLevelReason } from './202611290242-budget-level-reason.js';
import { describedHolders } from './202611290250-described-holders.js';
import { useOfServers } from './202611290251-use-of-servers.js';
import { addressOrigins } from './202611290252-address-origins.js';
import { objectsOfResources } from './202611290253-objects-of-resources.js';
import { spaceRecord } from './202611290270-space-record.js';
import { takenInSpaceSince } from './202611290280-taken-in-space-since.js';
import { placesOfUsers } from './202611290281-places-of-users.js';
import { workingDays } from './202611290300-working-days.js';
import { approvalTables } from './202611290301-approvals.js';
import { defaultChains } from './202611290302-default-chains.js';
import { notificationTables } from './202611290320-notifications.js';
import { linesOfAllKinds } from './202611290400-lines-of-all-kinds.js';
import { sharesOfClaims } from './202611290401-shares-of-claims.js';
import { standbyMachines } from './202611290402-standby-machines.js';
import { resourceLife } from './202611290500-resource-life.js';
import { termsOfRequests } from './202611290501-terms-of-requests.js';
import { termTables } from './202611290502-terms.js';
import { reclaimTables } from './202611290503-reclaim.js';
import { planTables } from './202611290601-plans.js';
import { paperTables } from './202611290701-papers.js';
import { handOverTables } from './202611290702-hand-over.js';
import { workOrderTables } from './202611290801-work-orders.js';
import { networkPolicyTables } from './202611290802-network-policies.js';
import { fundingModes } from './202611290901-funding-modes.js';
import { reliabilityStatements } from './202611290902-reliability-statements.js';
import { gateTables } from './202611290903-gates.js';
import { poolProtection } from './202611291010-pool-protection.js';
import { lineCandidates } from './202611291011-line-candidates.js';
import { signersOfRequests } from './202611291100-signers-of-requests.js';
import { changeRequests } from './202611291200-change-requests.js';
import { growingClaims } from './202611291201-growing-claims.js';
import { changesOfReviews } from './202611291202-changes-of-reviews.js';
import { drDebts } from './202611291230-dr-debts.js';
import { endedServices } from './202611291231-ended-services.js';
import { ordersOfReleasedMachines } from './202611291300-orders-of-released-machines.js';
import { countsOfAddresses } from './202611291301-counts-of-addresses.js';
import { wholeCabinets } from './202611291302-whole-cabinets.js';
import { acceleratorsOfMachines } from './202611291303-accelerators-of-machines.js';
import { lineBatches } from './202611291330-line-batches.js';
import { unfinishedForms } from './202611291331-unfinished-forms.js';
import { packageTables } from './202611291332-packages.js';
import { goLiveTables } from './202611291430-go-live.js';
import { backupTables } from './202611291460-backups.js';
import { policyRemoval } from './202611291461-policy-removal.js';
import { stepOpinions } from './202611291490-step-opinions.js';
import { heldCap } from './202611291510-held-cap.js';
import { changesOfServices } from './202611291600-changes-of-services.js';
import { acceleratorsCounted } from './202611291610-accelerators-counted.js';
import { tablesOfServices } from './202611291620-tables-of-services.js';
import { expiryOfForms } from './202611291621-expiry-of-forms.js';
import { gateProducts } from './202611291630-gate-products.js';
import { loginResets } from './202611291640-login-resets.js';
import { powerOfMachines } from './202611291700-power-of-machines.js';
import { snapshotsOfMachines } from './202611291701-snapshots-of-machines.js';
import { driftTables } from './202611291710-drift.js';
import { clusterVitals } from './202611291711-cluster-vitals.js';
import { quarantineTable } from './202611291712-quarantine.js';
import { serverHosts } from './202611291720-server-hosts.js';
import { useOfMachines } from './202611291730-use-of-machines.js';
import { resourceTasks } from './202611291740-resource-tasks.js';
import { changesOfThings } from './202611291750-changes-of-things.js';
import { toldOfResets } from './202611291760-told-of-resets.js';
import { takeOvers } from './202611291770-take-overs.js';
import { owedAccelerators } from './202611291775-owed-accelerators.js';
import { restoresGivenUp } from './202611291790-restores-given-up.js';
import { lineTerms } from './202611291800-line-terms.js';
import { casesOfLines } from './202611291801-cases-of-lines.js';
import { sealedSheets } from './202611291810-sealed-sheets.js';
import { hoursOfUse } from './202611291820-hours-of-use.js';
import { hostMismatches } from './202611291840-host-mismatches.js';
import { serverTasks } from './202611291841-server-tasks.js';
import { keptDisks } from './202611291850-kept-disks.js';
import { sourceOfUse } from './202611291851-source-of-use.js';
import { replacedCredentials } from './202611291852-replaced-credentials.js';
import { meteringTables } from './202611291870-metering.js';
import { endsOfServices } from './202611291890-ends-of-services.js';
import { policyOrdersOfCenters } from './202611291891-policy-orders-of-centers.js';
import { ownersOfQuarantined } from './202611291900-owners-of-quarantined.js';
import { liveResize } from './202611291910-live-resize.js';
import { servicesCountedOnce } from './202611291920-services-counted-once.js';
import { numbersOfRows } from './202611291930-numbers-of-rows.js';
import { reclaimedLines } from './202611291931-reclaimed-lines.js';
import { replaceTasks } from './202611291940-replace-tasks.js';
import { requestAttachments } from './202611291941-request-attachments.js';
import { termsOfTakenIn } from './202611291942-terms-of-taken-in.js';
import { serverLogins } from './202611291950-server-logins.js';
import { closingTables } from './202611291960-closing.js';
import { spendTables } from './202611291970-spend-tables.js';
import { spendingOfMonths } from './202611291980-spending-of-months.js';
import { budgetYears } from './202611291981-budget-years.js';
import { budgetControl } from './202611291982-budget-control.js';
import { budgetYearEnds } from './202611291983-budget-year-ends.js';
import { consolidatedCosts } from './202611291990-consolidated-costs.js';
import { booksOfPostings } from './202611291991-books-of-postings.js';
import { freePrices } from './202611300010-free-prices.js';
import { moreMeters } from './202611300011-more-meters.js';
import { sharedCosts } from './202611300012-shared-costs.js';
import { costChanges } from './202611300020-cost-changes.js';
import { costVcpu } from './202611300021-cost-vcpu.js';
import { earlierAnswers } from './202611300022-earlier-answers.js';
import { selfBuildEditions } from './202611300030-self-build-editions.js';
import { performanceTables } from './202611300040-performance.js';
import { gradesAtSubmit } from './202611300041-grades-at-submit.js';
import { usageNotices } from './202611300042-usage-notices.js';
import { exportTokens } from './202611300050-export-tokens.js';
import { goneMachines } from './202611300060-gone-machines.js';
import { devicePreferences } from './202611300061-device-preferences.js';
import { priceTiers } from './202611300120-price-tiers.js';
import { contractLife } from './202611300121-contract-life.js';
import { assetDisposals } from './202611300122-asset-disposals.js';
import { centralPayers } from './202611300130-central-payers.js';
import { yearEndBooks } from './202611300131-year-end-books.js';
import { outageTables } from './202611300140-outages.js';
import { replicationTables } from './202611300150-replication.js';
import { drGroupTables } from './202611300151-dr-groups.js';
import { drillTables } from './202611300210-dr-drills.js';
import { beyondQuota } from './202611300220-beyond-quota.js';
import { fundingHistory } from './202611300221-funding-history.js';
import { serviceUnitPrices } from './202611300222-service-unit-prices.js';
import { reversedDisposals } from './202611300223-reversed-disposals.js';
import { drProbes } from './202611300240-dr-probes.js';
import { drAlerts } from './202611300241-dr-alerts.js';
import { changeFreezes } from './202611300242-change-freezes.js';
import { runbookTables } from './202611300250-runbooks.js';
import { executionTables } from './202611300251-executions.js';
import { databaseEpoch } from './202611300260-database-epoch.js';
import { consoleBackups } from './202611300261-console-backups.js';
import { returningSides } from './202611300310-returning-sides.js';
import { fencesBeside } from './202611300311-fences-beside.js';
import { drillRoomAndRule } from './202611300320-drill-room-and-rule.js';
import { drProofs } from './202611300321-dr-proofs.js';
import { freezeSubjects } from './202611300340-freeze-subjects.js';
import { dutyTickets } from './202611300341-duty-tickets.js';
import { dutyLog } from './202611300342-duty-log.js';
import { alertBundles } from './202611300343-alert-bundles.js';
import { rebuiltDisks } from './202611300401-rebuilt-disks.js';
import { sidesLeftBefore } from './202611300402-sides-left-before.js';
import { haltedByHand } from './202611300403-halted-by-hand.js';
import { freezeDrills } from './202611300411-freeze-drills.js';
import { dutyStandardChanges } from './202611300412-duty-standard-changes.js';
import { dutyWords } from './202611300413-duty-words.js';
import { dutyNoticeTelling } from './202611300414-duty-notice-telling.js';
import { firstLevels } from './202611300501-first-levels.js';
import { stepWords } from './202611300511-step-words.js';
import { openedBoundaries } from './202611300512-opened-boundaries.js';
import { plannedSwitches } from './202611300513-planned-switches.js';

/** In the order of running. A migration that has landed is never edited. */
export const migrations: readonly Migration[] = [
  platformTables,
  auditTables,
  identityTables,
  departmentTables,
  systemTables,
  facilityTables,
  catalogTables,
  pricingTables,
  demonstrationTables,
  allocationTables,
  resourceTables,
  requestTables,
  businessLineZone,
  viewTables,
  demonstrationHistory,
  takenInResources,
  intakeTables,
  fileTables,
  serverTables,
  systemRecords,
  quotaTables,
  cabinetTables,
  importTables,
  facilitiesWidth,
  peopleTables,
  departmentState,
  rackTypeTables,
  priceVersions,
  budgetTables,
  energyTables,
  catalogKinds,
  networkTables,
  quotaTakings,
  intakeWidth,
  notificationTables,
  spaceRecord,
  quotaTakingStates,
  formerHolders,
  budgetLevelReason,
  serverSystems,
  describedHolders,
  useOfServers,
  addressOrigins,
  objectsOfResources,
  readingSourceCenters,
  maintenanceOfPlaces,
  takenInSpaceSince,
  placesOfUsers,
  workingDays,
  approvalTables,
  defaultChains,
  linesOfAllKinds,
  sharesOfClaims,
  standbyMachines,
  resourceLife,
  termsOfRequests,
  termTables,
  reclaimTables,
  planTables,
  paperTables,
  handOverTables,
  workOrderTables,
  networkPolicyTables,
  fundingModes,
  reliabilityStatements,
  gateTables,
  poolProtection,
  lineCandidates,
  signersOfRequests,
  changeRequests,
  growingClaims,
  changesOfReviews,
  drDebts,
  endedServices,
  ordersOfReleasedMachines,
  countsOfAddresses,
  wholeCabinets,
  acceleratorsOfMachines,
  lineBatches,
  unfinishedForms,
  packageTables,
  goLiveTables,
  backupTables,
  policyRemoval,
  stepOpinions,
  heldCap,
  changesOfServices,
  acceleratorsCounted,
  tablesOfServices,
  expiryOfForms,
  gateProducts,
  loginResets,
  powerOfMachines,
  snapshotsOfMachines,
  driftTables,
  clusterVitals,
  quarantineTable,
  serverHosts,
  useOfMachines,
  resourceTasks,
  changesOfThings,
  toldOfResets,
  takeOvers,
  owedAccelerators,
  restoresGivenUp,
  lineTerms,
  casesOfLines,
  sealedSheets,
  hoursOfUse,
  hostMismatches,
  serverTasks,
  keptDisks,
  sourceOfUse,
  replacedCredentials,
  meteringTables,
  endsOfServices,
  policyOrdersOfCenters,
  ownersOfQuarantined,
  liveResize,
  servicesCountedOnce,
  numbersOfRows,
  reclaimedLines,
  replaceTasks,
  requestAttachments,
  termsOfTakenIn,
  serverLogins,
  closingTables,
  spendTables,
  spendingOfMonths,
  budgetYears,
  budgetControl,
  budgetYearEnds,
  consolidatedCosts,
  booksOfPostings,
  freePrices,
  moreMeters,
  sharedCosts,
  costChanges,
  costVcpu,
  earlierAnswers,
  selfBuildEditions,
  performanceTables,
  gradesAtSubmit,
  usageNotices,
  exportTokens,
  goneMachines,
  devicePreferences,
  priceTiers,
  contractLife,
  assetDisposals,
  centralPayers,
  yearEndBooks,
  outageTables,
  replicationTables,
  drGroupTables,
  drillTables,
  beyondQuota,
  fundingHistory,
  serviceUnitPrices,
  reversedDisposals,
  drProbes,
  drAlerts,
  changeFreezes,
  runbookTables,
  executionTables,
  databaseEpoch,
  consoleBackups,
  returningSides,
  fencesBeside,
  drillRoomAndRule,
  drProofs,
  freezeSubjects,
  dutyTickets,
  dutyLog,
  alertBundles,
  rebuiltDisks,
  sidesLeftBefore,
  haltedByHand,
  freezeDrills,
  dutyStandardChanges,
  dutyWords,
  dutyNoticeTelling,
  firstLevels,
  stepWords,
  openedBoundaries,
  plannedSwitches,
];
