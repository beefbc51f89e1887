import { Checkbox } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import type { LocalMode, RemoteMode } from '../../../graphql/enums';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { ChoiceBox, TextBox } from '../../../ui/forms/fields';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { ComposeDrTierMutation, SystemMachinesQuery } from '../dr.gql';
import { TierChoices, type TierWords } from './tier-choices';

const NAME_LONGEST = 60;
const LOCAL: readonly LocalMode[] = ['SINGLE', 'DUAL_ACTIVE'];
const REMOTE: readonly RemoteMode[] = ['NONE', 'DATA', 'APPLICATION'];
const AT_FIRST: TierWords = {
  layer: 'APPLICATION',
  dataKind: 'SINGLE_WRITER',
  source: 'CLUSTER',
  party: 'CENTER',
  partyName: '',
};

/** Of what no request made, or made as something else: machines of the system become one tier. */
export function ComposeDialog({ systemId, onClose }: { systemId: string; onClose: () => void }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const [name, setName] = useState('');
  const [words, setWords] = useState<TierWords>(AT_FIRST);
  const [local, setLocal] = useState<LocalMode>('DUAL_ACTIVE');
  const [remote, setRemote] = useState<RemoteMode>('NONE');
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [{ data: found }] = useQuery({ query: SystemMachinesQuery, variables: { system: systemId } });
  const { send, busy } = useOutcome(ComposeDrTierMutation);
  const submit = async () => {
    if (!name.trim()) return form.refuse([{ field: 'name', message: t('dr.nameMissing') }]);
    if (chosen.length === 0) return form.refuse([{ field: 'resourceIds', message: t('dr.machinesMissing') }]);
    const { data, errors } = await send({
      ...{ ...words, partyName: words.partyName.trim() || null },
      ...{ systemId, name: name.trim(), resourceIds: [...chosen], localMode: local, remoteMode: remote },
    });
    if (!data) return form.refuse(errors);
    notice(t('dr.saved'));
    onClose();
  };
  const machines = (found?.resources.nodes ?? []).filter(({ state }) => state === 'IN_USE' || state === 'PROVISIONING');
  return (
    <DialogForm
      title={t('dr.composeTitle')}
      submit={t('dr.compose')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{t('dr.composeText')}</p>
      <TextBox
        field="name"
        label={t('dr.tierName')}
        errors={form.errors}
        max={NAME_LONGEST}
        value={name}
        onChange={setName}
      />
      <ChoiceBox
        field="localMode"
        label={t('dr.localLabel')}
        errors={form.errors}
        value={local}
        options={LOCAL.map((value) => ({ value, label: t(`dr.local.${value}`) }))}
        onChange={setLocal}
      />
      <ChoiceBox
        field="remoteMode"
        label={t('dr.remoteLabel')}
        errors={form.errors}
        value={remote}
        options={REMOTE.map((value) => ({ value, label: t(`dr.remote.${value}`) }))}
        onChange={setRemote}
      />
      <TierChoices words={words} errors={form.errors} onChange={setWords} />
      <fieldset className="jy-dr-machines">
        <legend>{t('dr.machines')}</legend>
        {machines.length === 0 && <p className="jy-quiet-text">{t('dr.noMachines')}</p>}
        {machines.map(({ center, code, id, name: called }) => (
          <Checkbox
            key={id}
            checked={chosen.includes(id)}
            onChange={(event) => setChosen(event.target.checked ? [...chosen, id] : chosen.filter((one) => one !== id))}
          >
            {called} <span className="jy-code">{code}</span> {center?.name}
          </Checkbox>
        ))}
        {form.errors
          .filter(({ field }) => field === 'resourceIds')
          .map(({ message }) => (
            <p key={message} role="alert" className="jy-field-error">
              {message}
            </p>
          ))}
      </fieldset>
    </DialogForm>
  );
}
