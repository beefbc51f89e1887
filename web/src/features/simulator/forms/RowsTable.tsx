import { CopyOutlined, DeleteOutlined } from '@ant-design/icons';
import { Button, Checkbox, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ResultOf } from '../../../graphql/tada';
import { WideTable } from '../../../ui/WideTable';
import type { SimulatorPageQuery } from '../simulator.gql';
import { ARCHITECTURES, LEVELS, LOCAL_MODES, newRow, TIERS, type WhatIfRow, ZONES } from './what-if-draft';

type Props = {
  rows: readonly WhatIfRow[];
  centers: ResultOf<typeof SimulatorPageQuery>['centers'];
  onChange: (rows: WhatIfRow[]) => void;
};

/** 任一中心, as a value that no center has. */
const ANY = '';

/** What might come, a row a size. */
export function RowsTable({ rows, centers, onChange }: Props) {
  const { t } = useTranslation();
  const change = (key: string, patch: Partial<WhatIfRow>) =>
    onChange(rows.map((row) => (row.key === key ? { ...row, ...patch } : row)));
  const number = (row: WhatIfRow, at: number, column: 'count' | 'vcpu' | 'memoryGib' | 'diskGib') => (
    <td>
      <InputNumber
        className="jy-full"
        size="small"
        controls={false}
        min={0}
        aria-label={`${t(`simulator.column.${column}`)} ${at + 1}`}
        value={row[column]}
        status={row[column] === null || row[column] === 0 ? 'error' : undefined}
        onChange={(value) => change(row.key, { [column]: value })}
      />
    </td>
  );
  const select = <V extends string | number>(
    name: string,
    value: V,
    options: readonly V[],
    word: (value: V) => string,
    choose: (value: V) => void,
  ) => (
    <td>
      <Select
        className="jy-full"
        size="small"
        aria-label={name}
        value={value}
        popupMatchSelectWidth={false}
        onChange={choose}
        options={options.map((one) => ({ value: one, label: word(one) }))}
      />
    </td>
  );
  return (
    <WideTable label={t('simulator.rows')}>
      <table className="jy-small-table jy-what-if" aria-label={t('simulator.rows')}>
        <thead>
          <tr>
            {(
              [
                'count',
                'vcpu',
                'memoryGib',
                'diskGib',
                'storageTier',
                'architecture',
                'zone',
                'center',
                'localMode',
                'protectionLevel',
                'domesticCpu',
              ] as const
            ).map((column) => (
              <th key={column} scope="col">
                {t(`simulator.column.${column}`)}
              </th>
            ))}
            <th scope="col" aria-label={t('simulator.rowTools')} />
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={row.key}>
              {number(row, at, 'count')}
              {number(row, at, 'vcpu')}
              {number(row, at, 'memoryGib')}
              {number(row, at, 'diskGib')}
              {select(
                `${t('simulator.column.storageTier')} ${at + 1}`,
                row.storageTier,
                TIERS,
                (tier) => t(`tier.${tier}`),
                (storageTier) => change(row.key, { storageTier }),
              )}
              {select(
                `${t('simulator.column.architecture')} ${at + 1}`,
                row.architecture,
                ARCHITECTURES,
                (value) => t(`architecture.${value}`),
                (architecture) => change(row.key, { architecture }),
              )}
              {select(
                `${t('simulator.column.zone')} ${at + 1}`,
                row.zone,
                ZONES,
                (value) => t(`zone.${value}`),
                (zone) => change(row.key, { zone }),
              )}
              <td>
                <Select
                  className="jy-full"
                  size="small"
                  aria-label={`${t('simulator.column.center')} ${at + 1}`}
                  disabled={row.localMode === 'DUAL_ACTIVE'}
                  value={row.localMode === 'DUAL_ACTIVE' ? ANY : (row.centerId ?? ANY)}
                  popupMatchSelectWidth={false}
                  onChange={(id: string) => change(row.key, { centerId: id || null })}
                  options={[
                    {
                      value: ANY,
                      label: t(row.localMode === 'DUAL_ACTIVE' ? 'simulator.both' : 'simulator.anyCenter'),
                    },
                    ...centers.map((center) => ({ value: center.id, label: center.name })),
                  ]}
                />
              </td>
              {select(
                `${t('simulator.column.localMode')} ${at + 1}`,
                row.localMode,
                LOCAL_MODES,
                (mode) => t(`localMode.${mode}`),
                (localMode) => change(row.key, { localMode }),
              )}
              {select(
                `${t('simulator.column.protectionLevel')} ${at + 1}`,
                row.protectionLevel,
                LEVELS as readonly number[],
                (level) => t('request.protectionLevel', { level }),
                (protectionLevel) => change(row.key, { protectionLevel }),
              )}
              <td>
                <Checkbox
                  aria-label={`${t('simulator.column.domesticCpu')} ${at + 1}`}
                  checked={row.domesticCpu}
                  onChange={(event) => change(row.key, { domesticCpu: event.target.checked })}
                />
              </td>
              <td className="jy-cell-tools">
                <Button
                  type="text"
                  size="small"
                  icon={<CopyOutlined aria-hidden />}
                  aria-label={t('simulator.copyRow', { row: at + 1 })}
                  onClick={() => onChange([...rows, newRow(row)])}
                />
                <Button
                  type="text"
                  size="small"
                  disabled={rows.length === 1}
                  icon={<DeleteOutlined aria-hidden />}
                  aria-label={t('simulator.removeRow', { row: at + 1 })}
                  onClick={() => onChange(rows.filter((other) => other.key !== row.key))}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </WideTable>
  );
}
