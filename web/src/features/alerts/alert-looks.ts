import {
  CheckCircleOutlined,
  CloseCircleOutlined,
  ExclamationCircleOutlined,
  QuestionCircleOutlined,
  UserOutlined,
} from '@ant-design/icons';
import type { DrAlertNext, DrAlertSeverity, DrAlertState } from '../../graphql/enums';
import { routes } from '../../lib/routes';
import type { StateLook } from '../../ui/StateTag';

export const severityLooks = {
  CRITICAL: { tone: 'bad', icon: CloseCircleOutlined },
  UNKNOWN: { tone: 'quiet', icon: QuestionCircleOutlined },
  WARNING: { tone: 'waiting', icon: ExclamationCircleOutlined },
} satisfies Record<DrAlertSeverity, StateLook>;

export const stateLooks = {
  OPEN: { tone: 'bad', icon: ExclamationCircleOutlined },
  ACKNOWLEDGED: { tone: 'waiting', icon: UserOutlined },
  CLOSED: { tone: 'good', icon: CheckCircleOutlined },
} satisfies Record<DrAlertState, StateLook>;

type About = { groupId: string | null; centerId: string | null; resourceIds: readonly string[] };

/** Where the button leads: the page that puts it right, filled in. */
export function nextRoute(next: DrAlertNext, { centerId, groupId, resourceIds }: About): string {
  switch (next) {
    case 'FIX_REQUEST':
      return routes.changeRequest([...resourceIds]);
    case 'OPEN_CLUSTERS':
      return routes.clusters();
    case 'OPEN_CAPACITY':
      return routes.capacity();
    case 'SEE_LOSS':
      return routes.drPictureIfLost(centerId);
    case 'OPEN_DRILLS':
      return groupId === null ? routes.drDrills() : routes.drDrillsOf(groupId);
    case 'OPEN_BACKUPS':
      return routes.backups();
    case 'OPEN_CONSOLE_DATA':
      return routes.consoleData();
    case 'OPEN_DRIFT':
      return centerId === null ? routes.drifts() : routes.boundariesOf(centerId);
    case 'OPEN_GROUP':
      return groupId === null ? routes.drGroups() : routes.drGroup(groupId);
  }
}
