import {
  AlertOutlined,
  CheckCircleOutlined,
  ClockCircleOutlined,
  CloseCircleOutlined,
  ExclamationCircleOutlined,
  MinusCircleOutlined,
  RollbackOutlined,
  SyncOutlined,
} from '@ant-design/icons';
import type { DutyLinkSubject, DutySeverity, DutyTicketState } from '../../graphql/enums';
import { routes } from '../../lib/routes';
import type { StateLook } from '../../ui/StateTag';

export const severityLooks = {
  P1: { tone: 'bad', icon: AlertOutlined },
  P2: { tone: 'bad', icon: ExclamationCircleOutlined },
  P3: { tone: 'waiting', icon: ExclamationCircleOutlined },
  P4: { tone: 'quiet', icon: MinusCircleOutlined },
} satisfies Record<DutySeverity, StateLook>;

const fresh: StateLook = { tone: 'bad', icon: ExclamationCircleOutlined };
const waiting: StateLook = { tone: 'waiting', icon: ClockCircleOutlined };
const moving: StateLook = { tone: 'moving', icon: SyncOutlined };
const good: StateLook = { tone: 'good', icon: CheckCircleOutlined };
const quiet: StateLook = { tone: 'quiet', icon: MinusCircleOutlined };

export const ticketLooks = {
  NEW: fresh,
  RESPONDED: waiting,
  HANDLING: moving,
  RESTORED: good,
  REQUESTED: waiting,
  REVIEWED: waiting,
  APPROVED: good,
  IMPLEMENTING: moving,
  VERIFYING: waiting,
  ANALYSING: moving,
  KNOWN_ERROR: waiting,
  RESOLVED: good,
  CLOSED: quiet,
  ROLLED_BACK: { tone: 'quiet', icon: RollbackOutlined },
  REJECTED: { tone: 'quiet', icon: CloseCircleOutlined },
  CANCELLED: quiet,
} satisfies Record<DutyTicketState, StateLook>;

/** Where a link leads. */
export function subjectRoute(type: DutyLinkSubject, id: string): string {
  switch (type) {
    case 'System':
      return routes.system(id);
    case 'Resource':
      return routes.resource(id);
    case 'Server':
      return routes.server(id);
    case 'DrAlert':
      return routes.alert(id);
    case 'DrExecution':
      return routes.drExecution(id);
    case 'DutyTicket':
      return routes.dutyTicket(id);
    case 'DrTicket':
      return routes.drDrills();
  }
}

/** So that the desk is asked for who is on duty now, and not for a month. */
export function aroundNow(): { from: string; to: string } {
  const hour = Math.floor(Date.now() / 3_600_000) * 3_600_000;
  return { from: new Date(hour).toISOString(), to: new Date(hour + 86_400_000).toISOString() };
}
