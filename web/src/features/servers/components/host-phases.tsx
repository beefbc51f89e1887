import {
  CheckCircleOutlined,
  ClearOutlined,
  CloseCircleOutlined,
  EyeOutlined,
  FieldTimeOutlined,
  LoadingOutlined,
  PlayCircleOutlined,
  PoweroffOutlined,
  QuestionCircleOutlined,
  SearchOutlined,
} from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { HostPhase } from '../../../graphql/enums';
import { type StateLook, StateTag } from '../../../ui/StateTag';

const looks = {
  ONBOARDING: { tone: 'moving', icon: SearchOutlined },
  AVAILABLE: { tone: 'good', icon: CheckCircleOutlined },
  QUEUED: { tone: 'waiting', icon: FieldTimeOutlined },
  PROVISIONING: { tone: 'moving', icon: LoadingOutlined },
  RUNNING: { tone: 'good', icon: PlayCircleOutlined },
  STOPPED: { tone: 'quiet', icon: PoweroffOutlined },
  CLEANING: { tone: 'moving', icon: ClearOutlined },
  OBSERVED: { tone: 'quiet', icon: EyeOutlined },
  FAILED: { tone: 'bad', icon: CloseCircleOutlined },
  UNKNOWN: { tone: 'waiting', icon: QuestionCircleOutlined },
} satisfies Record<HostPhase, StateLook>;

export function HostPhaseTag({ phase }: { phase: HostPhase }) {
  const { t } = useTranslation();
  return <StateTag look={looks[phase]} word={t(`server.host.phases.${phase}`)} />;
}
