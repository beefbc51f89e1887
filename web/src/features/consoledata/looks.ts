import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  DisconnectOutlined,
  EditOutlined,
  ExclamationCircleOutlined,
  QuestionCircleOutlined,
  SyncOutlined,
} from '@ant-design/icons';
import type { ConsoleBackupLevel, DatabaseMode, DatabaseNodeStanding } from '../../graphql/enums';
import type { StateLook } from '../../ui/StateTag';

export const databaseModes = {
  WRITABLE: { tone: 'good', icon: CheckCircleOutlined },
  SWITCHING: { tone: 'moving', icon: SyncOutlined },
  READ_ONLY: { tone: 'bad', icon: ExclamationCircleOutlined },
} satisfies Record<DatabaseMode, StateLook>;

export const nodeStandings = {
  WRITER: { tone: 'good', icon: EditOutlined },
  MEMBER: { tone: 'good', icon: CheckCircleOutlined },
  JOINING: { tone: 'moving', icon: SyncOutlined },
  MINORITY: { tone: 'bad', icon: ExclamationCircleOutlined },
  OLDER_HISTORY: { tone: 'bad', icon: ExclamationCircleOutlined },
  SILENT: { tone: 'quiet', icon: DisconnectOutlined },
} satisfies Record<DatabaseNodeStanding, StateLook>;

export const backupLevels = {
  FRESH: { tone: 'good', icon: CheckCircleOutlined },
  OVERDUE: { tone: 'waiting', icon: ClockCircleOutlined },
  CRITICAL: { tone: 'bad', icon: ExclamationCircleOutlined },
  NEVER: { tone: 'bad', icon: QuestionCircleOutlined },
} satisfies Record<ConsoleBackupLevel, StateLook>;
