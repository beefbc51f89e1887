import type { CacheExchangeOpts } from '@urql/exchange-graphcache';
import { alertsCache } from '../features/alerts/alerts.cache';
import { approvalsCache } from '../features/approvals/approvals.cache';
import { auditCache } from '../features/audit/audit.cache';
import { budgetsCache } from '../features/budgets/budgets.cache';
import { cabinetsCache } from '../features/cabinets/cabinets.cache';
import { capacityCache } from '../features/capacity/capacity.cache';
import { catalogCache } from '../features/catalog/catalog.cache';
import { centersCache } from '../features/centers/centers.cache';
import { closingsCache } from '../features/closings/closings.cache';
import { consoleDataCache } from '../features/consoledata/console-data.cache';
import { costsCache } from '../features/costs/costs.cache';
import { departmentsCache } from '../features/departments/departments.cache';
import { disputesCache } from '../features/disputes/disputes.cache';
import { drCache } from '../features/dr/dr.cache';
import { drexecCache } from '../features/dr/drexec.cache';
import { drDebtsCache } from '../features/drdebts/drdebts.cache';
import { driftCache } from '../features/drift/drift.cache';
import { drillsCache } from '../features/drills/drills.cache';
import { dutyCache } from '../features/duty/duty.cache';
import { exportsCache } from '../features/exports/exports.cache';
import { financeCache } from '../features/finance/finance.cache';
import { gatesCache } from '../features/gates/gates.cache';
import { goliveCache } from '../features/golive/golive.cache';
import { homeCache } from '../features/home/home.cache';
import { importsCache } from '../features/imports/imports.cache';
import { intakeCache } from '../features/intake/intake.cache';
import { networksCache } from '../features/networks/networks.cache';
import { notificationsCache } from '../features/notifications/notifications.cache';
import { outagesCache } from '../features/outages/outages.cache';
import { peopleCache } from '../features/people/people.cache';
import { performanceCache } from '../features/performance/performance.cache';
import { plansCache } from '../features/plans/plans.cache';
import { pricesCache } from '../features/prices/prices.cache';
import { quarantineCache } from '../features/quarantine/quarantine.cache';
import { quotasCache } from '../features/quotas/quotas.cache';
import { reclaimCache } from '../features/reclaim/reclaim.cache';
import { replacementsCache } from '../features/replacements/replacements.cache';
import { requestsCache } from '../features/requests/requests.cache';
import { resourcesCache } from '../features/resources/resources.cache';
import { sealsCache } from '../features/seals/seals.cache';
import { selfBuildCache } from '../features/selfbuild/selfbuild.cache';
import { serversCache } from '../features/servers/servers.cache';
import { sessionCache } from '../features/session/session.cache';
import { simulatorCache } from '../features/simulator/simulator.cache';
import { spendCache } from '../features/spend/spend.cache';
import { statementsCache } from '../features/statements/statements.cache';
import { systemsCache } from '../features/systems/systems.cache';
import { workordersCache } from '../features/workorders/workorders.cache';
import { viewsCache } from '../ui/list/views.cache';

const embedded = () => null;

/** Everything with an id is one row in the cache, patched in place by subscriptions; the rest lives inside its parent. */
export const cache: CacheExchangeOpts = {
  keys: {
    ...sessionCache.keys,
    ...viewsCache.keys,
    ...homeCache.keys,
    ...cabinetsCache.keys,
    ...centersCache.keys,
    ...capacityCache.keys,
    ...simulatorCache.keys,
    ...catalogCache.keys,
    ...departmentsCache.keys,
    ...peopleCache.keys,
    ...pricesCache.keys,
    ...budgetsCache.keys,
    ...statementsCache.keys,
    ...costsCache.keys,
    ...closingsCache.keys,
    ...financeCache.keys,
    ...selfBuildCache.keys,
    ...disputesCache.keys,
    ...spendCache.keys,
    ...exportsCache.keys,
    ...requestsCache.keys,
    ...approvalsCache.keys,
    ...gatesCache.keys,
    ...resourcesCache.keys,
    ...drillsCache.keys,
    ...reclaimCache.keys,
    ...drDebtsCache.keys,
    ...alertsCache.keys,
    ...dutyCache.keys,
    ...drCache.keys,
    ...drexecCache.keys,
    ...driftCache.keys,
    ...quarantineCache.keys,
    ...replacementsCache.keys,
    ...auditCache.keys,
    ...importsCache.keys,
    ...systemsCache.keys,
    ...goliveCache.keys,
    ...outagesCache.keys,
    ...consoleDataCache.keys,
    ...performanceCache.keys,
    ...quotasCache.keys,
    ...plansCache.keys,
    ...intakeCache.keys,
    ...sealsCache.keys,
    ...serversCache.keys,
    ...networksCache.keys,
    ...notificationsCache.keys,
    ...workordersCache.keys,
    PoolMeter: embedded,
    PageInfo: embedded,
    InvalidInput: embedded,
    GateClosed: embedded,
    BudgetItemMissing: embedded,
    SealedFormMissing: embedded,
    ChangeOpen: embedded,
    ChangeFrozen: embedded,
    PeriodClosed: embedded,
    ClosingBlocked: embedded,
    DatabaseIsReadOnly: embedded,
    UnknownReference: embedded,
    CapacityShortage: embedded,
    SpaceShortage: embedded,
    AddressShortage: embedded,
    ClaimedAddress: embedded,
    ServerCardNetwork: embedded,
    QuotaShortage: embedded,
    HoldCap: embedded,
    QuotaOutOfBounds: embedded,
    IllegalTransition: embedded,
    VersionConflict: embedded,
    IdempotencyKeyReused: embedded,
    PriceMissing: embedded,
    BudgetShortage: embedded,
    BudgetBlocked: embedded,
    NotPermitted: embedded,
    SignInRefused: embedded,
  },
  possibleTypes: {
    UserError: [
      'InvalidInput',
      'UnknownReference',
      'CapacityShortage',
      'SpaceShortage',
      'AddressShortage',
      'QuotaShortage',
      'HoldCap',
      'QuotaOutOfBounds',
      'IllegalTransition',
      'VersionConflict',
      'IdempotencyKeyReused',
      'PriceMissing',
      'BudgetShortage',
      'BudgetBlocked',
      'BudgetItemMissing',
      'GateClosed',
      'SealedFormMissing',
      'ChangeOpen',
      'ChangeFrozen',
      'PeriodClosed',
      'ClosingBlocked',
      'DatabaseIsReadOnly',
      'NotPermitted',
      'SignInRefused',
    ],
  },
  updates: {
    Mutation: {
      ...viewsCache.updates.Mutation,
      ...cabinetsCache.updates.Mutation,
      ...departmentsCache.updates.Mutation,
      ...peopleCache.updates.Mutation,
      ...catalogCache.updates.Mutation,
      ...pricesCache.updates.Mutation,
      ...statementsCache.updates.Mutation,
      ...budgetsCache.updates.Mutation,
      ...closingsCache.updates.Mutation,
      ...selfBuildCache.updates.Mutation,
      ...disputesCache.updates.Mutation,
      ...spendCache.updates.Mutation,
      ...exportsCache.updates.Mutation,
      ...centersCache.updates.Mutation,
      ...capacityCache.updates.Mutation,
      ...requestsCache.updates.Mutation,
      ...approvalsCache.updates.Mutation,
      ...gatesCache.updates.Mutation,
      ...resourcesCache.updates.Mutation,
      ...drillsCache.updates.Mutation,
      ...reclaimCache.updates.Mutation,
      ...drDebtsCache.updates.Mutation,
      ...alertsCache.updates.Mutation,
      ...dutyCache.updates.Mutation,
      ...drCache.updates.Mutation,
      ...drexecCache.updates.Mutation,
      ...driftCache.updates.Mutation,
      ...quarantineCache.updates.Mutation,
      ...replacementsCache.updates.Mutation,
      ...importsCache.updates.Mutation,
      ...systemsCache.updates.Mutation,
      ...goliveCache.updates.Mutation,
      ...outagesCache.updates.Mutation,
      ...performanceCache.updates.Mutation,
      ...intakeCache.updates.Mutation,
      ...serversCache.updates.Mutation,
      ...networksCache.updates.Mutation,
      ...notificationsCache.updates.Mutation,
      ...workordersCache.updates.Mutation,
      ...quotasCache.updates.Mutation,
      ...plansCache.updates.Mutation,
    },
    Subscription: { ...notificationsCache.updates.Subscription },
  },
};
