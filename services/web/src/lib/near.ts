// SPDX-License-Identifier: Apache-2.0
// What is in sight comes first, and what is not comes when there is time.
import { type RefObject, startTransition, useEffect, useLayoutEffect, useState } from 'react';

function isNear(element: HTMLElement, marginPx: number): boolean {
  const { top, bottom } = element.getBoundingClientRect();
  return bottom > -marginPx && top < window.innerHeight + marginPx;
}

/** Whether the element is in sight, or no farther from it than the margin; known before the first paint. */
export function useNear(place: RefObject<HTMLElement | null>, marginPx = 0): boolean {
  const [near, setNear] = useState(false);
  useLayoutEffect(() => {
    const element = place.current;
    if (!element) return;
    setNear(isNear(element, marginPx));
    const seen = new IntersectionObserver(
      (entries) => setNear(entries.at(-1)?.isIntersecting === true),
      { rootMargin: `${marginPx}px` },
    );
    seen.observe(element);
    return () => seen.disconnect();
  }, [place, marginPx]);
  return near;
}

/** The value at once where it is urgent; else the one before it (at first: none) until more urgent work is done. */
export function useLate<T>(value: T, urgent: boolean): T | undefined {
  const [late, setLate] = useState<{ value: T }>();
  useEffect(() => startTransition(() => setLate({ value })), [value]);
  return urgent ? value : late?.value;
}
