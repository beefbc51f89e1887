import { Checkbox } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Architecture } from '../../../graphql/enums';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { AddOfferMutation } from '../catalog.gql';
import { architectures } from '../components/catalog-rows';
import { EntryFrame } from './EntryFrame';
import { useEntryFields } from './use-entry-fields';

/** A new size of virtual machine. */
export function AddMachineForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { send, busy } = useOutcome(AddOfferMutation);
  const { texts, numbers, form, text, number, choice } = useEntryFields(
    { code: '', name: '', accelerator: '' },
    { vcpu: 4, memoryGib: 16, standbyRatioPercent: 50, acceleratorCount: 0 },
  );
  const [architecture, setArchitecture] = useState<Architecture>('ARM64');
  const [domesticCpu, setDomesticCpu] = useState(true);
  const add = () =>
    send({
      code: texts.code.trim(),
      name: texts.name.trim(),
      architecture,
      domesticCpu,
      vcpu: numbers.vcpu,
      memoryMib: numbers.memoryGib * 1024,
      standbyRatioPercent: numbers.standbyRatioPercent,
      accelerator: texts.accelerator.trim() || null,
      acceleratorCount: numbers.acceleratorCount,
    });
  return (
    <EntryFrame kind="Offer" name={texts.name} form={form} busy={busy} onSend={add} onClose={onClose}>
      {text('code', t('catalog.code'), { hint: t('catalog.codeHint') })}
      {text('name', t('catalog.name'))}
      {choice(
        'architecture',
        t('catalog.architecture'),
        architecture,
        architectures.map((value) => ({ value, label: t(`architecture.${value}`) })),
        setArchitecture,
      )}
      <div className="jy-fields-row">
        {number('vcpu', 'vCPU', 'vCPU')}
        {number('memoryGib', t('catalog.memory'), 'GiB')}
        {number('standbyRatioPercent', t('catalog.standbyRatio'), '%')}
      </div>
      <div className="jy-fields-row">
        {text('accelerator', t('catalog.accelerator'), { hint: t('catalog.acceleratorClassHint'), optional: true })}
        {number('acceleratorCount', t('catalog.acceleratorCount'), t('catalog.cardUnit'), { optional: true })}
      </div>
      <Checkbox checked={domesticCpu} onChange={(event) => setDomesticCpu(event.target.checked)}>
        {t('catalog.domesticCpu')}
      </Checkbox>
    </EntryFrame>
  );
}
