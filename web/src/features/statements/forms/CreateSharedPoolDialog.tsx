import { Button, Input, Select } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SharedKind } from '../../../graphql/enums';
import { Dialog } from '../../../ui/Dialog';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import { Field } from '../../../ui/forms/Field';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { CreateSharedPoolMutation } from '../shared-costs.gql';

const kinds: readonly SharedKind[] = ['NETWORK', 'SECURITY', 'POWER_OVERHEAD', 'OTHER'];
const fields = ['code', 'nameZh', 'nameEn'] as const;
type Props = { centers: readonly { id: string; name: string }[]; onClose: () => void };

/** Something that a center costs in common; how much, and by what it is spread, is entered next. */
export function CreateSharedPoolDialog({ centers, onClose }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const { send, busy } = useOutcome(CreateSharedPoolMutation);
  const { errors, refusals, refuse, changed } = useFormErrors();
  const [kind, setKind] = useState<SharedKind>('NETWORK');
  const [centerId, setCenterId] = useState(centers[0]?.id ?? '');
  const [form, setForm] = useState({ code: '', nameZh: '', nameEn: '' });

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const answer = await send({ ...form, code: form.code.trim(), kind, centerId });
    if (!answer.data) return refuse(answer.errors);
    notice(t('sharedCost.created', { name: form.nameZh }));
    onClose();
  };

  return (
    <Dialog title={t('sharedCost.create')} onClose={onClose}>
      <form className="jy-form" noValidate onSubmit={(event) => void submit(event)}>
        <ErrorSummary errors={errors} refusals={refusals} />
        <div className="jy-fields-row">
          <Field field="kind" label={t('sharedCost.kind')} errors={errors}>
            {(control) => (
              <Select
                {...control}
                className="jy-full"
                value={kind}
                onChange={setKind}
                options={kinds.map((value) => ({ value, label: t(`sharedCost.kinds.${value}`) }))}
              />
            )}
          </Field>
          <Field field="centerId" label={t('statement.center')} errors={errors}>
            {(control) => (
              <Select
                {...control}
                className="jy-full"
                value={centerId}
                onChange={setCenterId}
                options={centers.map(({ id, name }) => ({ value: id, label: name }))}
              />
            )}
          </Field>
        </div>
        {fields.map((field) => (
          <Field
            key={field}
            field={field}
            label={t(`sharedCost.new.${field}`)}
            hint={field === 'code' ? t('sharedCost.new.codeHint') : undefined}
            errors={errors}
          >
            {(control) => (
              <Input
                {...control}
                spellCheck={field !== 'code'}
                maxLength={60}
                value={form[field]}
                onChange={(event) => {
                  setForm((now) => ({ ...now, [field]: event.target.value }));
                  changed(field);
                }}
              />
            )}
          </Field>
        ))}
        <div className="jy-dialog-foot">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="primary" htmlType="submit" loading={busy}>
            {t('sharedCost.create')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
