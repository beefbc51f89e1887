import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  CloseCircleOutlined,
  ExclamationCircleOutlined,
} from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { GoLiveDecision, GoLiveDueStep } from '../../graphql/enums';
import { useNow } from '../../lib/use-now';
import { type StateLook, StateTag } from '../../ui/StateTag';

const decisions = {
  ACCEPT: { tone: 'good', icon: CheckCircleOutlined },
  REFUSE: { tone: 'bad', icon: CloseCircleOutlined },
} satisfies Record<GoLiveDecision, StateLook>;

const waiting: StateLook = { tone: 'waiting', icon: ClockCircleOutlined };
const incident = {
  open: { tone: 'bad', icon: ExclamationCircleOutlined },
  resolved: { tone: 'good', icon: CheckCircleOutlined },
} satisfies Record<string, StateLook>;

/** What one party has said; nothing yet = it is waited for. */
export function DecisionTag({ decision }: { decision: GoLiveDecision | null }) {
  const { t } = useTranslation();
  return (
    <StateTag
      look={decision ? decisions[decision] : waiting}
      word={t(decision ? `goLive.decision.${decision}` : 'goLive.unsigned')}
    />
  );
}

export function IncidentTag({ resolved }: { resolved: boolean }) {
  const { t } = useTranslation();
  return (
    <StateTag
      look={resolved ? incident.resolved : incident.open}
      word={t(resolved ? 'goLive.incidentResolved' : 'goLive.incidentOpen')}
    />
  );
}

const late: StateLook = { tone: 'bad', icon: ExclamationCircleOutlined };

/** Whether its deadline has passed; that the days of a trial are over is none that anybody misses. */
export function isLate(dueStep: GoLiveDueStep | null, dueAt: string | null, now: number): boolean {
  return dueAt !== null && dueStep !== null && dueStep !== 'TRIAL_OVER' && Date.parse(dueAt) <= now;
}

export function LateTag({ dueStep, dueAt }: { dueStep: GoLiveDueStep | null; dueAt: string | null }) {
  const { t } = useTranslation();
  const now = useNow();
  return isLate(dueStep, dueAt, now) ? <StateTag look={late} word={t('goLive.late')} /> : null;
}
