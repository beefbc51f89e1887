import { useTranslation } from 'react-i18next';
import { type FragmentOf, readFragment } from '../../../graphql/tada';
import { Facts } from '../../../ui/Facts';
import { Money } from '../../../ui/Money';
import { BudgetFiguresParts } from '../budgets.gql';

/** The four figures of a budget, or of many together. */
export function FiguresLine({ figures: masked }: { figures: FragmentOf<typeof BudgetFiguresParts> }) {
  const { t } = useTranslation();
  const { amount, reserved, spent, available } = readFragment(BudgetFiguresParts, masked);
  return (
    <Facts
      facts={[
        { label: t('budget.amount'), value: <Money fen={amount} compact /> },
        { label: t('budget.reserved'), value: <Money fen={reserved} compact /> },
        { label: t('budget.spent'), value: <Money fen={spent} compact /> },
        { label: t('budget.available'), value: <Money fen={available} compact /> },
      ]}
    />
  );
}

type Figures = FragmentOf<typeof BudgetFiguresParts>;

/** The same over all departments of a year, as one line under the title; what cities keep stands on a line of its own. */
export function TotalsLine({ year, figures, cities }: { year: number; figures: Figures; cities: Figures | null }) {
  const { t } = useTranslation();
  if (!cities) return <FiguresText title={t('budget.totals', { year })} figures={figures} />;
  return (
    <>
      <FiguresText title={t('budget.totalsOfProvince', { year })} figures={figures} />
      <br />
      <FiguresText title={t('budget.totalsOfCities')} figures={cities} />
    </>
  );
}

function FiguresText({ title, figures: masked }: { title: string; figures: Figures }) {
  const { t } = useTranslation();
  const { amount, reserved, spent, available } = readFragment(BudgetFiguresParts, masked);
  return (
    <>
      {title} {t('budget.amount')} <Money fen={amount} compact /> · {t('budget.reserved')}{' '}
      <Money fen={reserved} compact /> · {t('budget.spent')} <Money fen={spent} compact /> · {t('budget.available')}{' '}
      <Money fen={available} compact />
    </>
  );
}
