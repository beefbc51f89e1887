import {
  CheckCircleOutlined,
  DisconnectOutlined,
  EditOutlined,
  ExclamationCircleOutlined,
  SyncOutlined,
} from '@ant-design/icons';
import type { DatabaseMode, DatabaseNodeStanding } from '../../graphql/enums';
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
