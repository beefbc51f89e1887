import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type FragmentOf, readFragment } from '../../../graphql/tada';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { unitsText } from '../components/server-words';
import { ServerStanding, UnmountServerMutation } from '../servers.gql';

type Props = { server: FragmentOf<typeof ServerStanding>; onClose: () => void };

/** Taking it out gives its units, power and weight back at once. */
export function UnmountDialog({ server: masked, onClose }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const { send, busy } = useOutcome(UnmountServerMutation);
  const [server] = useState(() => readFragment(ServerStanding, masked));
  const submit = async () => {
    const answer = await send({ id: server.id, expectedVersion: server.version });
    if (!answer.data) return form.refuse(answer.errors);
    notice(t('server.unmounted', { name: server.assetNumber }));
    onClose();
  };
  return (
    <DialogForm
      title={t('server.unmountTitle', { name: server.assetNumber })}
      submit={t('server.unmount')}
      danger
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      {server.place && (
        <p>
          {t('server.unmountText', {
            cabinet: server.place.cabinetCode,
            units: unitsText(server.place) ?? t('cabinet.besideUnits'),
          })}
        </p>
      )}
      {server.state === 'IN_USE' && <p className="jy-tone-waiting jy-banner">{t('server.unmountInUse')}</p>}
    </DialogForm>
  );
}
