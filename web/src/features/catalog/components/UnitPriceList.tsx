import { useTranslation } from 'react-i18next';
import { type FragmentOf, readFragment } from '../../../graphql/tada';
import { Money } from '../../../ui/Money';
import { Panel } from '../../../ui/Panel';
import { UnitPrices } from '../catalog.gql';

export function UnitPriceList({ catalog: masked }: { catalog: FragmentOf<typeof UnitPrices> }) {
  const { t } = useTranslation();
  const { unitPrices } = readFragment(UnitPrices, masked);
  if (unitPrices.length === 0) return null;
  return (
    <Panel title={t('catalog.unitPrices')}>
      {unitPrices.some((price) => price.synthetic) && <p className="jy-quiet-text">{t('catalog.synthetic')}</p>}
      <table className="jy-small-table">
        <thead>
          <tr>
            <th scope="col">{t('catalog.meter')}</th>
            <th scope="col">{t('catalog.unit')}</th>
            <th scope="col" className="jy-cell-number">
              {t('catalog.monthlyPrice')}
            </th>
          </tr>
        </thead>
        <tbody>
          {unitPrices.map((price) => (
            <tr key={`${price.meter} ${price.unit}`}>
              <th scope="row">{price.meter}</th>
              <td>{price.unit}</td>
              <td className="jy-cell-number">
                <Money fen={price.monthlyPrice} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}
