import { Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { count } from '../../../lib/quantity';
import { Dialog } from '../../../ui/Dialog';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import { Field } from '../../../ui/forms/Field';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { Money } from '../../../ui/Money';
import { useNotice } from '../../../ui/notice';
import { type Act, requestActions } from '../request-actions';
import { useAct } from '../use-act';

/** The API's own limit of an opinion. */
const OPINION_LONGEST = 500;

type Props = {
  act: Act;
  request: { id: string; code: string; version: number; machineCount: number; monthlyCost: string | null };
  onClose: () => void;
  onDone: () => void;
};

/** One act with its opinion. It says what will happen; a refusal stays here, with what was written. */
export function ActDialog({ act, request, onClose, onDone }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const [opinion, setOpinion] = useState('');
  const { errors, refusals, refuse, changed } = useFormErrors();
  const { perform, busy } = useAct(act);
  const { opinion: asks, weight } = requestActions[act];

  const send = async (event: FormEvent) => {
    event.preventDefault();
    const words = opinion.trim();
    if (asks === 'required' && !words) return refuse([{ field: 'opinion', message: t('request.opinionMissing') }]);
    const refused = await perform({ id: request.id, expectedVersion: request.version, opinion: words || null });
    if (refused.length > 0) return refuse(refused);
    notice(t(`request.done.${act}`, { code: request.code }));
    onDone();
  };

  return (
    <Dialog title={t('request.actTitle', { act: t(`request.action.${act}`), code: request.code })} onClose={onClose}>
      <form className="jy-form" noValidate onSubmit={(event) => void send(event)}>
        <ErrorSummary errors={errors} refusals={refusals} />
        <p>
          {t(`request.consequence.${act}`)}{' '}
          <span className="jy-quiet-text">
            {t('request.machineTotal', { machines: count(request.machineCount) })} · <Money fen={request.monthlyCost} />{' '}
            {t('request.perMonth')}
          </span>
        </p>
        {asks !== 'none' && (
          <Field
            field="opinion"
            label={t('request.opinion')}
            hint={asks === 'required' ? t('request.opinionHint') : undefined}
            errors={errors}
            optional={asks === 'optional'}
          >
            {(control) => (
              <Input.TextArea
                {...control}
                autoFocus
                rows={4}
                maxLength={OPINION_LONGEST}
                showCount
                value={opinion}
                onChange={(event) => {
                  setOpinion(event.target.value);
                  changed('opinion');
                }}
              />
            )}
          </Field>
        )}
        <div className="jy-dialog-foot">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="primary" danger={weight === 'danger'} htmlType="submit" loading={busy}>
            {t(`request.action.${act}`)}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
