type Props = {
  label: string;
  /** Twelve, January first. */
  values: readonly number[];
  /** What there is for it. */
  room: number;
  shortFrom: number | null;
  figure: (value: number) => string;
};

const WIDTH = 120;
const HEIGHT = 28;
const GAP = 2;
const LEAST = 1;

/** How demand grows over the year, with the line of what there is; months that do not fit are hatched and said. */
export function MonthBars({ label, values, room, shortFrom, figure }: Props) {
  const top = Math.max(room, ...values, 1);
  const step = WIDTH / values.length;
  const heightOf = (value: number) => (value > 0 ? Math.max(LEAST, (value / top) * HEIGHT) : 0);
  const said = values.map((value, at) => `${at + 1}: ${figure(value)}`).join(', ');
  return (
    <svg
      className="jy-month-bars"
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={`${label} ${said}`}
    >
      <title>{said}</title>
      {values.map((value, at) => (
        <rect
          // biome-ignore lint/suspicious/noArrayIndexKey: a month is its place.
          key={at}
          x={at * step}
          y={HEIGHT - heightOf(value)}
          width={step - GAP}
          height={heightOf(value)}
          data-short={shortFrom !== null && at + 1 >= shortFrom}
        />
      ))}
      {room <= top && (
        <line x1={0} x2={WIDTH} y1={HEIGHT - (room / top) * HEIGHT} y2={HEIGHT - (room / top) * HEIGHT} />
      )}
    </svg>
  );
}
