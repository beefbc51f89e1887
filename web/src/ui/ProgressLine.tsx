/** Progress while it is known; without a number a bar would lie, so nothing is drawn. */
export function ProgressLine({ percent, label }: { percent: number | null; label: string }) {
  if (percent === null) return null;
  const value = Math.max(0, Math.min(100, percent));
  return (
    <div
      className="jy-progress"
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={value}
    >
      <div style={{ width: `${value}%` }} />
    </div>
  );
}
