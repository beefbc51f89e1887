import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  ExclamationCircleOutlined,
  QuestionCircleOutlined,
} from '@ant-design/icons';
import type { ConsoleBackupLevel } from '../../graphql/enums';
import type { StateLook } from '../StateTag';

/** How old the console's own backups are. */
export const backupLevels = {
  FRESH: { tone: 'good', icon: CheckCircleOutlined },
  OVERDUE: { tone: 'waiting', icon: ClockCircleOutlined },
  CRITICAL: { tone: 'bad', icon: ExclamationCircleOutlined },
  NEVER: { tone: 'bad', icon: QuestionCircleOutlined },
} satisfies Record<ConsoleBackupLevel, StateLook>;
