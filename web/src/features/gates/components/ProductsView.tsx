import { useTranslation } from 'react-i18next';
import { Panel } from '../../../ui/Panel';
import type { Edition, Product } from '../gate-words';

const parts = ['CPU', 'OS', 'DATABASE'] as const;

/** 产品目录: by which words statements and offers are compared, and what counts as domestic. */
export function ProductsView({ edition: { products } }: { edition: Edition }) {
  const { t } = useTranslation();
  if (products.length === 0) return null;
  const row = (product: Product) => (
    <tr key={product.key}>
      <th scope="row">
        {product.name} <span className="jy-quiet-text jy-code">{product.key}</span>
      </th>
      <td>{t(`gates.part.${product.part}`)}</td>
      <td>{t(product.domestic === null ? 'gates.notSaid' : product.domestic ? 'gates.domestic' : 'gates.foreign')}</td>
      <td>{product.statedAs.join(t('common.comma'))}</td>
      <td>{product.offeredAs.join(t('common.comma'))}</td>
      <td>{product.architectures.join(t('common.comma')) || '–'}</td>
    </tr>
  );
  return (
    <Panel title={t('gates.products')} aside={<span className="jy-quiet-text">{t('gates.productsText')}</span>}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard. */}
      <section className="jy-scroll-x" tabIndex={0} aria-label={t('gates.products')}>
        <table className="jy-small-table">
          <thead>
            <tr>
              <th scope="col">{t('gates.product')}</th>
              <th scope="col">{t('gates.partTitle')}</th>
              <th scope="col">{t('gates.domesticTitle')}</th>
              <th scope="col">{t('gates.statedAs')}</th>
              <th scope="col">{t('gates.offeredAs')}</th>
              <th scope="col">{t('gates.architectures')}</th>
            </tr>
          </thead>
          <tbody>{parts.flatMap((part) => products.filter((product) => product.part === part).map(row))}</tbody>
        </table>
      </section>
    </Panel>
  );
}
