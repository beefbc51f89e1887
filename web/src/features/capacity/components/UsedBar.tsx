const PERCENT = 100;
/** From here on little is left, whatever the pace. */
const HIGH_PERCENT = 90;

/** Which part of a total is taken: a bar and its figure. */
export function UsedBar({ taken, total }: { taken: number; total: number }) {
  const used = total > 0 ? Math.round((taken / total) * PERCENT) : 0;
  return (
    <span className="jy-used">
      <span className="jy-used-track" aria-hidden="true">
        <span
          className="jy-used-part"
          data-high={used >= HIGH_PERCENT}
          style={{ width: `${Math.min(used, PERCENT)}%` }}
        />
      </span>
      <span className="jy-number">{used}%</span>
    </span>
  );
}
