import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Architecture } from '../../../graphql/enums';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { AddImageMutation } from '../catalog.gql';
import { architectures } from '../components/catalog-rows';
import { EntryFrame } from './EntryFrame';
import { useEntryFields } from './use-entry-fields';

/** A new image, with the checksum or the digest that it is known by. */
export function AddImageForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { send, busy } = useOutcome(AddImageMutation);
  const { texts, numbers, form, text, number, choice } = useEntryFields(
    { code: '', name: '', url: '', checksum: '', devicePreference: '' },
    { minimumDiskGib: 40 },
  );
  const [architecture, setArchitecture] = useState<Architecture>('ARM64');
  const add = () =>
    send({
      code: texts.code.trim(),
      name: texts.name.trim(),
      architecture,
      url: texts.url.trim(),
      checksum: texts.checksum.trim() || null,
      minimumDiskGib: numbers.minimumDiskGib,
      devicePreference: texts.devicePreference.trim() || null,
    });
  return (
    <EntryFrame kind="Image" name={texts.name} form={form} busy={busy} onSend={add} onClose={onClose}>
      {text('code', t('catalog.code'), { hint: t('catalog.codeHint') })}
      {text('name', t('catalog.name'))}
      {choice(
        'architecture',
        t('catalog.architecture'),
        architecture,
        architectures.map((value) => ({ value, label: t(`architecture.${value}`) })),
        setArchitecture,
      )}
      {text('url', t('catalog.url'), { hint: t('catalog.urlHint') })}
      {!texts.url.trim().startsWith('docker:') &&
        text('checksum', t('catalog.checksum'), { hint: t('catalog.checksumHint') })}
      {number('minimumDiskGib', t('catalog.minimumDisk'), 'GiB')}
      {text('devicePreference', t('catalog.devicePreference'), {
        hint: t('catalog.devicePreferenceHint'),
        optional: true,
      })}
    </EntryFrame>
  );
}
