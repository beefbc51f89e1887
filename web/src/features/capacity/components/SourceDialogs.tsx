import { Button, Checkbox, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../../ui/Dialog';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { Field } from '../../../ui/forms/Field';
import { ReasonBox } from '../../../ui/forms/fields';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useSend } from '../../../ui/forms/use-send';
import { useNotice } from '../../../ui/notice';
import { RegisterReadingSourceMutation, RevokeReadingSourceMutation } from '../capacity.gql';

const NAME_LENGTH_MAX = 60;
const REASON_LENGTH_MAX = 200;

type RegisterProps = { centers: readonly { id: string; name: string }[]; onClose: () => void };

/** The token is told once, here, and nowhere again. */
export function RegisterSourceDialog({ centers, onClose }: RegisterProps) {
  const { t } = useTranslation();
  const form = useFormErrors();
  const [name, setName] = useState('');
  const [centerIds, setCenterIds] = useState<string[]>([]);
  const { send, busy } = useOutcome(RegisterReadingSourceMutation);
  const [made, setMade] = useState<{ name: string; token: string | null } | null>(null);
  if (made) return <TokenDialog {...made} onClose={onClose} />;
  return (
    <DialogForm
      title={t('source.register')}
      submit={t('source.register')}
      busy={busy}
      form={form}
      onClose={onClose}
      onSubmit={async () => {
        const { data, errors } = await send({ name: name.trim(), centerIds });
        if (!data) return form.refuse(errors);
        setMade({ name: name.trim(), token: data.outcome.token });
      }}
    >
      <Field field="name" label={t('source.name')} hint={t('source.nameHint')} errors={form.errors}>
        {(control) => (
          <Input
            {...control}
            autoFocus
            maxLength={NAME_LENGTH_MAX}
            value={name}
            onChange={(event) => {
              setName(event.target.value);
              form.changed('name');
            }}
          />
        )}
      </Field>
      <Field field="centerIds" label={t('source.centers')} hint={t('source.centersHint')} errors={form.errors}>
        {({ id, 'aria-describedby': described }) => (
          // A handful of centers: all of them to be seen at once.
          <fieldset className="jy-choices" aria-label={t('source.centers')} aria-describedby={described}>
            {centers.map((center, at) => (
              <Checkbox
                key={center.id}
                id={at === 0 ? id : undefined}
                checked={centerIds.includes(center.id)}
                onChange={({ target }) => {
                  setCenterIds(centerIds.filter((one) => one !== center.id).concat(target.checked ? center.id : []));
                  form.changed('centerIds');
                }}
              >
                {center.name}
              </Checkbox>
            ))}
          </fieldset>
        )}
      </Field>
    </DialogForm>
  );
}

function TokenDialog({ name, token, onClose }: { name: string; token: string | null; onClose: () => void }) {
  const { t } = useTranslation();
  const notice = useNotice();
  return (
    <Dialog
      title={t('source.tokenTitle', { name })}
      onClose={onClose}
      footer={
        <>
          {token && (
            <Button
              onClick={() => {
                void navigator.clipboard.writeText(token).then(() => notice(t('source.copied')));
              }}
            >
              {t('source.copy')}
            </Button>
          )}
          <Button type="primary" onClick={onClose}>
            {t('source.kept')}
          </Button>
        </>
      }
    >
      {token ? (
        <>
          <p>{t('source.tokenText')}</p>
          <p>
            <code className="jy-once">{token}</code>
          </p>
          <p className="jy-quiet-text">{t('source.usage')}</p>
        </>
      ) : (
        <p>{t('source.tokenGone')}</p>
      )}
    </Dialog>
  );
}

export function RevokeSourceDialog({ source, onClose }: { source: { id: string; name: string }; onClose: () => void }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const [reason, setReason] = useState('');
  const { send, busy } = useSend(RevokeReadingSourceMutation, (data) => data.revokeReadingSource.errors);
  return (
    <DialogForm
      title={t('source.revokeTitle', { name: source.name })}
      submit={t('source.revoke')}
      danger
      busy={busy}
      form={form}
      onClose={onClose}
      onSubmit={async () => {
        const refused = await send({ id: source.id, reason: reason.trim() });
        if (refused.length > 0) return form.refuse(refused);
        notice(t('source.revoked', { name: source.name }));
        onClose();
      }}
    >
      <p>{t('source.revokeText')}</p>
      <ReasonBox
        field="reason"
        label={t('place.reason')}
        errors={form.errors}
        rows={2}
        autoFocus
        max={REASON_LENGTH_MAX}
        value={reason}
        onChange={(next) => {
          setReason(next);
          form.changed('reason');
        }}
      />
    </DialogForm>
  );
}
