import { Button, Checkbox, Input, InputNumber, Select } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Architecture } from '../../../graphql/enums';
import { Dialog } from '../../../ui/Dialog';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import { Field } from '../../../ui/forms/Field';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { AddImageMutation, AddOfferMutation } from '../catalog.gql';

const architectures: readonly Architecture[] = ['AMD64', 'ARM64'];

/** A new size of machine, or a new image with its checksum. */
export function AddEntryDialog({ kind, onClose }: { kind: 'Offer' | 'Image'; onClose: () => void }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const offer = useOutcome(AddOfferMutation);
  const image = useOutcome(AddImageMutation);
  const { errors, refusals, refuse, changed } = useFormErrors();
  const [texts, setTexts] = useState({ code: '', name: '', url: '', checksum: '' });
  const [numbers, setNumbers] = useState({ vcpu: 4, memoryGib: 16, standbyRatioPercent: 50, minimumDiskGib: 40 });
  const [architecture, setArchitecture] = useState<Architecture>('ARM64');
  const [domesticCpu, setDomesticCpu] = useState(true);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const common = { code: texts.code.trim(), name: texts.name.trim(), architecture };
    const { vcpu, memoryGib, standbyRatioPercent, minimumDiskGib } = numbers;
    const answer =
      kind === 'Offer'
        ? await offer.send({ ...common, domesticCpu, vcpu, memoryMib: memoryGib * 1024, standbyRatioPercent })
        : await image.send({
            ...common,
            url: texts.url.trim(),
            checksum: texts.checksum.trim() || null,
            minimumDiskGib,
          });
    if (!answer.data) return refuse(answer.errors);
    notice(t('catalog.added', { name: common.name }));
    onClose();
  };
  const text = (field: keyof typeof texts, label: string, hint?: string) => (
    <Field field={field} label={label} hint={hint} errors={errors}>
      {(control) => (
        <Input
          {...control}
          maxLength={500}
          value={texts[field]}
          onChange={(event) => {
            setTexts((now) => ({ ...now, [field]: event.target.value }));
            changed(field);
          }}
        />
      )}
    </Field>
  );
  const number = (field: keyof typeof numbers, label: string, suffix: string) => (
    <Field field={field} label={label} errors={errors}>
      {(control) => (
        <InputNumber
          {...control}
          className="jy-full"
          min={0}
          precision={0}
          suffix={suffix}
          value={numbers[field]}
          onChange={(value) => {
            setNumbers((now) => ({ ...now, [field]: value ?? 0 }));
            changed(field);
          }}
        />
      )}
    </Field>
  );

  return (
    <Dialog title={t(`catalog.add.${kind}`)} onClose={onClose}>
      <form className="jy-form" noValidate onSubmit={(event) => void submit(event)}>
        <ErrorSummary errors={errors} refusals={refusals} />
        {text('code', t('catalog.code'), t('catalog.codeHint'))}
        {text('name', t('catalog.name'))}
        <Field field="architecture" label={t('catalog.architecture')} errors={errors}>
          {(control) => (
            <Select
              {...control}
              className="jy-full"
              value={architecture}
              onChange={setArchitecture}
              options={architectures.map((value) => ({ value, label: t(`architecture.${value}`) }))}
            />
          )}
        </Field>
        {kind === 'Offer' ? (
          <>
            <div className="jy-fields-row">
              {number('vcpu', 'vCPU', 'vCPU')}
              {number('memoryGib', t('catalog.memory'), 'GiB')}
              {number('standbyRatioPercent', t('catalog.standbyRatio'), '%')}
            </div>
            <Checkbox checked={domesticCpu} onChange={(event) => setDomesticCpu(event.target.checked)}>
              {t('catalog.domesticCpu')}
            </Checkbox>
          </>
        ) : (
          <>
            {text('url', t('catalog.url'), t('catalog.urlHint'))}
            {text('checksum', t('catalog.checksum'), t('catalog.checksumHint'))}
            {number('minimumDiskGib', t('catalog.minimumDisk'), 'GiB')}
          </>
        )}
        <div className="jy-dialog-foot">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="primary" htmlType="submit" loading={offer.busy || image.busy}>
            {t(`catalog.add.${kind}`)}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
