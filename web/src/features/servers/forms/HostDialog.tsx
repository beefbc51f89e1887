import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type FragmentOf, readFragment } from '../../../graphql/tada';
import { Choose } from '../../../ui/forms/Choose';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { Field } from '../../../ui/forms/Field';
import { ReasonBox, TextBox } from '../../../ui/forms/fields';
import type { FormError } from '../../../ui/forms/form-errors';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import type { HostAct } from '../components/HostPanel';
import { ServerHostParts } from '../hosts.gql';
import { ActOnServerHostMutation } from '../servers.gql';

/** As the server keeps it (servers/host-acts.service). */
const REASON_LENGTH_MAX = 300;
const ASSET_NUMBER_LENGTH_MAX = 40;

type Props = { server: FragmentOf<typeof ServerHostParts>; act: HostAct; onClose: () => void };

/** One act on a server's host: what follows from it, why, and the typed number where nothing brings it back. */
export function HostDialog({ server: masked, act, onClose }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const { send, busy } = useOutcome(ActOnServerHostMutation);
  // As it was when the dialog opened: somebody else's act meanwhile is told, not gone along with.
  const [server] = useState(() => readFragment(ServerHostParts, masked));
  const [reason, setReason] = useState('');
  const [confirmed, setConfirmed] = useState('');
  const [imageId, setImageId] = useState<string | null>(null);
  const name = t(`server.host.actions.${act.action}`);

  const submit = async () => {
    const wrong: FormError[] = [];
    if (act.needsReason && reason.trim() === '') wrong.push({ field: 'reason', message: t('server.reasonMissing') });
    if (act.needsName && confirmed.trim() !== server.assetNumber)
      wrong.push({ field: 'confirmed', message: t('server.confirmWrong', { name: server.assetNumber }) });
    if (wrong.length > 0) return form.refuse(wrong);
    const answer = await send({
      id: server.id,
      expectedVersion: server.version,
      action: act.action,
      reason: reason.trim() || null,
      confirmed: act.needsName ? confirmed.trim() : null,
      ...(act.action === 'REIMAGE' ? { imageId } : {}),
    });
    if (!answer.data) return form.refuse(answer.errors);
    notice(t('server.host.asked', { name: server.assetNumber, act: name }));
    onClose();
  };

  return (
    <DialogForm
      title={t('server.actTitle', { name: server.assetNumber, act: name })}
      submit={name}
      danger={act.action === 'REIMAGE'}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{t(`server.host.actTexts.${act.action}`)}</p>
      {act.action === 'REIMAGE' && (
        <Field
          optional
          field="imageId"
          label={t('server.host.image')}
          hint={t('server.host.imageHint')}
          errors={form.errors}
        >
          {(control) => (
            <Choose
              {...control}
              className="jy-full"
              allowClear
              showSearch={{ optionFilterProp: 'label' }}
              placeholder={server.host?.imageName ?? t('server.host.imageSame')}
              value={imageId}
              onChange={(id?: string) => {
                setImageId(id ?? null);
                form.changed('imageId');
              }}
              options={server.installableImages.map(({ id, name: image }) => ({ value: id, label: image }))}
            />
          )}
        </Field>
      )}
      {act.needsReason && (
        <ReasonBox
          field="reason"
          label={t('server.reason')}
          errors={form.errors}
          autoFocus
          showCount
          max={REASON_LENGTH_MAX}
          value={reason}
          onChange={(next) => {
            setReason(next);
            form.changed('reason');
          }}
        />
      )}
      {act.needsName && (
        <TextBox
          field="confirmed"
          label={t('server.confirm')}
          hint={t('server.confirmHint', { name: server.assetNumber })}
          errors={form.errors}
          max={ASSET_NUMBER_LENGTH_MAX}
          value={confirmed}
          onChange={(text) => {
            setConfirmed(text);
            form.changed('confirmed');
          }}
        />
      )}
    </DialogForm>
  );
}
