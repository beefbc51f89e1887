import { CheckCircleOutlined, CloseCircleOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { FundingMode } from '../../../graphql/enums';
import { Money } from '../../../ui/Money';

type ItemFit = {
  fundingMode: FundingMode;
  budgetName: string | null;
  year: number | null;
  asked: string;
  used: string | null;
  available: string | null;
  fits: boolean;
};
type Fit = ItemFit & { beyond: ItemFit | null };

/**
 * Who pays, and of the item that pays: what it has used, what this takes to the year's end, what is left. Where finance pays and has
 * named no item, that nothing is taken; where it has, not how much it has left. What goes beyond the quotas is the department's, in a
 * row of its own.
 */
export function BudgetFitLine({ budget }: { budget: Fit }) {
  const { t } = useTranslation();
  const { fundingMode, budgetName } = budget;
  const isCentral = fundingMode !== 'OWN_PAYS';
  return (
    <>
      {isCentral && (
        <p className="jy-budget-fit jy-quiet-text">
          {t(fundingMode === 'CENTRAL' ? 'budgetFit.central' : 'budgetFit.withinQuota')}
        </p>
      )}
      {(!isCentral || budgetName !== null) && (
        <ul className="jy-checks jy-budget-fit">
          <ItemLine fit={budget} />
        </ul>
      )}
      {budget.beyond && (
        <>
          <p className="jy-budget-fit jy-quiet-text">{t('budgetFit.beyondQuota')}</p>
          <ul className="jy-checks jy-budget-fit">
            <ItemLine fit={{ ...budget.beyond, fundingMode: 'OWN_PAYS' }} />
          </ul>
        </>
      )}
    </>
  );
}

function ItemLine({ fit }: { fit: ItemFit }) {
  const { t } = useTranslation();
  const { fundingMode, budgetName, year, asked, used, available, fits } = fit;
  const Icon = fits ? CheckCircleOutlined : CloseCircleOutlined;
  const left = available === null ? null : (BigInt(available) - BigInt(asked)).toString();
  return (
    <li data-passed={fits}>
      <Icon aria-hidden />
      <span>
        <span className="jy-sr-only">{t(fits ? 'preview.passed' : 'preview.failed')}</span>
        <span className="jy-strong">{budgetName ?? t('budgetFit.none')}</span>
        {budgetName && used === null && (
          <>
            {' '}
            {t(fundingMode === 'OWN_PAYS' ? 'budgetFit.hidden' : 'budgetFit.ofFinance', {
              fits: t(fits ? 'budgetFit.enough' : 'budgetFit.short'),
            })}
          </>
        )}
        <span className="jy-budget-figures">
          {used !== null && (
            <span>
              {t('budgetFit.used')} <Money fen={used} />
            </span>
          )}
          <span>
            {t('budgetFit.asked')} <Money fen={asked} />{' '}
            {year !== null && <span className="jy-quiet-text">{t('budgetFit.until', { year })}</span>}
          </span>
          {left !== null && (
            <span>
              {t('budgetFit.left')} <Money fen={left} />
            </span>
          )}
        </span>
      </span>
    </li>
  );
}
