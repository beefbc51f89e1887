import { Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { routes } from '../../../lib/routes';
import { Dialog } from '../../../ui/Dialog';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import { Field } from '../../../ui/forms/Field';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { RenameOfferMutation, RestoreOfferMutation, WithdrawOfferMutation } from '../catalog.gql';
import type { CatalogRow } from '../components/catalog-rows';
import { FieldTable } from '../components/FieldTable';

/** One thing of the catalog: what it is, and for its keepers renaming and withdrawing, which touch nothing that runs. */
export function EntryDialog({ row, editable, onClose }: { row: CatalogRow; editable: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const navigate = useNavigate();
  const renaming = useOutcome(RenameOfferMutation);
  const withdrawing = useOutcome(WithdrawOfferMutation);
  const restoring = useOutcome(RestoreOfferMutation);
  const { errors, refusals, refuse, changed } = useFormErrors();
  const [name, setName] = useState(row.name);
  const offered = row.status === 'OFFERED';
  const common = { id: row.id, expectedVersion: row.version };

  const rename = async (event: FormEvent) => {
    event.preventDefault();
    const answer = await renaming.send({ ...common, name: name.trim() });
    if (!answer.data) return refuse(answer.errors);
    notice(t('catalog.renamed', { name: name.trim() }));
    onClose();
  };
  const turn = async () => {
    const answer = await (offered ? withdrawing : restoring).send(common);
    if (!answer.data) return refuse(answer.errors);
    notice(t(offered ? 'catalog.withdrawn' : 'catalog.restored', { name: row.name }));
    onClose();
  };

  return (
    <Dialog title={row.name} onClose={onClose}>
      <p>
        <span className="jy-code">{row.code}</span> · {row.facts.join(' · ')}
      </p>
      {row.service && (
        <>
          <p className="jy-quiet-text">
            {t('catalog.definitionNumber', { number: row.service.number })} ·{' '}
            {t('catalog.quantityMaximum', { count: row.service.quantityMaximum, unit: row.service.unit })}
          </p>
          <FieldTable fields={row.service.fields} />
        </>
      )}
      {editable && (
        <form className="jy-form" noValidate onSubmit={(event) => void rename(event)}>
          <ErrorSummary errors={errors} refusals={refusals} />
          {row.kind !== 'ServiceOffer' && (
            <Field field="name" label={t('catalog.name')} errors={errors}>
              {(control) => (
                <Input
                  {...control}
                  maxLength={120}
                  value={name}
                  onChange={(event) => {
                    setName(event.target.value);
                    changed('name');
                  }}
                />
              )}
            </Field>
          )}
          <p className="jy-hint">{t(offered ? 'catalog.withdrawText' : 'catalog.restoreText')}</p>
          <div className="jy-dialog-foot">
            <Button danger={offered} loading={withdrawing.busy || restoring.busy} onClick={() => void turn()}>
              {t(offered ? 'catalog.withdraw' : 'catalog.restore')}
            </Button>
            {row.kind === 'ServiceOffer' ? (
              <Button type="primary" onClick={() => void navigate(routes.reviseService(row.id))}>
                {t('serviceEditor.revise')}
              </Button>
            ) : (
              <Button type="primary" htmlType="submit" disabled={name.trim() === row.name} loading={renaming.busy}>
                {t('catalog.rename')}
              </Button>
            )}
          </div>
        </form>
      )}
    </Dialog>
  );
}
