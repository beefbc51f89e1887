import { Button, InputNumber } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { QuotaMeter } from '../../../graphql/enums';
import { Dialog } from '../../../ui/Dialog';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import { Field } from '../../../ui/forms/Field';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { quotaAmount, quotaFigure, quotaUnits } from '../../../ui/quota/quota-units';
import type { QuotaListRow } from '../components/quota-columns';
import { SetQuotaMutation } from '../quotas.gql';

type Limits = Partial<Record<QuotaMeter, number | null>>;

/** The limits of one quota; empty means no limit on this level. */
export function QuotaDialog({ quota, onClose }: { quota: QuotaListRow; onClose: () => void }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const { send, busy } = useOutcome(SetQuotaMutation);
  const { errors, refusals, refuse, changed } = useFormErrors();
  const [limits, setLimits] = useState<Limits>(() =>
    Object.fromEntries(
      quota.meters.map(({ meter, limit }) => [meter, limit === null ? null : limit / quotaUnits[meter].per]),
    ),
  );

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const changedLimits = quota.meters
      .map(({ meter, limit }) => {
        const typed = limits[meter] ?? null;
        return { meter, before: limit, limit: typed === null ? null : quotaAmount(meter, typed) };
      })
      .filter(({ before, limit }) => before !== limit)
      .map(({ meter, limit }) => ({ meter, limit }));
    if (changedLimits.length === 0) return onClose();
    const answer = await send({ id: quota.id, expectedVersion: quota.version, limits: changedLimits });
    if (!answer.data) return refuse(answer.errors);
    notice(t('quota.saved', { name: quota.name }));
    onClose();
  };

  return (
    <Dialog title={t('quota.editOf', { name: quota.name })} onClose={onClose}>
      <form className="jy-form" noValidate onSubmit={(event) => void submit(event)}>
        <ErrorSummary errors={errors} refusals={refusals} />
        <p>{t('quota.editText')}</p>
        <div className="jy-fields-row">
          {quota.meters.map(({ meter, allocated, held }) => (
            <Field
              key={meter}
              field={`limits.${meter}`}
              label={t(`quota.meter.${meter}`)}
              hint={t('quota.inUse', { used: quotaFigure(meter, allocated), held: quotaFigure(meter, held) })}
              errors={errors}
              optional
            >
              {(control) => (
                <InputNumber
                  {...control}
                  className="jy-full"
                  min={0}
                  placeholder={t('quota.unlimited')}
                  suffix={quotaUnits[meter].unit || undefined}
                  value={limits[meter] ?? null}
                  onChange={(value) => {
                    setLimits((now) => ({ ...now, [meter]: value }));
                    changed(`limits.${meter}`);
                  }}
                />
              )}
            </Field>
          ))}
        </div>
        <div className="jy-dialog-foot">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="primary" htmlType="submit" loading={busy}>
            {t('quota.save')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
