import { useTranslation } from 'react-i18next';
import type { ServerAction } from '../../../graphql/enums';
import { type FragmentOf, type ResultOf, readFragment } from '../../../graphql/tada';
import { ActionButton } from '../../../ui/ActionButton';
import { ServerActs } from '../servers.gql';

export type LifeAct = ResultOf<typeof ServerActs>['availableActions'][number];

/** The step that leads on is what one comes for; what ends a use is told apart. */
const looks = {
  RECEIVE: { type: 'primary' },
  ACCEPT: { type: 'primary' },
  GIVE_TO_POOL: {},
  RETURN: {},
  FINISH_CLEANING: { type: 'primary' },
  START_MAINTENANCE: {},
  RESUME_USE: { type: 'primary' },
  FINISH_MAINTENANCE: { type: 'primary' },
  RETIRE: { danger: true },
} as const satisfies Record<ServerAction, { type?: 'primary'; danger?: boolean }>;

type Props = { server: FragmentOf<typeof ServerActs>; onAct: (act: LifeAct) => void };

/** The steps of its life; what is closed says why. */
export function LifeActions({ server: masked, onAct }: Props) {
  const { t } = useTranslation();
  const { availableActions } = readFragment(ServerActs, masked);
  return (
    <>
      {availableActions.map((act) => (
        <ActionButton
          key={act.action}
          {...looks[act.action]}
          disabledReason={act.disabledReason}
          onPress={() => onAct(act)}
        >
          {t(`server.actions.${act.action}`)}
        </ActionButton>
      ))}
    </>
  );
}
