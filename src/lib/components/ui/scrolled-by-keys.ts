// An attachment for a box that scrolls sideways.

/** One that is wider than its place can be scrolled by keys; any other is no stop on the way. */
export function scrolledByKeys(wide: HTMLElement): () => void {
  const look = () => (wide.scrollWidth > wide.clientWidth ? (wide.tabIndex = 0) : wide.removeAttribute('tabindex'));
  const watching = new ResizeObserver(look);
  watching.observe(wide);
  return () => watching.disconnect();
}
