import {
  BuildOutlined,
  CheckCircleOutlined,
  ClockCircleOutlined,
  ExperimentOutlined,
  FileSearchOutlined,
  MinusCircleOutlined,
  StopOutlined,
  ToolOutlined,
} from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { CenterLife, ClusterReach, MaintenanceState } from '../../../graphql/enums';
import { type StateLook, StateTag } from '../../../ui/StateTag';
import { clusterReaches } from '../../../ui/states';

const lives = {
  PLANNED: { tone: 'quiet', icon: FileSearchOutlined },
  BUILDING: { tone: 'moving', icon: BuildOutlined },
  TRIAL: { tone: 'waiting', icon: ExperimentOutlined },
  IN_SERVICE: { tone: 'good', icon: CheckCircleOutlined },
  STOPPED: { tone: 'quiet', icon: StopOutlined },
} satisfies Record<CenterLife, StateLook>;

const windows = {
  PLANNED: { tone: 'waiting', icon: ClockCircleOutlined },
  RUNNING: { tone: 'moving', icon: ToolOutlined },
  ENDED: { tone: 'good', icon: CheckCircleOutlined },
  CANCELLED: { tone: 'quiet', icon: MinusCircleOutlined },
} satisfies Record<MaintenanceState, StateLook>;

export function CenterLifeTag({ life }: { life: CenterLife }) {
  const { t } = useTranslation();
  return <StateTag look={lives[life]} word={t(`center.life.${life}`)} />;
}

export function MaintenanceStateTag({ state }: { state: MaintenanceState }) {
  const { t } = useTranslation();
  return <StateTag look={windows[state]} word={t(`maintenance.states.${state}`)} />;
}

export function ClusterReachTag({ reach }: { reach: ClusterReach }) {
  const { t } = useTranslation();
  return <StateTag look={clusterReaches[reach]} word={t(`center.reach.${reach}`)} />;
}
