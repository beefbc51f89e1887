import { useEffect, useId, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { readFragment } from '../../graphql/tada';
import { CenterBox } from './CenterBox';
import { CenterTable } from './CenterTable';
import type { CenterFragment } from './capacity';
import { type Group, type Link, layOut } from './layout';
import { ThreeCentersCenter } from './three-centers.gql';

/** Above the line, and below it: between two boxes there is little room. */
export type LinkWord = readonly [above: string, below: string];

type Props = {
  centers: readonly CenterFragment[];
  /** What a request puts or wants to put into a center, a line each, by the center's id. */
  planned?: ReadonlyMap<string, readonly string[]>;
  /** Only the plan, where there is little room: boxes without the centers' figures. */
  compact?: boolean;
  /** Links that the plan goes by; the others stand back. Left out: all are the centers' own. */
  linked?: { sameCity: boolean; remote: boolean };
  /** What is said of the links, in place of what they are for. */
  linkWords?: { sameCity?: LinkWord | undefined; remote?: LinkWord | undefined };
  selectedId?: string | null;
  onSelect?: (id: string | null) => void;
};

/** Of a box: its head, the bars of what is free, and each line of a plan. */
const HEIGHT = { head: 60, bars: 108, line: 20, foot: 12 };
/** Before the first measurement, and where nothing measures (tests). */
const WIDTH_AT_FIRST = 1040;
/** A4 upright, within its margins and those of a panel. */
const WIDTH_OF_PAPER = 660;

/**
 * 两地三中心: the console's signature. The same boxes, colours and links on home, in a request's plan and in resilience. Works with
 * one center, two, three or more; a table says the same to those who do not see it.
 */
export function ThreeCenters({
  centers: masked,
  planned,
  compact = false,
  linked,
  linkWords,
  selectedId,
  onSelect,
}: Props) {
  const { t } = useTranslation();
  const centers = readFragment(ThreeCentersCenter, masked);
  const frame = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(WIDTH_AT_FIRST);
  const hatch = useId();
  useEffect(() => {
    const element = frame.current;
    if (!element || typeof ResizeObserver === 'undefined') return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry && entry.contentRect.width > 0) setWidth(Math.floor(entry.contentRect.width));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    // Paper is narrower than a screen: laid out for it, its words are as large as those around it.
    const print = () => flushSync(() => setWidth(WIDTH_OF_PAPER));
    const shown = () => frame.current && setWidth(Math.floor(frame.current.getBoundingClientRect().width));
    window.addEventListener('beforeprint', print);
    window.addEventListener('afterprint', shown);
    return () => {
      window.removeEventListener('beforeprint', print);
      window.removeEventListener('afterprint', shown);
    };
  }, []);
  if (centers.length === 0) return <p className="jy-quiet-text">{t('center.none')}</p>;
  // Every box is as high as the fullest one.
  const lines = planned ? Math.max(1, ...[...planned.values()].map((words) => words.length)) : 0;
  const height = HEIGHT.head + (compact ? 0 : HEIGHT.bars) + (lines > 0 ? lines * HEIGHT.line + HEIGHT.foot : 0);
  const picture = layOut(centers, width, height, compact);

  return (
    <div ref={frame} className="jy-centers">
      {/* biome-ignore lint/a11y/useSemanticElements: an SVG has no fieldset; the group names the picture. */}
      <svg
        role="group"
        aria-label={t('center.picture')}
        width={picture.width}
        height={picture.height}
        viewBox={`0 0 ${picture.width} ${picture.height}`}
      >
        <defs>
          <pattern id={hatch} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width="6" height="6" className="jy-hatch-ground" />
            <rect width="3" height="6" className="jy-hatch-stripe" />
          </pattern>
          <marker
            id={`${hatch}-arrow`}
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="8"
            markerHeight="8"
            orient="auto-start-reverse"
          >
            <path d="M1 1 L7 4 L1 7" className="jy-link-head" />
          </marker>
        </defs>
        {picture.groups.map((group) => (
          <GroupFrame key={group.kind} group={group} />
        ))}
        {picture.links.map((link) => (
          <LinkLine
            key={`${link.x1},${link.y1},${link.x2},${link.y2}`}
            link={link}
            arrow={`url(#${hatch}-arrow)`}
            said={linkWords?.[link.kind === 'remote' ? 'remote' : 'sameCity']}
            idle={linked && !linked[link.kind === 'remote' ? 'remote' : 'sameCity']}
          />
        ))}
        {picture.groups.flatMap((group) =>
          group.centers.map((placed) => (
            <CenterBox
              key={placed.center.id}
              placed={placed}
              hatch={`url(#${hatch})`}
              planned={planned ? (planned.get(placed.center.id) ?? []) : null}
              compact={compact}
              selected={selectedId === placed.center.id}
              onSelect={onSelect && (() => onSelect(selectedId === placed.center.id ? null : placed.center.id))}
            />
          )),
        )}
      </svg>
      <CenterTable centers={picture.groups.flatMap((group) => group.centers)} planned={planned} />
    </div>
  );
}

function GroupFrame<C>({ group }: { group: Group<C> }) {
  const { t } = useTranslation();
  const { x, y, width, height } = group.frame;
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a drawing without anything to focus.
    <g aria-hidden="true">
      <rect className="jy-city" x={x + 0.5} y={y + 0.5} width={width - 1} height={height - 1} rx="6" />
      <text className="jy-city-name" x={x + 16} y={y + 21}>
        {t(group.kind === 'remote' ? 'center.remoteCity' : 'center.sameCity')}
      </text>
    </g>
  );
}

type LinkProps = { link: Link; arrow: string; said?: LinkWord | undefined; idle?: boolean | undefined };

function LinkLine({ link, arrow, said, idle = false }: LinkProps) {
  const { t } = useTranslation();
  const upright = link.x1 === link.x2;
  const [above, below] = said ?? [t(link.kind === 'remote' ? 'center.remoteLink' : 'center.sameCityLink'), null];
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a drawing without anything to focus.
    <g aria-hidden="true" className={`jy-link jy-link-${link.kind}`} data-idle={idle}>
      <line
        x1={link.x1}
        y1={link.y1}
        x2={link.x2}
        y2={link.y2}
        markerEnd={arrow}
        markerStart={link.kind === 'same-city' ? arrow : undefined}
      />
      <text
        x={(link.x1 + link.x2) / 2 + (upright ? 10 : 0)}
        y={(link.y1 + link.y2) / 2 + (upright ? (below === null ? 4 : -4) : -8)}
        textAnchor={upright ? 'start' : 'middle'}
      >
        {above}
      </text>
      {below !== null && (
        <text
          x={(link.x1 + link.x2) / 2 + (upright ? 10 : 0)}
          y={(link.y1 + link.y2) / 2 + (upright ? 12 : 18)}
          textAnchor={upright ? 'start' : 'middle'}
        >
          {below}
        </text>
      )}
    </g>
  );
}
