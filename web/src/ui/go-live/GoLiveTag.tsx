import { AuditOutlined, CheckCircleOutlined, ExperimentOutlined, StopOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { GoLiveState } from '../../graphql/enums';
import { type StateLook, StateTag } from '../StateTag';

export const goLiveStates = {
  TRIAL: { tone: 'moving', icon: ExperimentOutlined },
  ACCEPTANCE: { tone: 'waiting', icon: AuditOutlined },
  LIVE: { tone: 'good', icon: CheckCircleOutlined },
  STOPPED: { tone: 'quiet', icon: StopOutlined },
} satisfies Record<GoLiveState, StateLook>;

/** How far a system is on its way into service. */
export function GoLiveTag({ state }: { state: GoLiveState }) {
  const { t } = useTranslation();
  return <StateTag look={goLiveStates[state]} word={t(`goLive.state.${state}`)} />;
}
