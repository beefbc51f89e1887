/** Decides which columns a FOCUS 1.2 file of this console has (with those of 1.3), of which type, and what each may hold. */

/** TEXT: ASCII only, as FOCUS's own validator reads it. WORDS: any language, in columns of our own. */
export type FocusType = 'TEXT' | 'WORDS' | 'DECIMAL' | 'TIME' | 'JSON';

export interface FocusColumn {
  readonly name: string;
  readonly type: FocusType;
  /** May be empty, whatever the row is. What a row must have by its kind, the rules say. */
  readonly nullable: boolean;
  readonly values?: readonly string[];
}

export const SERVICE_CATEGORIES = [
  'AI and Machine Learning',
  'Analytics',
  'Business Applications',
  'Compute',
  'Databases',
  'Developer Tools',
  'Multicloud',
  'Identity',
  'Integration',
  'Internet of Things',
  'Management and Governance',
  'Media',
  'Migration',
  'Mobile',
  'Networking',
  'Security',
  'Storage',
  'Web',
  'Other',
] as const;
export type ServiceCategory = (typeof SERVICE_CATEGORIES)[number];

/** Each belongs to one category. Only those that the console uses. */
export const SUBCATEGORIES: { readonly [subcategory: string]: ServiceCategory } = {
  'Virtual Machines': 'Compute',
  'Other (Compute)': 'Compute',
  'Block Storage': 'Storage',
  'Backup Storage': 'Storage',
  'Network Infrastructure': 'Networking',
  'Other (Other)': 'Other',
};

/** Of parts of a common cost: nobody meters it, and no machine of theirs is it. */
export const SHARED_SERVICE = 'Shared Costs';

export const CHARGE_CATEGORIES = ['Usage', 'Purchase', 'Tax', 'Credit', 'Adjustment'] as const;
export const CORRECTION = 'Correction';
/** Of the line that a row is of: as it was closed. */
export const ROW_STATES = ['RATED', 'DISPUTED', 'SUSPENDED'] as const;
export const ROW_CAUSES = ['LATE_FACT', 'PRICE', 'OWNER', 'DISPUTE', 'REVERSAL', 'REISSUE'] as const;
/** What is accounted is CNY; another currency is another file's. */
export const CURRENCY = 'CNY';

const text = (name: string, more: Partial<FocusColumn> = {}): FocusColumn => ({
  name,
  type: 'TEXT',
  nullable: false,
  ...more,
});
const or = (column: FocusColumn): FocusColumn => ({ ...column, nullable: true });
const decimal = (name: string): FocusColumn => ({ name, type: 'DECIMAL', nullable: false });
const time = (name: string): FocusColumn => ({ name, type: 'TIME', nullable: false });
const words = (name: string): FocusColumn => ({ name, type: 'WORDS', nullable: true });

/** Columns of FOCUS in the order of their names, as the specification lists them; our own come after. */
export const FOCUS_COLUMNS: readonly FocusColumn[] = [
  or(text('AllocatedMethodId')),
  or(text('AllocatedResourceId')),
  or(text('AllocatedResourceName')),
  { name: 'AllocatedTags', type: 'JSON', nullable: true },
  or(text('AvailabilityZone')),
  decimal('BilledCost'),
  text('BillingAccountId'),
  text('BillingAccountName'),
  text('BillingAccountType', { values: ['Province', 'City'] }),
  text('BillingCurrency', { values: [CURRENCY] }),
  time('BillingPeriodEnd'),
  time('BillingPeriodStart'),
  text('ChargeCategory', { values: CHARGE_CATEGORIES }),
  or(text('ChargeClass', { values: [CORRECTION] })),
  text('ChargeDescription'),
  text('ChargeFrequency', { values: ['One-Time', 'Recurring', 'Usage-Based'] }),
  time('ChargePeriodEnd'),
  time('ChargePeriodStart'),
  // Nobody commits to anything here: always empty. FOCUS's own validator asks for it wherever it judges a quantity.
  or(text('CommitmentDiscountStatus', { values: [] })),
  or(decimal('ConsumedQuantity')),
  or(text('ConsumedUnit')),
  { name: 'ContractApplied', type: 'JSON', nullable: true },
  decimal('ContractedCost'),
  or(decimal('ContractedUnitPrice')),
  decimal('EffectiveCost'),
  text('HostProviderName'),
  text('InvoiceId'),
  text('InvoiceIssuerName'),
  decimal('ListCost'),
  or(decimal('ListUnitPrice')),
  or(text('PricingCategory', { values: ['Standard', 'Dynamic', 'Committed', 'Other'] })),
  or(decimal('PricingQuantity')),
  or(text('PricingUnit')),
  text('ProviderName'),
  text('PublisherName'),
  or(text('RegionId')),
  or(text('RegionName')),
  text('ResourceId'),
  text('ResourceName'),
  text('ResourceType'),
  text('ServiceCategory', { values: SERVICE_CATEGORIES }),
  text('ServiceName'),
  text('ServiceProviderName'),
  text('ServiceSubcategory', { values: Object.keys(SUBCATEGORIES) }),
  text('SkuId'),
  text('SkuMeter'),
  { name: 'SkuPriceDetails', type: 'JSON', nullable: true },
  or(text('SkuPriceId')),
  text('SubAccountId'),
  text('SubAccountName'),
  text('SubAccountType', { values: ['Department'] }),
  { name: 'Tags', type: 'JSON', nullable: false },
  text('x_LineId'),
  text('x_LineState', { values: ROW_STATES }),
  or(text('x_CorrectionCause', { values: ROW_CAUSES })),
  or(decimal('x_MeterQuantity')),
  text('x_DrShare', { values: ['MAIN', 'MAIN_A', 'MAIN_B', 'RECOVERY'] }),
  or(text('x_BudgetYear')),
  or(text('x_BudgetCode')),
  or(text('x_FunctionClass')),
  or(text('x_EconomicClass')),
  or(text('x_FundNature')),
  or(text('x_BudgetLevel')),
  words('x_BillingAccountName'),
  words('x_DepartmentName'),
  words('x_SystemName'),
  words('x_ProjectName'),
  words('x_ResourceName'),
  words('x_CenterName'),
  words('x_MeterName'),
];

export type FocusRow = { readonly [column: string]: string };

export const COLUMN_NAMES: readonly string[] = FOCUS_COLUMNS.map(({ name }) => name);

/** Of all figures of a row: so many places of quantities, beyond which a part of a period is cut. */
export const QUANTITY_PLACES = 12;
