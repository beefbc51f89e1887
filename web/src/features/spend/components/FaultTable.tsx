import { useTranslation } from 'react-i18next';
import type { ResultOf } from '../../../graphql/tada';
import { count } from '../../../lib/quantity';
import { exactTime } from '../../../lib/time';
import { WideTable } from '../../../ui/WideTable';
import type { FaultParts } from '../deductions.gql';

/** On what a deduction rests: each outage with what of it counts, its work order and why the rest does not. */
export function FaultTable({ faults, label }: { faults: readonly ResultOf<typeof FaultParts>[]; label: string }) {
  const { t } = useTranslation();
  return (
    <WideTable label={label}>
      <table className="jy-small-table jy-spend-faults">
        <thead>
          <tr>
            <th scope="col">{t('outage.title')}</th>
            <th scope="col">{t('outage.from')}</th>
            <th scope="col">{t('outage.to')}</th>
            <th scope="col" className="jy-cell-number">
              {t('deduction.minutes')}
            </th>
            <th scope="col" className="jy-cell-number">
              {t('deduction.counted')}
            </th>
            <th scope="col">{t('outage.orderCode')}</th>
            <th scope="col">{t('deduction.why')}</th>
          </tr>
        </thead>
        <tbody>
          {faults.map((fault) => (
            <tr key={fault.outageId}>
              <th scope="row">
                {fault.title}
                <div className="jy-code jy-quiet-text">{fault.code}</div>
              </th>
              <td className="jy-number">{exactTime(fault.from)}</td>
              <td className="jy-number">{fault.to ? exactTime(fault.to) : t('outage.lasts')}</td>
              <td className="jy-cell-number">{count(fault.minutes)}</td>
              <td className="jy-cell-number">{count(fault.countedMinutes)}</td>
              <td>{fault.orderCode ? <span className="jy-code">{fault.orderCode}</span> : '–'}</td>
              <td>
                {fault.leftOut
                  ? t('deduction.leftOutBecause', { reason: fault.leftOut })
                  : (fault.excuse ??
                    (fault.countedMinutes < fault.minutes
                      ? t('deduction.maintenance', { window: fault.windowCode ?? '' })
                      : '–'))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </WideTable>
  );
}
