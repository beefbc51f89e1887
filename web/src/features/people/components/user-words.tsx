import { CheckCircleOutlined, FieldTimeOutlined, LockOutlined, StopOutlined } from '@ant-design/icons';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Role } from '../../../graphql/enums';
import { StateTag } from '../../../ui/StateTag';
import { lastDayOf } from '../until';

type Stateful = { state: 'ACTIVE' | 'DISABLED'; lockedUntil: string | null; mustChangePassword: boolean };

const looks = {
  DISABLED: { tone: 'quiet', icon: StopOutlined },
  LOCKED: { tone: 'bad', icon: LockOutlined },
  INITIAL: { tone: 'waiting', icon: FieldTimeOutlined },
  ACTIVE: { tone: 'good', icon: CheckCircleOutlined },
} as const;

/** What keeps the account from being used, the hardest first. */
export function stateOf({ state, lockedUntil, mustChangePassword }: Stateful): keyof typeof looks {
  if (state === 'DISABLED') return 'DISABLED';
  if (lockedUntil) return 'LOCKED';
  return mustChangePassword ? 'INITIAL' : 'ACTIVE';
}

export function UserStateTag({ user }: { user: Stateful }) {
  const { t } = useTranslation();
  const state = stateOf(user);
  return <StateTag look={looks[state]} word={t(`people.state.${state}`)} />;
}

type Grant = { role: Role; until: string | null };

/** "经办人、厂商驻场人员（至 2026-12-31）" */
export function grantsText(t: TFunction, grants: readonly Grant[]): string {
  return grants
    .map(({ role, until }) =>
      until ? t('people.roleUntil', { role: t(`role.${role}`), day: lastDayOf(until) }) : t(`role.${role}`),
    )
    .join(t('common.comma'));
}
