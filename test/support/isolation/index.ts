import { approvalCases, approvalNodes } from './approvals.ts';
import { batchCases, batchNodes, formAndPackageCases } from './batches.ts';
import { budgetCases, budgetNodes } from './budgets.ts';
import { cabinetCases, cabinetNodes } from './cabinets.ts';
import type { Cases, Clients, Foreign, NodeIds } from './case.ts';
import { catalogCases, catalogNodes } from './catalog.ts';
import { changeCases } from './changes.ts';
import { closingCases, closingNodes } from './closings.ts';
import { costCases } from './costs.ts';
import { drCases, drNodes } from './dr.ts';
import { drDebtCases, drDebtNodes } from './drdebts.ts';
import { driftCases, driftNodes, quarantineCases } from './drift.ts';
import { drillCases, drillNodes } from './drills.ts';
import { dutyCases, dutyNodes } from './duty.ts';
import { executionCases, executionNodes } from './executions.ts';
import { exportCases, exportNodes } from './exports.ts';
import { facilityCases, facilityNodes } from './facilities.ts';
import { gateCases, gateNodes } from './gates.ts';
import { goLiveCases, goLiveNodes } from './golive.ts';
import { hostCases, hostNodes } from './hosts.ts';
import { importCases, importNodes } from './imports.ts';
import { intakeCases, intakeNodes } from './intake.ts';
import { lifeCases, lifeNodes } from './life.ts';
import { networkCases, networkNodes } from './networks.ts';
import { notificationCases, notificationNodes } from './notifications.ts';
import { operationCases, operationNodes } from './operations.ts';
import { outageCases, outageNodes } from './outages.ts';
import { paperCases, paperNodes } from './papers.ts';
import { peopleCases, peopleNodes } from './people.ts';
import { performanceCases, performanceNodes } from './performance.ts';
import { planCases, planNodes } from './plans.ts';
import { priceCases, priceNodes } from './prices.ts';
import { replacementCases, replacementNodes } from './replacements.ts';
import { selfBuildCases, selfBuildNodes } from './self-build.ts';
import { serverCases, serverNodes } from './servers.ts';
import { sharedCostCases, sharedCostNodes } from './shared-costs.ts';
import { spendCases, spendNodes } from './spend.ts';
import { statementCases } from './statements.ts';
import { systemCases, systemNodes } from './systems.ts';
import { takeOverCases } from './takeovers.ts';
import { threadCases, threadNodes } from './thread.ts';
import { viewCases, viewNodes } from './views.ts';
import { workOrderCases, workOrderNodes } from './workorders.ts';

/** Every feature's cases: one for each root field of the schema. */
export const CASES: Cases = {
  ...threadCases,
  ...changeCases,
  ...approvalCases,
  ...gateCases,
  ...facilityCases,
  ...viewCases,
  ...serverCases,
  ...hostCases,
  ...cabinetCases,
  ...importCases,
  ...systemCases,
  ...peopleCases,
  ...catalogCases,
  ...planCases,
  ...priceCases,
  ...sharedCostCases,
  ...budgetCases,
  ...statementCases,
  ...costCases,
  ...selfBuildCases,
  ...performanceCases,
  ...spendCases,
  ...outageCases,
  ...exportCases,
  ...closingCases,
  ...intakeCases,
  ...networkCases,
  ...lifeCases,
  ...operationCases,
  ...drDebtCases,
  ...drCases,
  ...dutyCases,
  ...drillCases,
  ...executionCases,
  ...driftCases,
  ...takeOverCases,
  ...quarantineCases,
  ...replacementCases,
  ...notificationCases,
  ...workOrderCases,
  ...paperCases,
  ...batchCases,
  ...goLiveCases,
  ...formAndPackageCases,
};

/** Every feature's node types. */
export async function nodeIds(clients: Clients, foreign: Foreign): Promise<NodeIds> {
  const parts = [
    threadNodes,
    approvalNodes,
    gateNodes,
    facilityNodes,
    viewNodes,
    serverNodes,
    hostNodes,
    cabinetNodes,
    importNodes,
    systemNodes,
    peopleNodes,
    catalogNodes,
    planNodes,
    priceNodes,
    sharedCostNodes,
    budgetNodes,
    spendNodes,
    outageNodes,
    performanceNodes,
    exportNodes,
    closingNodes,
    selfBuildNodes,
    intakeNodes,
    networkNodes,
    lifeNodes,
    operationNodes,
    drDebtNodes,
    drNodes,
    dutyNodes,
    drillNodes,
    executionNodes,
    driftNodes,
    replacementNodes,
    notificationNodes,
    workOrderNodes,
    paperNodes,
    batchNodes,
    goLiveNodes,
  ];
  return Object.assign({}, ...(await Promise.all(parts.map((part) => part(clients, foreign)))));
}
