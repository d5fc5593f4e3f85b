import { useEffect, useState, type RefCallback } from "react";

/** The width of an element in whole pixels, followed as it changes, whenever it comes; 0 before it is known. */
export function useWidth<E extends Element>(): readonly [RefCallback<E>, number] {
  const [element, ref] = useState<E | null>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    if (!element) return undefined;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)));
    observer.observe(element);
    return () => observer.disconnect();
  }, [element]);
  return [ref, width];
}
