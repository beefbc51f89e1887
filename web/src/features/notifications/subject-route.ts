import { routes } from '../../lib/routes';

/** Pages of what notices speak of, by the name of its type. */
const PAGES = new Map<string, (id: string) => string>([
  ['Request', routes.request],
  ['Resource', routes.resource],
  ['GoLiveCase', routes.goLive],
  ['ReclaimCase', routes.reclaimCase],
  ['IntakeBatch', routes.intakeBatch],
  ['System', routes.system],
  ['WorkOrder', routes.workOrder],
  ['Backup', routes.backup],
  ['Plan', routes.plan],
  ['Drift', () => routes.drifts()],
  ['QuarantinedObject', () => routes.quarantine()],
]);

/** null = this version knows no page of it; the sentence stands alone then. */
export function subjectRoute(type: string, id: string): string | null {
  return PAGES.get(type)?.(id) ?? null;
}
