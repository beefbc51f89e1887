import { Button } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ResultOf } from '../../../graphql/tada';
import { Dialog } from '../../../ui/Dialog';
import { Facts } from '../../../ui/Facts';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { ShowConsoleMutation } from '../operations.gql';
import { useOperatingReason } from './OperatingReason';

type Access = NonNullable<ResultOf<typeof ShowConsoleMutation>['outcome']['access']>;
type Props = { resource: { id: string; name: string }; onClose: () => void };

/** How to get to the machine's console: asked for by a press, because each look is noted in its log. */
export function ConsoleDialog({ resource, onClose }: Props) {
  const { t } = useTranslation();
  const form = useFormErrors();
  const reason = useOperatingReason(form);
  const [access, setAccess] = useState<Access | null>(null);
  const { send, busy } = useOutcome(ShowConsoleMutation);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const given = reason.given();
    if (given === null) return;
    const { data, errors } = await send({ id: resource.id, reason: given });
    if (!data?.outcome.access) return form.refuse(errors);
    setAccess(data.outcome.access);
  };
  const line = (text: string) => <code className="jy-code jy-copyable">{text}</code>;
  return (
    <Dialog title={t('operate.consoleTitle', { name: resource.name })} onClose={onClose}>
      <form className="jy-form" noValidate onSubmit={(event) => void submit(event)}>
        <ErrorSummary errors={form.errors} refusals={form.refusals} />
        {access ? (
          <>
            <p role="status">{t('operate.consoleShown')}</p>
            <Facts
              facts={[
                { label: t('operate.vnc'), value: line(access.vncCommand), wide: true },
                { label: t('operate.serial'), value: line(access.serialCommand), wide: true },
                { label: t('operate.vncPath'), value: line(access.vncPath), wide: true },
                { label: t('operate.serialPath'), value: line(access.serialPath), wide: true },
              ]}
            />
          </>
        ) : (
          <>
            <p>{t('operate.consoleText')}</p>
            {reason.box}
          </>
        )}
        <div className="jy-dialog-foot">
          <Button type={access ? 'primary' : 'default'} onClick={onClose}>
            {t(access ? 'common.close' : 'common.cancel')}
          </Button>
          {!access && (
            <Button type="primary" htmlType="submit" loading={busy}>
              {t('operate.consoleShow')}
            </Button>
          )}
        </div>
      </form>
    </Dialog>
  );
}
