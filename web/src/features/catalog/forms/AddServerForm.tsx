import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Architecture, CpuMaker } from '../../../graphql/enums';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { AddServerOfferMutation } from '../catalog.gql';
import { architectures } from '../components/catalog-rows';
import { EntryFrame } from './EntryFrame';
import { useEntryFields } from './use-entry-fields';

/** Who builds processors of an architecture; the first is what a form begins with. The server refuses the rest. */
const makers = {
  ARM64: ['KUNPENG', 'PHYTIUM'],
  AMD64: ['HYGON', 'ZHAOXIN', 'INTEL', 'AMD'],
} as const satisfies Record<Architecture, readonly CpuMaker[]>;

/** A new class of standalone servers. */
export function AddServerForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { send, busy } = useOutcome(AddServerOfferMutation);
  const { texts, numbers, form, text, number, choice } = useEntryFields(
    { code: '', name: '', disks: '', accelerator: '' },
    { cores: 64, memoryGib: 256, acceleratorCount: 0 },
  );
  const [architecture, setArchitecture] = useState<Architecture>('ARM64');
  const [cpuMaker, setCpuMaker] = useState<CpuMaker>('KUNPENG');
  const add = () =>
    send({
      code: texts.code.trim(),
      name: texts.name.trim(),
      architecture,
      cpuMaker,
      cores: numbers.cores,
      memoryMib: numbers.memoryGib * 1024,
      disks: texts.disks.trim(),
      accelerator: texts.accelerator.trim() || null,
      acceleratorCount: numbers.acceleratorCount,
    });
  return (
    <EntryFrame kind="ServerOffer" name={texts.name} form={form} busy={busy} onSend={add} onClose={onClose}>
      {text('code', t('catalog.code'), { hint: t('catalog.codeHint') })}
      {text('name', t('catalog.name'))}
      <div className="jy-fields-row">
        {choice(
          'architecture',
          t('catalog.architecture'),
          architecture,
          architectures.map((value) => ({ value, label: t(`architecture.${value}`) })),
          (chosen) => {
            setArchitecture(chosen);
            setCpuMaker(makers[chosen][0]);
          },
        )}
        {choice(
          'cpuMaker',
          t('catalog.cpuMaker'),
          cpuMaker,
          makers[architecture].map((value) => ({ value, label: t(`catalog.maker.${value}`) })),
          (chosen) => setCpuMaker(chosen),
        )}
      </div>
      <div className="jy-fields-row">
        {number('cores', t('catalog.coresOfServer'), t('catalog.coreUnit'))}
        {number('memoryGib', t('catalog.memory'), 'GiB')}
      </div>
      {text('disks', t('catalog.disks'), { hint: t('catalog.disksHint') })}
      <div className="jy-fields-row">
        {text('accelerator', t('catalog.accelerator'), { optional: true })}
        {number('acceleratorCount', t('catalog.acceleratorCount'), t('catalog.cardUnit'), { optional: true })}
      </div>
      <p className="jy-hint">{t('catalog.pricedBy', { meter: `SERVER:${texts.code.trim() || '…'}` })}</p>
    </EntryFrame>
  );
}
