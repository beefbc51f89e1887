import { useTranslation } from 'react-i18next';
import { TextBox } from '../../../ui/forms/fields';
import type { FormError } from '../../../ui/forms/form-errors';
import { newService, ROWS_MAX, type ServiceDraft } from './contract-draft';
import { RowEditor } from './RowEditor';

const LONGEST = { name: 160, unit: 20, unitPrice: 20 } as const;

type Props = {
  services: readonly ServiceDraft[];
  errors: readonly FormError[];
  onChange: (services: ServiceDraft[]) => void;
};

/** 服务内容: what a contract or its supplement names with unit and unit price. */
export function ServiceRows({ services, errors, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <RowEditor
      field="services"
      title={t('contract.services')}
      add={t('contract.addService')}
      rows={services}
      max={ROWS_MAX}
      make={newService}
      onChange={onChange}
    >
      {(row, at, change) => (
        <>
          <TextBox
            field={`services.${at}.name`}
            label={t('contract.service')}
            errors={errors}
            max={LONGEST.name}
            value={row.name}
            onChange={(name) => change({ name })}
          />
          <TextBox
            field={`services.${at}.unit`}
            label={t('contract.unit')}
            errors={errors}
            max={LONGEST.unit}
            value={row.unit}
            onChange={(unit) => change({ unit })}
          />
          <TextBox
            field={`services.${at}.unitPrice`}
            label={t('contract.unitPrice')}
            errors={errors}
            max={LONGEST.unitPrice}
            value={row.unitPrice}
            onChange={(unitPrice) => change({ unitPrice })}
          />
        </>
      )}
    </RowEditor>
  );
}
