import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ServerArchitecture } from '../../../graphql/enums';
import { Field } from '../../../ui/forms/Field';
import type { FormError } from '../../../ui/forms/form-errors';
import { Panel } from '../../../ui/Panel';
import type { Product } from '../gate-words';

const NAME_LONGEST = 80;
const KEY_LONGEST = 40;
const parts = ['CPU', 'OS', 'DATABASE'] as const;
const architectures: readonly ServerArchitecture[] = ['AMD64', 'ARM64', 'LOONGARCH64'];
const standings = [
  ['yes', 'gates.domestic', true],
  ['no', 'gates.foreign', false],
  ['unsaid', 'gates.notSaid', null],
] as const;

type Props = {
  products: readonly Product[];
  errors: readonly FormError[];
  onChange: (next: readonly Product[]) => void;
};

/** The directory as its keeper changes it: one product folds out at a time. */
export function ProductFields({ products, errors, onChange }: Props) {
  const { t } = useTranslation();
  const put = (at: number, patch: Partial<Product>) =>
    onChange(products.map((one, index) => (index === at ? { ...one, ...patch } : one)));
  return (
    <Panel title={t('gates.products')} aside={<span className="jy-quiet-text">{t('gates.productsText')}</span>}>
      {products.map((product, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a product is its place in the order; its key is being written.
        <details key={at} className="jy-gate-edit" open={product.name === ''}>
          <summary>
            {product.name || t('gates.newProduct')}{' '}
            <span className="jy-quiet-text">{t(`gates.part.${product.part}`)}</span>
          </summary>
          <OneProduct path={`products.${at}`} product={product} errors={errors} onChange={(patch) => put(at, patch)} />
          <Button
            icon={<DeleteOutlined aria-hidden />}
            aria-label={`${t('gates.remove')} ${product.name}`}
            onClick={() => onChange(products.filter((_, index) => index !== at))}
          >
            {t('gates.remove')}
          </Button>
        </details>
      ))}
      <Button
        icon={<PlusOutlined aria-hidden />}
        onClick={() => onChange([...products, newProduct(products.length + 1)])}
      >
        {t('gates.addProduct')}
      </Button>
    </Panel>
  );
}

type OneProps = {
  path: string;
  product: Product;
  errors: readonly FormError[];
  onChange: (patch: Partial<Product>) => void;
};

function OneProduct({ path, product, errors, onChange }: OneProps) {
  const { t } = useTranslation();
  const words = (field: 'statedAs' | 'offeredAs') => (
    <Field field={`${path}.${field}`} label={t(`gates.${field}`)} hint={t(`gates.${field}Hint`)} errors={errors}>
      {(control) => (
        <Select
          {...control}
          mode="tags"
          className="jy-full"
          open={false}
          suffixIcon={null}
          tokenSeparators={[',', '，', '、']}
          value={product[field]}
          onChange={(value: string[]) => onChange({ [field]: value })}
        />
      )}
    </Field>
  );
  return (
    <>
      <div className="jy-fields-row">
        <Field field={`${path}.name`} label={t('gates.product')} errors={errors}>
          {(control) => (
            <Input
              {...control}
              maxLength={NAME_LONGEST}
              value={product.name}
              onChange={(event) => onChange({ name: event.target.value })}
            />
          )}
        </Field>
        <Field field={`${path}.key`} label={t('gates.ruleKey')} errors={errors}>
          {(control) => (
            <Input
              {...control}
              maxLength={KEY_LONGEST}
              value={product.key}
              onChange={(event) => onChange({ key: event.target.value })}
            />
          )}
        </Field>
        <Field field={`${path}.part`} label={t('gates.partTitle')} errors={errors}>
          {(control) => (
            <Select
              {...control}
              className="jy-full"
              value={product.part}
              onChange={(part) => onChange({ part, architectures: part === 'CPU' ? product.architectures : [] })}
              options={parts.map((value) => ({ value, label: t(`gates.part.${value}`) }))}
            />
          )}
        </Field>
        <Field field={`${path}.domestic`} label={t('gates.domesticTitle')} errors={errors}>
          {(control) => (
            <Select
              {...control}
              className="jy-full"
              value={standings.find(([, , domestic]) => domestic === product.domestic)?.[0]}
              onChange={(chosen) => onChange({ domestic: standings.find(([value]) => value === chosen)?.[2] ?? null })}
              options={standings.map(([value, label]) => ({ value, label: t(label) }))}
            />
          )}
        </Field>
      </div>
      <div className="jy-fields-row">
        {words('statedAs')}
        {words('offeredAs')}
        {product.part === 'CPU' && (
          <Field field={`${path}.architectures`} label={t('gates.architectures')} errors={errors}>
            {(control) => (
              <Select
                {...control}
                mode="multiple"
                className="jy-full"
                value={product.architectures}
                onChange={(value: ServerArchitecture[]) => onChange({ architectures: value })}
                options={architectures.map((value) => ({ value, label: value }))}
              />
            )}
          </Field>
        )}
      </div>
    </>
  );
}

function newProduct(number: number): Product {
  return {
    key: `product-${number}`,
    part: 'OS',
    name: '',
    statedAs: [],
    offeredAs: [],
    architectures: [],
    domestic: null,
  };
}
