import { useTranslation } from 'react-i18next';
import { type FragmentOf, readFragment } from '../../../graphql/tada';
import { count, decimal, gibOfMib } from '../../../lib/quantity';
import { Money } from '../../../ui/Money';
import { Panel } from '../../../ui/Panel';
import { CenterMark } from '../../../ui/three-centers/CenterMark';
import { WideTable } from '../../../ui/WideTable';
import { DrDebtTotals } from '../drdebts.gql';

const some = (value: number, text = count(value)) => (value > 0 ? text : '–');

const cardsText = (classes: readonly { name: string; count: number }[]) =>
  classes.length > 0 ? classes.map((one) => `${one.name} × ${count(one.count)}`).join(' · ') : '–';

/** What the whole list asks of each center, so that whoever builds it knows how much will come. */
export function TotalsPanel({ totals: masked }: { totals: readonly FragmentOf<typeof DrDebtTotals>[] }) {
  const { t } = useTranslation();
  const totals = readFragment(DrDebtTotals, masked);
  if (totals.length === 0) return null;
  // Few centers are asked for any: where none is, there is no column.
  const cards = totals.some(({ accelerators }) => accelerators.length > 0);
  return (
    <Panel title={t('drDebt.totals')}>
      <WideTable label={t('drDebt.totals')}>
        <table className="jy-small-table jy-whole-words">
          <thead>
            <tr>
              <th scope="col">{t('drDebt.center')}</th>
              <th scope="col">{t('drDebt.opening')}</th>
              <th scope="col" className="jy-cell-number">
                {t('drDebt.debts')}
              </th>
              <th scope="col" className="jy-cell-number">
                vCPU
              </th>
              <th scope="col" className="jy-cell-number">
                {t('drDebt.memoryGib')}
              </th>
              <th scope="col" className="jy-cell-number">
                {t('drDebt.storageGib')}
              </th>
              {cards && (
                <th scope="col" className="jy-cell-number">
                  {t('drDebt.accelerators')}
                </th>
              )}
              <th scope="col" className="jy-cell-number">
                {t('lineKind.SERVER')}
              </th>
              <th scope="col" className="jy-cell-number">
                U
              </th>
              <th scope="col" className="jy-cell-number">
                W
              </th>
              <th scope="col" className="jy-cell-number">
                {t('drDebt.monthlyCost')}
              </th>
            </tr>
          </thead>
          <tbody>
            {totals.map((total) => (
              <tr key={total.role}>
                <th scope="row">
                  {total.center ? (
                    <CenterMark role={total.center.role} name={total.center.name} />
                  ) : (
                    t(`drDebt.noCenter.${total.role}`)
                  )}
                </th>
                <td>
                  {total.center
                    ? (total.center.opensOn ?? t(`center.life.${total.center.life}`))
                    : t('drDebt.openingUnknown')}
                </td>
                <td className="jy-cell-number">{count(total.debts)}</td>
                <td className="jy-cell-number">{some(total.vcpu)}</td>
                <td className="jy-cell-number">{some(total.memoryMib, gibOfMib(total.memoryMib))}</td>
                <td className="jy-cell-number">{some(total.storageGib)}</td>
                {cards && <td className="jy-cell-number">{cardsText(total.accelerators)}</td>}
                <td className="jy-cell-number">{some(total.servers)}</td>
                <td className="jy-cell-number">{some(total.rackUnits, decimal(total.rackUnits))}</td>
                <td className="jy-cell-number">{some(total.powerW)}</td>
                <td className="jy-cell-number">
                  <Money fen={total.monthlyCost} />
                  {total.withoutPrice > 0 && (
                    <div className="jy-quiet-text">
                      {t('drDebt.withoutPrice', { total: count(total.withoutPrice) })}
                    </div>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </WideTable>
    </Panel>
  );
}
