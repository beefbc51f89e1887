import { useEffect, useRef } from 'react';
import { useSearchParams } from 'react-router';
import { findField } from '../../../ui/forms/form-errors';

/** Filling in, then checking. The step stands in the address, so that the browser's own way back leads to the fields. */
export function useSteps(): { checking: boolean; check: () => void; edit: (field: string) => void } {
  const [params, setParams] = useSearchParams();
  const checking = params.get('step') === 'check';
  const wanted = useRef('');
  useEffect(() => {
    if (checking || !wanted.current) return;
    const control = findField(wanted.current);
    control?.focus();
    control?.scrollIntoView?.({ block: 'center' });
    wanted.current = '';
  }, [checking]);
  const to = (step: 'check' | null, replace: boolean) =>
    setParams(
      (now) => {
        const next = new URLSearchParams(now);
        if (step) next.set('step', step);
        else next.delete('step');
        return next;
      },
      { replace },
    );
  return {
    checking,
    check: () => to('check', false),
    edit: (field) => {
      wanted.current = field;
      if (checking) to(null, true);
    },
  };
}
