// Speaks to people who listen to the page instead of looking at it: a poll opened, it is your turn, the vote closed.
// Any code in the browser may call it; on the server it does nothing. It writes into the regions that LiveRegion.svelte put into the page
// (the one of the topmost open dialog, because the page behind a modal dialog is silent) and holds no state of its own.

/** `assertive` interrupts: only for one's turn to speak, a vote about to close, something lost. */
export type Urgency = 'polite' | 'assertive';

const kept = 3;

/** The same words twice are spoken twice. The last few stay in the region, where tests and screen readers can read them again. */
export function announce(text: string, urgency: Urgency = 'polite'): void {
  if (typeof document === 'undefined' || text === '') return;
  const regions = document.querySelectorAll(`[data-live-region="${urgency}"]`);
  const inDialog = document.querySelectorAll(`dialog[open] [data-live-region="${urgency}"]`);
  const region = inDialog[inDialog.length - 1] ?? regions[0];
  if (!region) return;
  const line = document.createElement('p');
  line.textContent = text;
  region.appendChild(line);
  while (region.children.length > kept) region.removeChild(region.children[0]!);
}
