import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { RequestAction } from '../../../graphql/enums';
import { type FragmentOf, readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { ActionButton } from '../../../ui/ActionButton';
import { useNotice } from '../../../ui/notice';
import { inReadingOrder, isPersonAct, requestActions } from '../request-actions';
import { RequestActions } from '../requests.gql';
import { ActDialog } from './ActDialog';
import { PersonActDialog } from './PersonActDialog';
import { PlacesDialog } from './PlacesDialog';

/** What may be done now of what a key means: who signs off approves by that. */
const isMeant =
  (key: 'approve' | 'return') =>
  ({ action, disabledReason }: { action: RequestAction; disabledReason: string | null }): boolean =>
    disabledReason === null && (key === 'return' ? action === 'RETURN' : action === 'APPROVE' || action === 'SUBMIT');

/** Why a key does nothing: the reason of the act that it means, '' where there is none; null = it may be done. */
function reasonAgainst(
  actions: readonly { action: RequestAction; disabledReason: string | null }[],
  key: 'approve' | 'return',
): string | null {
  if (actions.some(isMeant(key))) return null;
  const meant = key === 'return' ? ['RETURN'] : ['APPROVE', 'SUBMIT'];
  return actions.find(({ action }) => meant.includes(action))?.disabledReason ?? '';
}

/** What can be done with the request. Every act the server names is shown; one that may not be done now says why. */
export function RequestActionBar({
  request: masked,
  onDone,
  pressed = null,
}: {
  request: FragmentOf<typeof RequestActions>;
  onDone?: () => void;
  /** A key of the queue, each press a new object: opens that act if it may be done now. */
  pressed?: { key: 'approve' | 'return' } | null;
}) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [act, setAct] = useState<Exclude<RequestAction, 'EDIT'> | null>(null);
  const request = readFragment(RequestActions, masked);
  const step = request.rounds.flatMap(({ steps }) => steps).find(({ state }) => state === 'CURRENT');
  const [heard, setHeard] = useState(pressed);
  if (pressed !== heard) {
    setHeard(pressed);
    const wanted = pressed && request.availableActions.find(isMeant(pressed.key));
    if (wanted && wanted.action !== 'EDIT') setAct(wanted.action);
  }
  const notice = useNotice();
  const refused = pressed && reasonAgainst(request.availableActions, pressed.key);
  // A key that does nothing says why: whoever reads by keyboard does not look at the buttons.
  useEffect(() => {
    if (pressed && refused !== null) notice(refused || t('queueKeys.notNow'), 'reason');
  }, [pressed, refused, notice, t]);
  const editing = request.nature === 'CHANGE' ? routes.editChange(request.id) : routes.editRequest(request.id);
  const close = () => setAct(null);
  const done = () => {
    setAct(null);
    onDone?.();
  };
  return (
    <>
      {inReadingOrder(request.availableActions).map(({ action, disabledReason }) => {
        const { weight } = requestActions[action];
        return (
          <ActionButton
            key={action}
            type={weight === 'primary' ? 'primary' : 'default'}
            danger={weight === 'danger'}
            disabledReason={disabledReason}
            onPress={() => (action === 'EDIT' ? void navigate(editing) : setAct(action))}
          >
            {t(`request.action.${action}`)}
          </ActionButton>
        );
      })}
      {act &&
        (act === 'CHOOSE_PLACES' ? (
          <PlacesDialog request={request} onClose={close} onDone={() => setAct(null)} />
        ) : isPersonAct(act) ? (
          <PersonActDialog act={act} request={request} stepTitle={step?.title ?? ''} onClose={close} onDone={done} />
        ) : (
          <ActDialog
            act={act}
            request={request}
            needsFile={step?.needsFile}
            seats={request.seatChoices}
            onClose={close}
            onDone={done}
          />
        ))}
      {request.senders.length > 0 && (
        <p className="jy-quiet-text">{t('request.askToSend', { names: request.senders.join(t('common.comma')) })}</p>
      )}
    </>
  );
}
