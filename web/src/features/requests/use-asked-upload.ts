import { useEffect, useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import { PUT } from '../../ui/gates/remedy';

/**
 * Whether the scan of one paper is being sent: pressed here, or asked for by the address that a refusal or a list of
 * papers leads to, which also brings the paper into view.
 */
export function useAskedUpload(put: string, mayUpload: boolean) {
  const [params, setParams] = useSearchParams();
  const [pressed, setPressed] = useState(false);
  const asked = params.get(PUT) === put;
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (asked) place.current?.scrollIntoView({ block: 'center' });
  }, [asked]);
  const close = () => {
    setPressed(false);
    if (asked) setParams((now) => without(now, PUT), { replace: true });
  };
  return { place, uploads: pressed || (asked && mayUpload), press: () => setPressed(true), close };
}

function without(params: URLSearchParams, key: string): URLSearchParams {
  const next = new URLSearchParams(params);
  next.delete(key);
  return next;
}
