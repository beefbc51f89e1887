import type { DrReasonCode, DrSignalName } from '../../graphql/enums';
import type { Permission } from '../../graphql/permissions';
import { routes } from '../../lib/routes';

/** What to do next about a reason, in words of its own (`dr.next.<word>`), and where; `href` is further down the same page. */
interface Next {
  readonly word: NextWord;
  readonly to?: string;
  readonly href?: '#dr-probes' | '#dr-signals' | '#dr-tiers';
}
type NextWord =
  | 'BACKUPS'
  | 'CAPACITY'
  | 'CERTIFICATE'
  | 'CLUSTERS'
  | 'COMING'
  | 'CLEAN_UP'
  | 'COMPARE'
  | 'DEBTS'
  | 'DRILL'
  | 'FAIL_BACK'
  | 'GROWTH'
  | 'LINK'
  | 'PROBE'
  | 'REPLICATE'
  | 'WAIT'
  | 'WRITERS'
  | 'FIX'
  | 'FIX_BY_DEPARTMENT';

export interface Why {
  readonly code: DrReasonCode;
  readonly signal: DrSignalName | null;
  /** Of its tier the source is PROBE: the clusters say nothing of it. */
  readonly isProbed: boolean;
  readonly resourceIds: readonly string[];
}

type May = (object: Permission['object'], action: Permission['action']) => boolean;

export function nextOf(why: Why, group: { readonly id: string; readonly systemId: string | null }, may: May): Next {
  const next = wanted(why, group);
  const [object, action] = NEEDS[next.word] ?? [];
  // Who may not open it is told what is to be done, and by nobody that he could do it here.
  if (object === undefined || action === undefined || may(object, action)) return next;
  return { word: next.word === 'FIX' ? 'FIX_BY_DEPARTMENT' : next.word };
}

const NEEDS: { readonly [W in NextWord]?: readonly [Permission['object'], Permission['action']] } = {
  BACKUPS: ['WORK_ORDER', 'READ'],
  CAPACITY: ['CAPACITY', 'READ'],
  CLUSTERS: ['CAPACITY', 'READ'],
  DEBTS: ['DR_DEBT', 'READ'],
  FAIL_BACK: ['DR_GROUP', 'OPERATE'],
  FIX: ['REQUEST', 'CREATE'],
};

function wanted({ code, isProbed, resourceIds, signal }: Why, group: Parameters<typeof nextOf>[1]): Next {
  if (resourceIds.length > 0) return { word: 'FIX', to: routes.changeRequest([...resourceIds]) };
  switch (code) {
    case 'OWED':
      return group.systemId === null
        ? { word: 'DEBTS' }
        : { word: 'DEBTS', to: routes.drDebtsOfSystem(group.systemId) };
    case 'CLEANUP_FAILED':
      return { word: 'CLEAN_UP', to: routes.drDrillsOf(group.id) };
    case 'LINK_ASYNC':
      return { word: 'LINK', to: routes.drPicture() };
    case 'SERVES_REMOTELY':
    case 'SIDE_STANDS_BY':
      return { word: 'FAIL_BACK', to: routes.drExecutions({ group: group.id }) };
    case 'MACHINES_COMING':
    case 'NO_MACHINES':
      return { word: 'COMING' };
    case 'SIGNAL_AWAITED':
      return { word: 'WAIT', href: '#dr-signals' };
    case 'DATA_NOT_DUAL_ACTIVE':
    case 'NO_REMOTE_COPY':
      return { word: 'REPLICATE', href: '#dr-tiers' };
    default:
      return ofSignal(code, signal, isProbed, group);
  }
}

function ofSignal(
  code: DrReasonCode,
  signal: DrSignalName | null,
  isProbed: boolean,
  group: { readonly id: string },
): Next {
  if (code !== 'SIGNAL_UNKNOWN') {
    // As the alert of it says: not since when it is so, but what it would cost.
    if (signal === 'WRITER_COUNT') return { word: 'WRITERS', to: routes.drPicture() };
    if (signal === 'CERTIFICATE_DAYS') return { word: 'CERTIFICATE', href: '#dr-signals' };
  }
  switch (signal) {
    case 'DRILL_DAYS':
      return { word: 'DRILL', to: routes.drDrillsOf(group.id) };
    case 'RESTORE_TEST_DAYS':
    case 'BACKUP_LATE_HOURS':
      return { word: 'BACKUPS', to: routes.backups() };
    case 'TARGET_CAPACITY':
      return { word: 'CAPACITY', to: routes.capacity() };
    case 'CONFIG_DRIFT':
      return { word: 'COMPARE', href: '#dr-tiers' };
    case 'ARBITER_PATHS':
      return { word: 'LINK', to: routes.drPicture() };
    case 'SERVICE_ANSWER':
    case 'DNS_TTL':
      return { word: 'PROBE', href: '#dr-probes' };
    case 'CLUSTER_SILENCE':
    case 'WATCH_SILENCE':
      return { word: 'CLUSTERS', to: routes.clusters() };
    default:
      break;
  }
  if (isProbed) return { word: 'PROBE', href: '#dr-probes' };
  return code === 'SIGNAL_UNKNOWN'
    ? { word: 'CLUSTERS', to: routes.clusters() }
    : { word: 'GROWTH', href: '#dr-signals' };
}
