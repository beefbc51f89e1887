import { routes } from '../../lib/routes';

/** Pages of what notices speak of, by the name of its type. */
const PAGES = new Map<string, (id: string) => string>([
  ['Request', routes.request],
  ['Resource', routes.resource],
  ['DrAlert', routes.alert],
  ['DutyShift', () => routes.dutyRoster()],
  ['DutyTicket', routes.dutyTicket],
  ['DutyNotice', routes.dutyNotice],
  ['GoLiveCase', routes.goLive],
  ['Budget', routes.budget],
  ['ReclaimCase', routes.reclaimCase],
  ['IntakeBatch', routes.intakeBatch],
  ['System', routes.system],
  ['WorkOrder', routes.workOrder],
  ['Backup', routes.backup],
  ['Plan', routes.plan],
  ['Server', routes.server],
  ['Drift', () => routes.drifts()],
  ['QuarantinedObject', () => routes.quarantine()],
  ['LineTerm', () => routes.lineTerms('TO_REVIEW')],
  ['ReplaceTask', () => routes.replaceTasks({ states: 'OPEN' })],
  ['DrDrill', routes.drDrill],
  ['DrExecution', routes.drExecution],
  ['DrGroup', routes.drGroup],
  ['HostMismatch', () => routes.hosts()],
  ['Closing', routes.closing],
  ['PerformanceRun', routes.gradesOfRun],
  ['PerformanceEvaluation', routes.grade],
  ['UsageNotice', routes.usageNotice],
  ['SelfEvaluation', routes.selfEvaluation],
  ['LineDispute', routes.dispute],
  // What a department is told of itself is that its statement waits.
  ['Department', (id) => routes.statement(id)],
]);

/** null = this version knows no page of it; the sentence stands alone then. */
export function subjectRoute(type: string, id: string): string | null {
  return PAGES.get(type)?.(id) ?? null;
}
