import { Button } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PowerAction } from '../../../graphql/enums';
import { Dialog } from '../../../ui/Dialog';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { type Answers, answersOf, BatchAnswers, type Chosen, doneOf } from '../../../ui/list/BatchAnswers';
import { OperateResourcesMutation } from '../operations.gql';
import { useOperatingReason } from './OperatingReason';

type Props = { action: PowerAction; rows: readonly Chosen[]; onClose: () => void };

/** Several at once, each of which stands alone: the answer says which did not go, and why. */
export function BatchPowerDialog({ action, rows, onClose }: Props) {
  const { t } = useTranslation();
  // The list behind renews itself meanwhile; what was chosen stays to be read.
  const [chosen] = useState(rows);
  const [answers, setAnswers] = useState<Answers | null>(null);
  const form = useFormErrors();
  const reason = useOperatingReason(form);
  const { send, busy } = useOutcome(OperateResourcesMutation);
  const act = t(`resource.action.${action}`);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const given = reason.given();
    if (given === null) return;
    const items = chosen.map(({ id, version }) => ({ id, expectedVersion: version }));
    const { data, errors } = await send({ action, items, reason: given });
    if (!data) return form.refuse(errors);
    setAnswers(answersOf(data.outcome.results, ({ resourceId }) => resourceId));
  };

  return (
    <Dialog title={t('operate.batchTitle', { act, total: chosen.length })} onClose={onClose}>
      <form className="jy-form" noValidate onSubmit={(event) => void submit(event)}>
        <ErrorSummary errors={form.errors} refusals={form.refusals} />
        <p role="status">
          {answers
            ? t('operate.batchDone', { act, done: doneOf(answers), total: chosen.length })
            : t(`operate.text.${action}`)}
        </p>
        <BatchAnswers rows={chosen} answers={answers} />
        {!answers && reason.box}
        <div className="jy-dialog-foot">
          <Button type={answers ? 'primary' : 'default'} onClick={onClose}>
            {t(answers ? 'common.close' : 'common.cancel')}
          </Button>
          {!answers && (
            <Button type="primary" danger={action !== 'START'} htmlType="submit" loading={busy}>
              {act}
            </Button>
          )}
        </div>
      </form>
    </Dialog>
  );
}
