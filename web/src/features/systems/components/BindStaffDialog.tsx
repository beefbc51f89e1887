import { Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../../ui/Dialog';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import { Field } from '../../../ui/forms/Field';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { BindVendorStaffMutation } from '../systems.gql';

type Props = { systemId: string; company: string; onClose: () => void };
const fields = ['username', 'name', 'phone', 'company', 'until'] as const;
type Name = (typeof fields)[number];

/** A vendor's person may look after the system until a day; with an account, also reach it here. */
export function BindStaffDialog({ systemId, company, onClose }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const { send, busy } = useOutcome(BindVendorStaffMutation);
  const { errors, refusals, refuse, changed } = useFormErrors();
  const [draft, setDraft] = useState<Record<Name, string>>({ username: '', name: '', phone: '', company, until: '' });

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const answer = await send({ ...draft, systemId, username: draft.username || null });
    if (!answer.data) return refuse(answer.errors);
    notice(t('system.bound'));
    onClose();
  };

  return (
    <Dialog title={t('system.bind')} onClose={onClose}>
      <form className="jy-form" noValidate onSubmit={(event) => void submit(event)}>
        <ErrorSummary errors={errors} refusals={refusals} />
        <p>{t('system.bindText')}</p>
        {fields.map((field) => (
          <Field
            key={field}
            field={field}
            label={t(`system.staff.${field}`)}
            errors={errors}
            optional={field === 'username' || (field === 'name' && draft.username !== '')}
          >
            {(control) => (
              <Input
                {...control}
                type={field === 'until' ? 'date' : field === 'phone' ? 'tel' : 'text'}
                autoComplete="off"
                spellCheck={false}
                maxLength={120}
                value={draft[field]}
                onChange={(event) => {
                  const { value } = event.target;
                  setDraft((now) => ({ ...now, [field]: value }));
                  changed(field);
                }}
              />
            )}
          </Field>
        ))}
        <div className="jy-dialog-foot">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="primary" htmlType="submit" loading={busy}>
            {t('system.bind')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
