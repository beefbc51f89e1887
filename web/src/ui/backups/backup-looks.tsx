import {
  CheckCircleOutlined,
  CloseCircleOutlined,
  ExclamationCircleOutlined,
  FieldTimeOutlined,
  LoadingOutlined,
  MinusCircleOutlined,
  PauseCircleOutlined,
} from '@ant-design/icons';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { BackupCycle, BackupHealth, BackupState } from '../../graphql/enums';
import { type StateLook, StateTag } from '../StateTag';

const states = {
  PREPARING: { tone: 'moving', icon: LoadingOutlined },
  ACTIVE: { tone: 'good', icon: CheckCircleOutlined },
  SUSPENDED: { tone: 'waiting', icon: PauseCircleOutlined },
  ENDED: { tone: 'quiet', icon: MinusCircleOutlined },
} satisfies Record<BackupState, StateLook>;
const healths = {
  GOOD: { tone: 'good', icon: CheckCircleOutlined },
  WAITING: { tone: 'quiet', icon: FieldTimeOutlined },
  FAILED: { tone: 'bad', icon: CloseCircleOutlined },
  MISSED: { tone: 'bad', icon: ExclamationCircleOutlined },
} satisfies Record<BackupHealth, StateLook>;

export const backupStates = Object.keys(states) as BackupState[];
export const backupHealths = Object.keys(healths) as BackupHealth[];

export function BackupStateTag({ state }: { state: BackupState }) {
  const { t } = useTranslation();
  return <StateTag look={states[state]} word={t(`backup.state.${state}`)} />;
}

/** Whether copies are there that are owed; nothing where none are. */
export function BackupHealthTag({ health }: { health: BackupHealth | null }) {
  const { t } = useTranslation();
  return health ? <StateTag look={healths[health]} word={t(`backup.health.${health}`)} /> : null;
}

/** 150 → "02:30". */
export function clockOf(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

export function scheduleText(
  t: TFunction,
  { cycle, weekday, startMinute }: { cycle: BackupCycle; weekday: number | null; startMinute: number },
): string {
  const time = clockOf(startMinute);
  return cycle === 'DAILY'
    ? t('backup.daily', { time })
    : t('backup.weekly', { weekday: t(`backup.weekday.d${(weekday ?? 1) as 1}`), time });
}
