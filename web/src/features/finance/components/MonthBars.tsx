import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type FragmentOf, readFragment } from '../../../graphql/tada';
import { yuanOfFen } from '../../../lib/money';
import { routes } from '../../../lib/routes';
import { Panel } from '../../../ui/Panel';
import { CostMonthsParts } from '../finance.gql';

const BOX = { width: 640, height: 120, gap: 0.28 };

type Props = { overview: FragmentOf<typeof CostMonthsParts>; department: string | null };

/** Twelve months as bars; the page that the link opens says each to the fen. What is still drafted is hollow. */
export function MonthBars({ overview, department }: Props) {
  const { t } = useTranslation();
  const { month, monthToDate, months } = readFragment(CostMonthsParts, overview);
  const amounts = months.map(({ amount }) => Number(amount));
  const high = Math.max(0, ...amounts);
  const low = Math.min(0, ...amounts);
  const range = high - low || 1;
  const step = BOX.width / Math.max(1, months.length);
  const y = (amount: number) => ((high - amount) / range) * BOX.height;
  const [first] = months;
  return (
    <Panel
      title={t('finance.months')}
      aside={
        <>
          <span className="jy-quiet-text">{t('finance.draftLegend')}</span>
          <Link to={routes.costs({ from: first?.month ?? month, to: month, department })}>
            {t('finance.openCosts')}
          </Link>
        </>
      }
    >
      <figure className="jy-cost-bars">
        <svg
          role="img"
          aria-label={t('finance.monthsLabel', { amount: yuanOfFen(monthToDate) })}
          viewBox={`0 0 ${BOX.width} ${BOX.height}`}
          preserveAspectRatio="none"
        >
          <line className="jy-cost-axis" x1={0} x2={BOX.width} y1={y(0)} y2={y(0)} />
          {months.map((each, at) => {
            const amount = amounts[at] ?? 0;
            return (
              <rect
                key={each.month}
                className="jy-cost-bar"
                data-drafted={each.drafted}
                x={at * step + (step * BOX.gap) / 2}
                width={step * (1 - BOX.gap)}
                y={Math.min(y(amount), y(0))}
                height={Math.max(Math.abs(y(amount) - y(0)), amount === 0 ? 0 : 1)}
              >
                <title>{`${each.month} ${yuanOfFen(each.amount)}`}</title>
              </rect>
            );
          })}
        </svg>
        <figcaption className="jy-finance-months">
          {months.map((each) => (
            <span key={each.month}>{each.month.slice(2)}</span>
          ))}
        </figcaption>
      </figure>
    </Panel>
  );
}
