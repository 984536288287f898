// What a room shows beside what is going on now, `?show=agenda` and its like. Links, so that it works without scripts and the phone's back
// button closes what was opened; with scripts they never leave the page, so that panels open without a network too. Used by every room.
import { pushState } from '$app/navigation';
import { page } from '$app/state';

/** To be read where changes are watched. */
export const shownNow = (): string | null =>
  page.state.show === undefined ? page.url.searchParams.get('show') : page.state.show;

export const showHere = (show: string | null): void => pushState(show === null ? '?' : `?show=${show}`, { show });

function openHere(event: MouseEvent): void {
  const link = (event.target as Element).closest('a[href^="?"]');
  if (!link || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  showHere(new URLSearchParams(link.getAttribute('href') ?? '').get('show'));
}

/** `{@attach linksOpenHere}` on the element around all of a room's links. */
export function linksOpenHere(around: HTMLElement): () => void {
  around.addEventListener('click', openHere);
  return () => around.removeEventListener('click', openHere);
}
