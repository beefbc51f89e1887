import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../../ui/Dialog';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { basisText, methodText, type Pool } from '../components/shared-columns';
import { WithdrawSharedPoolVersionMutation } from '../shared-costs.gql';
import { AddSharedVersionForm } from './AddSharedVersionForm';

type Props = {
  pool: Pool;
  meters: readonly { meter: string; name: string }[];
  editable: boolean;
  onClose: () => void;
};

/** One common cost: by which rule it is spread since when, and what may be done about it. */
export function SharedPoolDialog({ pool, meters, editable, onClose }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const { send, busy } = useOutcome(WithdrawSharedPoolVersionMutation);
  const { errors, refusals, refuse } = useFormErrors();
  const [adding, setAdding] = useState(false);
  const last = pool.versions.at(-1);

  const withdraw = async (id: string, from: string) => {
    const answer = await send({ id });
    if (!answer.data) return refuse(answer.errors);
    notice(t('sharedCost.withdrawn', { name: pool.name, from }));
  };

  return (
    <Dialog title={pool.name} onClose={onClose}>
      <p className="jy-quiet-text">
        <span className="jy-code">{pool.code}</span> · {t(`sharedCost.kinds.${pool.kind}`)} · {pool.center?.name ?? '–'}
      </p>
      {adding ? (
        <AddSharedVersionForm pool={pool} meters={meters} onDone={() => setAdding(false)} />
      ) : (
        <>
          <ErrorSummary errors={errors} refusals={refusals} />
          {editable && (
            <p>
              <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setAdding(true)}>
                {t('sharedCost.addVersion')}
              </Button>
            </p>
          )}
          {pool.versions.length === 0 && <p className="jy-quiet-text">{t('sharedCost.noVersions')}</p>}
          <ol className="jy-price-versions">
            {pool.versions.toReversed().map((version) => (
              <li key={version.id}>
                <span className="jy-price-head">
                  <span className="jy-number jy-price-amount">{methodText(t, version)}</span>
                </span>
                <span>{basisText(t, version)}</span>
                <span className="jy-number">{t('price.since', { from: version.fromMonth })}</span>
                <span className="jy-quiet-text">
                  {version.reason} · {version.enteredBy}
                </span>
                {editable && version.id === last?.id && (
                  <span>
                    <Button size="small" loading={busy} onClick={() => void withdraw(version.id, version.fromMonth)}>
                      {t('price.withdraw')}
                    </Button>
                  </span>
                )}
              </li>
            ))}
          </ol>
        </>
      )}
    </Dialog>
  );
}
