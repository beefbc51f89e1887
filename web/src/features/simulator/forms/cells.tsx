import { CopyOutlined, DeleteOutlined } from '@ant-design/icons';
import { Button, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ResultOf } from '../../../graphql/tada';
import type { SimulatorPageQuery } from '../simulator.gql';
import { LOCAL_MODES, REMOTE_MODES, type WhatIfRow } from './what-if-draft';

export type Choices = ResultOf<typeof SimulatorPageQuery>;

/** What each cell of a row is given: its number among all rows, and how the row is changed. */
export type CellsOf<R extends WhatIfRow> = { row: R; at: number; change: (patch: Partial<R>) => void };

export function NumberCell({
  label,
  value,
  decimals = false,
  least = 1,
  onChange,
}: {
  label: string;
  value: number | null;
  decimals?: boolean;
  least?: number;
  onChange: (value: number | null) => void;
}) {
  const wrong = value === null || value < least;
  return (
    <td>
      <InputNumber
        className="jy-full"
        size="small"
        controls={false}
        min={0}
        {...(decimals ? {} : { precision: 0 })}
        aria-label={label}
        value={value}
        status={wrong ? 'error' : undefined}
        onChange={onChange}
      />
    </td>
  );
}

export function ChoiceCell<V extends string | number>({
  label,
  value,
  options,
  disabled = false,
  placeholder,
  onChange,
}: {
  label: string;
  value: V | undefined;
  options: readonly { value: V; label: string }[];
  disabled?: boolean;
  placeholder?: string;
  onChange: (value: V) => void;
}) {
  return (
    <td>
      <Select<V>
        className="jy-full"
        size="small"
        aria-label={label}
        value={value}
        disabled={disabled}
        placeholder={placeholder}
        status={value === undefined ? 'error' : undefined}
        popupMatchSelectWidth={false}
        onChange={onChange}
        options={[...options]}
      />
    </td>
  );
}

/** 任一中心, as a value that no center has. */
const ANY = '';

/** Where, and by which modes: every kind that stands somewhere has them. */
export function PlaceCells<R extends WhatIfRow>({
  row,
  at,
  centers,
  change,
}: CellsOf<R> & { centers: Choices['centers'] }) {
  const { t } = useTranslation();
  const both = row.localMode === 'DUAL_ACTIVE';
  const modes = LOCAL_MODES.flatMap((local) =>
    REMOTE_MODES.map((remote) => ({
      value: `${local} ${remote}`,
      label: t(`localMode.${local}`) + (remote === 'NONE' ? '' : t(`simulator.remote.${remote}`)),
    })),
  );
  return (
    <>
      <ChoiceCell
        label={`${t('simulator.column.localMode')} ${at + 1}`}
        value={`${row.localMode} ${row.remoteMode}`}
        options={modes}
        onChange={(value) => {
          const [localMode, remoteMode] = value.split(' ') as [R['localMode'], R['remoteMode']];
          change({ localMode, remoteMode } as Partial<R>);
        }}
      />
      <ChoiceCell
        label={`${t('simulator.column.center')} ${at + 1}`}
        disabled={both}
        value={both ? ANY : (row.centerId ?? ANY)}
        onChange={(id) => change({ centerId: id || null } as Partial<R>)}
        options={[
          { value: ANY, label: t(both ? 'simulator.both' : 'simulator.anyCenter') },
          ...centers.filter(({ role }) => role !== 'RECOVERY').map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
    </>
  );
}

export function ToolCells({ at, onCopy, onRemove }: { at: number; onCopy: () => void; onRemove: (() => void) | null }) {
  const { t } = useTranslation();
  return (
    <td className="jy-cell-tools">
      <Button
        type="text"
        size="small"
        icon={<CopyOutlined aria-hidden />}
        aria-label={t('simulator.copyRow', { row: at + 1 })}
        onClick={onCopy}
      />
      <Button
        type="text"
        size="small"
        disabled={onRemove === null}
        icon={<DeleteOutlined aria-hidden />}
        aria-label={t('simulator.removeRow', { row: at + 1 })}
        onClick={onRemove ?? undefined}
      />
    </td>
  );
}
