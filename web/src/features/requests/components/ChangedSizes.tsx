import { ArrowRightOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CenterRole } from '../../../graphql/enums';
import { count, gibOfMib } from '../../../lib/quantity';
import { CenterMark } from '../../../ui/three-centers/CenterMark';
import { WideTable } from '../../../ui/WideTable';

type Size = { vcpu: number; memoryMib: number; diskGib: number };

export type ChangedRow = {
  id: string;
  name: ReactNode;
  center: { name: string; role: CenterRole } | null;
  /** null = it was not there before. */
  from: Size | null;
  /** null = it goes. */
  to: Size | null;
  state?: ReactNode;
};

const parts = [
  { key: 'vcpu', of: ({ vcpu }: Size) => vcpu, text: count },
  { key: 'memory', of: ({ memoryMib }: Size) => memoryMib, text: gibOfMib },
  { key: 'disk', of: ({ diskGib }: Size) => diskGib, text: count },
] as const;

/** Machine by machine what it is and what it becomes; what stays is quiet. */
export function ChangedSizes({ label, rows }: { label: string; rows: readonly ChangedRow[] }) {
  const { t } = useTranslation();
  const states = rows.some(({ state }) => state !== undefined);
  return (
    <WideTable label={label}>
      <table className="jy-small-table jy-changed" aria-label={label}>
        <thead>
          <tr>
            <th scope="col">{t('change.machine')}</th>
            <th scope="col">vCPU</th>
            <th scope="col">{t('change.memory')}</th>
            <th scope="col">{t('change.diskGib')}</th>
            {states && <th scope="col">{t('change.progress')}</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, name, center, from, to, state }) => (
            <tr key={id}>
              <th scope="row">
                {name} {center && <CenterMark role={center.role} name={center.name} />}
              </th>
              {parts.map(({ key, of, text }) => (
                <td key={key} className="jy-number">
                  <Then from={from && of(from)} to={to && of(to)} text={text} />
                </td>
              ))}
              {states && <td>{state}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </WideTable>
  );
}

function Then({ from, to, text }: { from: number | null; to: number | null; text: (value: number) => string }) {
  const { t } = useTranslation();
  if (from === to) return <span className="jy-quiet-text">{from === null ? '–' : text(from)}</span>;
  return (
    <span className="jy-then" data-more={(to ?? 0) > (from ?? 0)}>
      <span className="jy-quiet-text">{from === null ? '–' : text(from)}</span>
      <ArrowRightOutlined aria-label={t('change.becomes')} />
      <span className="jy-strong">{to === null ? '–' : text(to)}</span>
    </span>
  );
}
