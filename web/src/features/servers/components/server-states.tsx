import {
  CheckCircleOutlined,
  ClearOutlined,
  FieldTimeOutlined,
  FileSearchOutlined,
  InboxOutlined,
  MinusCircleOutlined,
  PlayCircleOutlined,
  ToolOutlined,
} from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { ServerState } from '../../../graphql/enums';
import { type StateLook, StateTag } from '../../../ui/StateTag';

const looks = {
  PLANNED: { tone: 'quiet', icon: FileSearchOutlined },
  ONBOARDING: { tone: 'moving', icon: InboxOutlined },
  FREE: { tone: 'good', icon: CheckCircleOutlined },
  HELD: { tone: 'waiting', icon: FieldTimeOutlined },
  IN_USE: { tone: 'good', icon: PlayCircleOutlined },
  CLEANING: { tone: 'moving', icon: ClearOutlined },
  MAINTENANCE: { tone: 'bad', icon: ToolOutlined },
  RETIRED: { tone: 'quiet', icon: MinusCircleOutlined },
} satisfies Record<ServerState, StateLook>;

/** In the order of a server's life. */
export const serverStates = Object.keys(looks) as ServerState[];

export function ServerStateTag({ state }: { state: ServerState }) {
  const { t } = useTranslation();
  return <StateTag look={looks[state]} word={t(`server.states.${state}`)} />;
}
