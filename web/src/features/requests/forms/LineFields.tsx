import { CopyOutlined, DeleteOutlined } from '@ant-design/icons';
import { Button, Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { NetworkZone, StorageTier } from '../../../graphql/enums';
import { Field } from '../../../ui/forms/Field';
import type { FormError } from '../../../ui/forms/form-errors';
import { CenterMark } from '../../../ui/three-centers/CenterMark';
import { OfferPicker } from './OfferPicker';
import { type Choices, type LineDraft, relationChoices, withImage, withOffer } from './request-draft';

const zones: readonly NetworkZone[] = ['GOVERNMENT_EXTRANET', 'INTERNET', 'BUSINESS_LINE'];
const tiers: readonly StorageTier[] = ['SSD', 'HDD'];

type Props = {
  line: LineDraft;
  number: number;
  /** All lines of the form. */
  lines: readonly LineDraft[];
  choices: Choices;
  errors: readonly FormError[];
  onChange: (line: LineDraft) => void;
  onCopy: () => void;
  /** null = the only line stays. */
  onRemove: (() => void) | null;
};

/** One line of machines that are alike. */
export function LineFields({ line, number, lines, choices, errors, onChange, onCopy, onRemove }: Props) {
  const { t } = useTranslation();
  const { catalog } = choices;
  const at = (field: string) => `lines.${number}.${field}`;
  const offer = catalog.offers.find((candidate) => candidate.id === line.offerId);
  const related = relationChoices(line, lines);
  const images = catalog.images.filter((image) => !offer || image.architecture === offer.architecture);
  return (
    <fieldset className="jy-line-fields">
      <legend>{t('requestForm.line', { line: number + 1 })}</legend>
      <div className="jy-line-tools">
        <Button
          type="text"
          icon={<CopyOutlined aria-hidden />}
          aria-label={t('requestForm.copyLine', { line: number + 1 })}
          title={t('requestForm.copy')}
          onClick={onCopy}
        />
        {onRemove && (
          <Button
            type="text"
            icon={<DeleteOutlined aria-hidden />}
            aria-label={t('requestForm.removeLine', { line: number + 1 })}
            title={t('requestForm.remove')}
            onClick={onRemove}
          />
        )}
      </div>
      <Field field={at('offerId')} label={t('requestForm.offer')} errors={errors}>
        {(control) => (
          <OfferPicker
            control={control}
            offers={catalog.offers}
            value={line.offerId}
            onChoose={(id) => onChange(withOffer(line, id, choices))}
          />
        )}
      </Field>
      <Field
        field={at('imageId')}
        label={t('requestForm.image')}
        hint={offer ? t('requestForm.imageHint', { architecture: t(`architecture.${offer.architecture}`) }) : undefined}
        errors={errors}
      >
        {(control) => (
          <Select
            {...control}
            className="jy-full"
            showSearch={{ optionFilterProp: 'label' }}
            placeholder={t('requestForm.imagePlaceholder')}
            value={line.imageId}
            onChange={(id: string) => onChange(withImage(line, id, choices))}
            options={images.map((image) => ({ value: image.id, label: image.name }))}
          />
        )}
      </Field>
      <div className="jy-fields-row">
        <Field field={at('centerId')} label={t('requestForm.center')} errors={errors}>
          {(control) => (
            <Select
              {...control}
              className="jy-full"
              value={line.centerId}
              onChange={(centerId: string) => onChange({ ...line, centerId })}
              options={choices.centers.map((center) => ({
                value: center.id,
                disabled: center.life !== 'IN_SERVICE' && center.life !== 'TRIAL',
                label: <CenterMark role={center.role} name={center.name} />,
              }))}
            />
          )}
        </Field>
        <Field field={at('zone')} label={t('requestForm.zone')} errors={errors}>
          {(control) => (
            <Select
              {...control}
              className="jy-full"
              value={line.zone}
              onChange={(zone: NetworkZone) => onChange({ ...line, zone })}
              options={zones.map((value) => ({ value, label: t(`zone.${value}`) }))}
            />
          )}
        </Field>
      </div>
      <div className="jy-fields-row">
        <Field field={at('storageTier')} label={t('requestForm.tier')} errors={errors}>
          {(control) => (
            <Select
              {...control}
              className="jy-full"
              value={line.storageTier}
              onChange={(storageTier: StorageTier) => onChange({ ...line, storageTier })}
              options={tiers.map((value) => ({ value, label: t(`tier.${value}`) }))}
            />
          )}
        </Field>
        <Field field={at('diskGib')} label={t('requestForm.disk')} errors={errors}>
          {(control) => (
            <InputNumber
              {...control}
              className="jy-full"
              precision={0}
              step={10}
              value={line.diskGib}
              onChange={(diskGib) => onChange({ ...line, diskGib })}
              suffix="GiB"
            />
          )}
        </Field>
        <Field field={at('count')} label={t('requestForm.count')} errors={errors}>
          {(control) => (
            <InputNumber
              {...control}
              className="jy-full"
              precision={0}
              value={line.count}
              onChange={(count) => onChange({ ...line, count })}
              suffix={t('requestForm.machineUnit')}
            />
          )}
        </Field>
      </div>
      <Field field={at('name')} label={t('requestForm.name')} hint={t('requestForm.nameHint')} errors={errors}>
        {(control) => (
          <Input
            {...control}
            spellCheck={false}
            autoComplete="off"
            maxLength={40}
            value={line.name}
            onChange={(event) => onChange({ ...line, name: event.target.value.toLowerCase() })}
          />
        )}
      </Field>
      {lines.length > 1 && (
        <Field
          field={at('relations')}
          label={t('requestForm.relations')}
          hint={t('requestForm.relationsHint')}
          errors={errors}
          optional
        >
          {(control) => (
            <Select
              {...control}
              className="jy-full"
              mode="multiple"
              allowClear
              placeholder={t('requestForm.relationsNone')}
              value={line.relations.filter((value) => related.some((one) => one.value === value))}
              onChange={(relations: string[]) => onChange({ ...line, relations })}
              options={related.map(({ value, kind, scope, name }) => ({
                value,
                label: t(`requestForm.relation.${kind}_${scope}`, { name }),
              }))}
            />
          )}
        </Field>
      )}
    </fieldset>
  );
}
