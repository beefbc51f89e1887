import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { type FragmentOf, readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { ActionButton } from '../../../ui/ActionButton';
import { type Act, inReadingOrder, requestActions } from '../request-actions';
import { RequestActions } from '../requests.gql';
import { ActDialog } from './ActDialog';

/** What can be done with the request. Every act the server names is shown; one that may not be done now says why. */
export function RequestActionBar({
  request: masked,
  onDone,
}: {
  request: FragmentOf<typeof RequestActions>;
  onDone?: () => void;
}) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [act, setAct] = useState<Act | null>(null);
  const request = readFragment(RequestActions, masked);
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
            onPress={() => (action === 'EDIT' ? void navigate(routes.editRequest(request.id)) : setAct(action))}
          >
            {t(`request.action.${action}`)}
          </ActionButton>
        );
      })}
      {act && (
        <ActDialog
          act={act}
          request={request}
          onClose={() => setAct(null)}
          onDone={() => {
            setAct(null);
            onDone?.();
          }}
        />
      )}
    </>
  );
}
