import { alertWords } from './alerts.ts';
import { approvals } from './approvals.ts';
import { attachments } from './attachments.ts';
import { backups } from './backups.ts';
import { batchWords } from './batches.ts';
import { budgets } from './budgets.ts';
import { cabinets } from './cabinets.ts';
import { changes } from './changes.ts';
import { closings } from './closings.ts';
import { consoleData } from './console-data.ts';
import { costs } from './costs.ts';
import { deskWords } from './desk.ts';
import { deskPlanWords } from './desk-plans.ts';
import { drWords } from './dr.ts';
import { drDebts } from './drdebts.ts';
import { drexecWords } from './drexec.ts';
import { drift } from './drift.ts';
import { drills } from './drills.ts';
import { exportWords } from './exports.ts';
import { finance } from './finance.ts';
import { frame } from './frame.ts';
import { gates } from './gates.ts';
import { golive } from './golive.ts';
import { imports } from './imports.ts';
import { intake } from './intake.ts';
import { keptDisks } from './kept-disks.ts';
import { life } from './life.ts';
import { lists } from './lists.ts';
import { menu } from './menu.ts';
import { networks } from './networks.ts';
import { notifications } from './notifications.ts';
import { operations } from './operations.ts';
import { outages } from './outages.ts';
import { papers } from './papers.ts';
import { people } from './people.ts';
import { performance } from './performance.ts';
import { placement } from './placement.ts';
import { places } from './places.ts';
import { plans } from './plans.ts';
import { prices } from './prices.ts';
import { quotas } from './quotas.ts';
import { racking } from './racking.ts';
import { records } from './records.ts';
import { replace } from './replace.ts';
import { requestFormWords } from './request-form.ts';
import { requests } from './requests.ts';
import { selfBuild } from './self-build.ts';
import { servers } from './servers.ts';
import { services } from './services.ts';
import { sharedCosts } from './shared-costs.ts';
import { simulator } from './simulator.ts';
import { space } from './space.ts';
import { spend } from './spend.ts';
import { statements } from './statements.ts';
import { systems } from './systems.ts';
import { tasks } from './tasks.ts';
import { use } from './use.ts';
import { words } from './words.ts';
import { work } from './work.ts';

/** Every key of the source language, no more and no fewer. */
export const en = {
  ...frame,
  ...menu,
  ...words,
  ...requests,
  ...attachments,
  ...requestFormWords,
  ...batchWords,
  ...changes,
  ...approvals,
  ...gates,
  ...records,
  ...lists,
  ...keptDisks,
  ...life,
  ...operations,
  ...statements,
  ...costs,
  ...selfBuild,
  ...finance,
  ...closings,
  ...exportWords,
  ...spend,
  ...use,
  ...drDebts,
  ...alertWords,
  ...deskWords,
  ...deskPlanWords,
  ...drWords,
  ...drills,
  ...drexecWords,
  ...drift,
  ...cabinets,
  ...imports,
  ...quotas,
  ...racking,
  ...placement,
  ...replace,
  ...simulator,
  ...space,
  ...servers,
  ...systems,
  ...services,
  ...intake,
  ...networks,
  ...people,
  ...plans,
  ...prices,
  ...sharedCosts,
  ...budgets,
  ...places,
  ...notifications,
  ...work,
  ...backups,
  ...consoleData,
  ...outages,
  ...papers,
  ...golive,
  ...performance,
  ...tasks,
};
