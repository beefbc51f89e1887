import type { ReactNode } from 'react';
import { Link } from 'react-router';

export type FinanceFigure = {
  label: string;
  value: ReactNode;
  /** What is said beside it, smaller. */
  note?: ReactNode;
  to: string;
  urgent?: boolean;
  bad?: boolean;
};

/** The figures that one looks at first; each opens the page that it comes from. */
export function FinanceFigures({ label, figures }: { label: string; figures: readonly FinanceFigure[] }) {
  return (
    <ul className="jy-figures jy-finance-figures" aria-label={label}>
      {figures.map((figure) => (
        <li
          key={figure.label}
          className="jy-figure"
          data-urgent={figure.urgent ?? false}
          data-bad={figure.bad ?? false}
        >
          <Link to={figure.to}>
            <span className="jy-figure-label">{figure.label}</span>
            <span className="jy-figure-value">{figure.value}</span>
            {figure.note && <span className="jy-finance-note">{figure.note}</span>}
          </Link>
        </li>
      ))}
    </ul>
  );
}
