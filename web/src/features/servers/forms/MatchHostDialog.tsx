import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { Field } from '../../../ui/forms/Field';
import { ReasonBox } from '../../../ui/forms/fields';
import { SearchSelect, useSelectSearch } from '../../../ui/forms/SearchSelect';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { type Mismatch, nameOf } from '../components/host-mismatch-columns';
import { modelName } from '../components/server-words';
import { HostAssetsQuery, MatchHostMutation } from '../hosts.gql';

/** The API's own limit. */
const REASON_LONGEST = 300;

/** Says which asset of its center a host is: then its serial number is the one that was inspected. */
export function MatchHostDialog({ row, onClose }: { row: Mismatch; onClose: () => void }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const [mismatch] = useState(row);
  const [serverId, setServerId] = useState('');
  const [reason, setReason] = useState('');
  const typing = useSelectSearch();
  const [{ data, fetching }] = useQuery({
    query: HostAssetsQuery,
    variables: { filter: { centerId: mismatch.center?.id ?? null, search: typing.search } },
    requestPolicy: 'cache-and-network',
  });
  const { send, busy } = useOutcome(MatchHostMutation);
  // One that has a host is no other's.
  const assets = (data?.servers.nodes ?? []).filter(({ clusterHost }) => clusterHost === null);
  const [named, setNamed] = useState<{ value: string; label: string; serial: string }>();
  const submit = async () => {
    const text = reason.trim();
    const missing = [
      ...(serverId ? [] : [{ field: 'serverId', message: t('hostMismatch.assetMissing') }]),
      ...(text ? [] : [{ field: 'reason', message: t('hostMismatch.reasonMissing') }]),
    ];
    if (missing.length > 0) return form.refuse(missing);
    const { data: answer, errors } = await send({
      ...{ id: mismatch.id, expectedVersion: mismatch.version, serverId, reason: text },
    });
    if (!answer) return form.refuse(errors);
    notice(t('hostMismatch.done.MATCH'));
    onClose();
  };
  const options = assets.map(({ assetNumber, id, model, serial }) => ({
    value: id,
    label: `${assetNumber} · ${modelName(model)} · ${serial}`,
    serial,
  }));
  const isAnother = named !== undefined && mismatch.serial !== null && named.serial !== mismatch.serial;
  return (
    <DialogForm
      title={t('hostMismatch.ask.MATCH', { name: nameOf(mismatch) })}
      submit={t('hostMismatch.action.MATCH')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{t('hostMismatch.explain.MATCH')}</p>
      <Field field="serverId" label={t('hostMismatch.asset')} errors={form.errors}>
        {(control) => (
          <SearchSelect
            control={control}
            typing={typing}
            value={serverId}
            onChange={(id) => {
              setServerId(id);
              setNamed(options.find(({ value }) => value === id));
              form.changed('serverId');
            }}
            placeholder={t('hostMismatch.assetPlaceholder')}
            found={options}
            named={named}
            fetching={fetching}
          />
        )}
      </Field>
      {isAnother && (
        <p className="jy-tone-waiting jy-banner">
          {t('hostMismatch.serialChanges', { from: named.serial, to: mismatch.serial })}
        </p>
      )}
      <ReasonBox
        field="reason"
        label={t('hostMismatch.reasonLabel')}
        errors={form.errors}
        showCount
        max={REASON_LONGEST}
        value={reason}
        onChange={(next) => {
          setReason(next);
          form.changed('reason');
        }}
      />
    </DialogForm>
  );
}
