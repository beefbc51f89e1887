import { DeleteOutlined, HddOutlined, LinkOutlined, MinusCircleOutlined } from '@ant-design/icons';
import type { KeptDiskState } from '../../graphql/enums';
import type { StateLook } from '../../ui/StateTag';

export const keptDiskStates = {
  KEPT: { tone: 'waiting', icon: HddOutlined },
  ATTACHED: { tone: 'good', icon: LinkOutlined },
  ENDING: { tone: 'moving', icon: DeleteOutlined },
  GONE: { tone: 'quiet', icon: MinusCircleOutlined },
} satisfies Record<KeptDiskState, StateLook>;
