import { Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import type { CloudKind } from '../../../graphql/enums';
import { useDebounced } from '../../../lib/use-debounced';
import { Field } from '../../../ui/forms/Field';
import { OwnerChoicesQuery } from '../centers.gql';
import { NumberField } from './NumberField';
import type { PoolFieldsProps } from './pool-draft';

const KINDS: readonly CloudKind[] = [
  'CITY_CLOUD',
  'DEPARTMENT_CLOUD',
  'DEPARTMENT_DATA_CENTER',
  'PRIVATE_NETWORK',
  'FOREIGN_PLATFORM',
];
const PLAN_LENGTH_MAX = 500;
/** A pause in typing. */
const SEARCH_AFTER_MS = 250;

/** Whose the cloud is, and how it comes into the centers. */
export function CloudFields({
  draft,
  set,
  errors,
  owner,
}: PoolFieldsProps & { owner: { id: string; name: string } | null }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const search = useDebounced(typed, SEARCH_AFTER_MS);
  const [{ data }] = useQuery({ query: OwnerChoicesQuery, variables: { search: search || null } });
  const found = data?.departments.nodes ?? [];
  const choices = owner && !found.some(({ id }) => id === owner.id) ? [{ ...owner, code: '' }, ...found] : found;
  return (
    <>
      <Field field="cloud.kind" label={t('pool.cloudKind')} errors={errors}>
        {(control) => (
          <Select
            {...control}
            className="jy-full"
            value={draft.cloudKind}
            onChange={(cloudKind) => set({ cloudKind }, 'cloud.kind')}
            options={KINDS.map((value) => ({ value, label: t(`pool.cloudKinds.${value}`) }))}
          />
        )}
      </Field>
      <Field field="cloud.ownerDepartmentId" label={t('pool.owner')} hint={t('pool.ownerHint')} errors={errors}>
        {(control) => (
          <Select
            {...control}
            className="jy-full"
            showSearch={{ filterOption: false, onSearch: setTyped }}
            value={draft.ownerId}
            onChange={(ownerId) => set({ ownerId }, 'cloud.ownerDepartmentId')}
            options={choices.map(({ id, name }) => ({ value: id, label: name }))}
          />
        )}
      </Field>
      <Field field="cloud.migrationPlan" label={t('pool.plan')} errors={errors} optional>
        {(control) => (
          <Input.TextArea
            {...control}
            rows={2}
            maxLength={PLAN_LENGTH_MAX}
            value={draft.migrationPlan}
            onChange={(event) => set({ migrationPlan: event.target.value }, 'cloud.migrationPlan')}
          />
        )}
      </Field>
      <div className="jy-field-row">
        <Field field="cloud.migrationTarget" label={t('pool.target')} errors={errors} optional>
          {({ status: _, ...control }) => (
            <input
              {...control}
              className="jy-date-input"
              type="date"
              value={draft.migrationTarget}
              onChange={(event) => set({ migrationTarget: event.target.value }, 'cloud.migrationTarget')}
            />
          )}
        </Field>
        <NumberField
          field="cloud.servers"
          label={t('pool.servers')}
          value={draft.servers}
          errors={errors}
          optional
          onChange={(servers) => set({ servers }, 'cloud.servers')}
        />
        <NumberField
          field="cloud.rackUnits"
          label={t('pool.rackUnits')}
          value={draft.rackUnits}
          errors={errors}
          optional
          onChange={(rackUnits) => set({ rackUnits }, 'cloud.rackUnits')}
        />
      </div>
    </>
  );
}
