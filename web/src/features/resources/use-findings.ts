import { ExpandAltOutlined, PauseCircleOutlined } from '@ant-design/icons';
import type { UseFinding } from '../../graphql/enums';
import type { StateLook } from '../../ui/StateTag';

export const useFindings = {
  IDLE: { tone: 'waiting', icon: PauseCircleOutlined },
  OVERSIZED: { tone: 'waiting', icon: ExpandAltOutlined },
} satisfies Record<UseFinding, StateLook>;
