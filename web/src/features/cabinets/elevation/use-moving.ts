import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import {
  arranged,
  beside,
  faceOn,
  isMovable,
  type Moves,
  obstacles,
  type RackCabinet,
  type RackHolder,
  stepped,
  type Target,
  timesKnown,
} from './arrangement';
import { halfUnitOf, type Side } from './layout';

/** Something picked up and not yet put down. */
export type Lift<H extends RackHolder> = { holder: H; from: Target; target: Target; obstacles: readonly H[] };

type Held<H extends RackHolder> = Omit<Lift<H>, 'obstacles'>;

/** Where the focus goes once a thing was put down. */
export type Landing = { cabinetId: string; side: Side; unit: number; number: number };

export type Moving<H extends RackHolder> = {
  cabinets: readonly RackCabinet<H>[];
  lift: Lift<H> | null;
  landing: Landing | null;
  /** On their way to the server. */
  busy: boolean;
  pickUp: (holder: H, cabinetId: string) => void;
  up: (fine: boolean) => void;
  down: (fine: boolean) => void;
  aside: (step: 1 | -1) => void;
  toSide: (side: Side) => void;
  to: (target: Target) => void;
  drop: () => void;
  cancel: () => void;
  /** Without picking up: from the dialog. `startUnit` null = wherever it fits. */
  send: (holder: H, target: Omit<Target, 'startUnit'> & { startUnit: number | null }) => Promise<boolean>;
};

const without = (moves: Moves, id: string): Moves => new Map([...moves].filter(([other]) => other !== id));

/** Asks the server; true = it was done. Whatever was refused is said by the caller. */
export type SendMove<H extends RackHolder> = (
  holder: H,
  target: Omit<Target, 'startUnit'> & { startUnit: number | null },
) => Promise<boolean>;

/**
 * Moving by hand, in one cabinet or along a row. What is put down is shown there at once; when the server refuses, it is
 * back where it was, because only the server's answer is kept.
 */
export function useMoving<H extends RackHolder>(known: readonly RackCabinet<H>[], sendMove: SendMove<H>): Moving<H> {
  const [moves, setMoves] = useState<Moves>(new Map());
  const [held, showHeld] = useState<Held<H> | null>(null);
  // The truth between two drawings: a pointer may let go before its last step is on the screen.
  const inHand = useRef<Held<H> | null>(null);
  const setHeld = (next: Held<H> | null) => {
    inHand.current = next;
    showHeld(next);
  };
  const [landing, setLanding] = useState<Landing | null>(null);
  const landings = useRef(0);
  const [accepted, setAccepted] = useState<ReadonlySet<string>>(new Set());
  const cabinets = useMemo(() => arranged(known, moves), [known, moves]);
  // Accepted, and read again: from now on the answer alone says where it is.
  useEffect(() => {
    for (const id of accepted) {
      if (timesKnown(known, id) > 1) continue;
      setMoves((now) => without(now, id));
      setAccepted((now) => new Set([...now].filter((other) => other !== id)));
    }
  }, [known, accepted]);
  const cabinetOf = (id: string) => cabinets.find((cabinet) => cabinet.id === id);

  const land = (target: Target): void => {
    landings.current += 1;
    const side = target.face === 'REAR' ? 'REAR' : 'FRONT';
    setLanding({ cabinetId: target.cabinetId, side, unit: Math.floor(target.startUnit), number: landings.current });
  };
  const send = useCallback<Moving<H>['send']>(
    async (holder, target) => {
      const { startUnit } = target;
      if (startUnit !== null) setMoves((now) => new Map(now).set(holder.id, { ...target, startUnit }));
      const done = await sendMove(holder, target);
      if (done) setAccepted((now) => new Set(now).add(holder.id));
      else setMoves((now) => without(now, holder.id));
      return done;
    },
    [sendMove],
  );
  const change = (next: (lift: Held<H>) => Target) => {
    const lift = inHand.current;
    if (lift) setHeld({ ...lift, target: next(lift) });
  };

  return {
    cabinets,
    lift: held && { ...held, obstacles: obstacles(cabinets, held.holder, held.target) },
    landing,
    busy: moves.size > 0,
    pickUp: (holder, cabinetId) => {
      if (!isMovable(holder) || holder.startUnit === null || moves.has(holder.id)) return;
      const from = { cabinetId, startUnit: holder.startUnit, face: holder.face };
      setHeld({ holder, from, target: from });
    },
    up: (fine) =>
      change(({ holder, target }) => {
        const cabinet = cabinetOf(target.cabinetId);
        return cabinet ? stepped(cabinet, holder, target, 1, fine) : target;
      }),
    down: (fine) =>
      change(({ holder, target }) => {
        const cabinet = cabinetOf(target.cabinetId);
        return cabinet ? stepped(cabinet, holder, target, -1, fine) : target;
      }),
    aside: (step) =>
      change(({ holder, target }) => {
        const cabinet = cabinetOf(target.cabinetId);
        if (!cabinet) return target;
        const bottom = halfUnitOf(cabinet, target.startUnit, holder.heightUnits) / 2;
        return beside(cabinets, holder, target, bottom, step);
      }),
    toSide: (side) => change(({ holder, target }) => ({ ...target, face: faceOn(holder.face, side) })),
    to: (target) => change(() => target),
    drop: () => {
      const lift = inHand.current;
      if (!lift) return;
      setHeld(null);
      const { holder, from, target } = lift;
      land(target);
      const same =
        from.cabinetId === target.cabinetId && from.startUnit === target.startUnit && from.face === target.face;
      if (same) return;
      void send(holder, target).then((done) => {
        if (!done) land(from);
      });
    },
    cancel: () => {
      const lift = inHand.current;
      if (!lift) return;
      setHeld(null);
      land(lift.from);
    },
    send,
  };
}
